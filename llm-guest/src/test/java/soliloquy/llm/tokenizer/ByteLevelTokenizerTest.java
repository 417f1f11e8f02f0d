package soliloquy.llm.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import soliloquy.llm.TestMaterial;

/** Against ids of the library that tokenizer.json belongs to, and against GPT-2's expression as the JDK reads it. */
class ByteLevelTokenizerTest {
    private static final Pattern GPT2 = Pattern.compile(
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            Pattern.UNICODE_CHARACTER_CLASS);
    private static final String DIGITS_AND_BYTES =
            "{\"type\": \"Sequence\", \"pretokenizers\": [{\"type\": \"Digits\", \"individual_digits\": true},"
                    + " {\"type\": \"ByteLevel\", \"add_prefix_space\": false, \"trim_offsets\": true, \"use_regex\": true}]}";

    private final String json = new String(TestMaterial.resource("bytelevel/tokenizer.json"), StandardCharsets.UTF_8);
    private final Tokenizer tokenizer = Tokenizer.of(read(json));

    ByteLevelTokenizerTest() throws IOException {}

    @Test
    void idsAreTheLibrarys() throws IOException {
        assertGolden("ids", json);
    }

    @Test
    void segmentsStayWholeWithoutTheExpression() throws IOException {
        assertGolden(
                "whole",
                json.replace(
                        DIGITS_AND_BYTES,
                        "{\"type\": \"ByteLevel\", \"add_prefix_space\": true, \"use_regex\": false}"));
    }

    @Test
    void everySegmentGetsItsSpace() throws IOException {
        assertGolden("prefixed", json.replace("\"add_prefix_space\": false", "\"add_prefix_space\": true"));
    }

    @Test
    void mergesMayBeStrings() throws IOException {
        JsonNode root = new ObjectMapper().readTree(json);
        List<String> strings = new ArrayList<>();
        root.at("/model/merges")
                .forEach(pair ->
                        strings.add(pair.get(0).asText() + " " + pair.get(1).asText()));
        ((com.fasterxml.jackson.databind.node.ObjectNode) root.get("model"))
                .set("merges", new ObjectMapper().valueToTree(strings));
        assertGolden("ids", root.toString());
    }

    @Test
    void theDiscFormatKeepsEverything() throws IOException {
        byte[] disc = DiscTokenizer.write(tokenizer.file());
        TokenizerFile again = TokenizerReader.read("TOKENIZR.BIN", disc);
        assertThat(DiscTokenizer.write(again)).isEqualTo(disc);
        assertThat(again.merges()).isEqualTo(tokenizer.file().merges());
        JsonNode golden = golden();
        for (int i = 0; i < golden.get("texts").size(); i++) {
            assertThat(Tokenizer.of(again).encode(golden.get("texts").get(i).asText()))
                    .isEqualTo(TestMaterial.ids(golden.get("ids").get(i)));
        }
    }

    @Test
    void decodingGivesTheTextWithoutSpecialTokens() {
        assertThat(tokenizer.decode(tokenizer.encode("<|im_start|>caf\u00e9 <note>\u65e5 16\n<|im_end|>")))
                .isEqualTo("caf\u00e9 <note>\u65e5 16\n");
        assertThat(tokenizer.file().stopTokens()).containsExactly(2, 0);
        assertThat(tokenizer.defaultPrompt()).startsWith("<|im_start|>user\n");
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<Integer> characters = Arbitraries.oneOf(
                Arbitraries.of((int) ' ', (int) '\'', (int) '\n', 0xA0, 0x2028, 0x1F, 0x85, 0xD7FF, 0x10FFFF),
                Arbitraries.of("stremvld".chars().boxed().toList()),
                Arbitraries.integers().between(0, 0x7F),
                Arbitraries.integers().between(0x80, 0x3FFF),
                Arbitraries.integers().between(0x4000, 0xD7FF),
                Arbitraries.integers().between(0xE000, 0x10FFFF));
        return characters.list().ofMaxSize(40).map(list -> {
            StringBuilder text = new StringBuilder();
            list.forEach(text::appendCodePoint);
            return text.toString();
        });
    }

    @Property(tries = 3000)
    void wordsAreThoseOfTheExpression(@ForAll("texts") String text) {
        List<String> expected = new ArrayList<>();
        Matcher words = GPT2.matcher(text);
        while (words.find()) {
            expected.add(words.group());
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        WordSplitter splitter = new WordSplitter(bytes);
        List<String> found = new ArrayList<>();
        for (int at = 0, end; at < bytes.length; at = end) {
            end = splitter.wordEnd(at, bytes.length);
            found.add(new String(bytes, at, end - at, StandardCharsets.UTF_8));
        }
        assertThat(found).isEqualTo(expected);
    }

    private void assertGolden(String list, String variant) throws IOException {
        Tokenizer opened = Tokenizer.of(read(variant));
        JsonNode golden = golden();
        for (int i = 0; i < golden.get("texts").size(); i++) {
            assertThat(opened.encode(golden.get("texts").get(i).asText()))
                    .as(golden.get("texts").get(i).toString())
                    .isEqualTo(TestMaterial.ids(golden.get(list).get(i)));
        }
    }

    private static JsonNode golden() throws IOException {
        return new ObjectMapper().readTree(TestMaterial.resource("bytelevel/golden.json"));
    }

    private static TokenizerFile read(String json) throws IOException {
        return TokenizerReader.read("tokenizer.json", json.getBytes(StandardCharsets.UTF_8));
    }
}
