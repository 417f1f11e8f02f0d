package soliloquy.llm.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import soliloquy.llm.TestMaterial;
import soliloquy.machine.InputException;

class HostileTokenizerJsonTest {
    private final String json = new String(TestMaterial.resource("bytelevel/tokenizer.json"), StandardCharsets.UTF_8);

    HostileTokenizerJsonTest() throws IOException {}

    @Test
    void whatIsNotSupportedIsNamed() {
        assertRefused("\"type\": \"BPE\"", "\"type\": \"Unigram\"", "model.type");
        assertRefused("\"normalizer\": null", "\"normalizer\": {\"type\": \"NFC\"}", "normalizer");
        assertRefused("\"individual_digits\": true", "\"individual_digits\": false", "pre_tokenizer");
        assertRefused("\"type\": \"Digits\"", "\"type\": \"Split\"", "pre_tokenizer");
        assertRefused("\"byte_fallback\": false", "\"byte_fallback\": true", "byte_fallback");
        assertRefused("\"ignore_merges\": false", "\"ignore_merges\": true", "ignore_merges");
        assertRefused("\"dropout\": null", "\"dropout\": 0.1", "dropout");
        assertRefused("\"end_of_word_suffix\": null", "\"end_of_word_suffix\": \"</w>\"", "end_of_word_suffix");
        assertRefused("\"unk_token\": null", "\"unk_token\": \"<|endoftext|>\"", "byte 0xf3 has no piece");
        assertRefused("\"lstrip\": false", "\"lstrip\": true", "lstrip");
        assertRefused("\"normalized\": false", "\"normalized\": true", "normalized");
        assertRefused(
                "\"post_processor\": {\"type\": \"ByteLevel\"", "\"post_processor\": {\"type\": \"Bert\"", "post_proc");
    }

    @Test
    void vocabularyAndMergesAreChecked() {
        assertRefused("\"!\": 3", "\"!\": 4", "two pieces have id 4");
        assertRefused("\"!\": 3", "\"!\": 99999", "99999");
        assertRefused("\"!\": 3", "\"\\u0411\": 3", "alphabet of bytes");
        assertRefused("\"!\": 3", "\"!\": 3, \"!\": 3", "Duplicate field");
        assertRefused("\"merges\": [[", "\"merges\": [[\"!\", \"nothing\"], [", "merge 0");
        assertRefused("\"merges\": [", "\"merges\": [\"a b c\", ", "two pieces");
        String first = json.substring(
                json.indexOf("\"merges\": [") + 11, json.indexOf("], [", json.indexOf("\"merges\"")) + 1);
        assertRefused("\"merges\": [", "\"merges\": [" + first + ", ", "merge 1 stands a second time");
    }

    @Test
    void nestingIsBounded() {
        String deep = "{\"a\":" + "[".repeat(200_000) + "]".repeat(200_000) + "}";
        assertThatThrownBy(() -> read(deep)).isInstanceOf(InputException.class).hasMessageContaining("not JSON");
    }

    @Property(tries = 300)
    void damagedFilesAreReadOrRefused(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 3; i++) {
            bytes[1 + random.nextInt(bytes.length - 1)] = (byte) "{}[]\",:0a9\\ ".charAt(random.nextInt(12));
        }
        try {
            Tokenizer tokenizer = Tokenizer.of(TokenizerReader.read("damaged", bytes));
            for (int id : tokenizer.encode("One day, <|im_end|> a caf\u00e9 \ud83d\ude00\tfell 12")) {
                assertThat(id).isBetween(0, tokenizer.vocabulary() - 1);
            }
        } catch (InputException e) {
            assertThat(e).hasMessageContaining("damaged");
        }
    }

    private void assertRefused(String part, String replacement, String message) {
        assertThat(json).contains(part);
        int at = json.lastIndexOf(part);
        String changed = json.substring(0, at) + replacement + json.substring(at + part.length());
        assertThatThrownBy(() -> read(changed))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("tokenizer.json")
                .hasMessageContaining(message);
    }

    private static TokenizerFile read(String text) throws IOException {
        return TokenizerReader.read("tokenizer.json", text.getBytes(StandardCharsets.UTF_8));
    }
}
