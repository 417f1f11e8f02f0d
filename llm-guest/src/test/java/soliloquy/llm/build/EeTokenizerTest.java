package soliloquy.llm.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soliloquy.llm.TestMaterial;
import soliloquy.llm.convert.DefaultModel;
import soliloquy.llm.tokenizer.ChatForm;
import soliloquy.llm.tokenizer.ChatTemplate;
import soliloquy.llm.tokenizer.DiscTokenizer;
import soliloquy.llm.tokenizer.Tokenizer;
import soliloquy.llm.tokenizer.TokenizerFile;
import soliloquy.llm.tokenizer.TokenizerReader;

/** The guest's tokenizer on the emulated processor gives the ids and texts of the one in Java. */
class EeTokenizerTest {
    private static final int RANDOM_TEXTS = 150;

    @TempDir
    private Path directory;

    @BeforeEach
    void needsTheCompiler() {
        Assumptions.assumeTrue(
                GuestBuilder.findCompiler().isPresent(), "skipped: " + GuestBuilder.COMPILER + " is not installed");
    }

    @Test
    void sentencePiece() throws IOException {
        compare(DefaultModel.tokenizer().file(), 8192);
    }

    @Test
    void byteLevel() throws IOException {
        TokenizerFile file = TokenizerReader.read("tokenizer.json", resource("bytelevel/tokenizer.json"));
        compare(file, file.pieces().size() + 9);
    }

    @Test
    void byteLevelWithSpacesBeforeSegmentsAndASystemMessage() throws IOException {
        String json = new String(resource("bytelevel/tokenizer.json"), StandardCharsets.UTF_8)
                .replace("\"add_prefix_space\": false", "\"add_prefix_space\": true");
        TokenizerFile file = TokenizerReader.read("tokenizer.json", json.getBytes(StandardCharsets.UTF_8));
        compare(
                ChatForm.apply("tokenizer.json", file, ChatTemplate.Form.CHATML, "Be brief."),
                file.pieces().size());
    }

    @Test
    void llama2c() throws IOException {
        Path folder = TestMaterial.stories260k();
        TokenizerFile file = TokenizerReader.read(folder.resolve("tok512.bin"));
        compare(ChatForm.apply("tok512.bin", file, ChatTemplate.Form.LLAMA2, "Be kind."), 512);
    }

    private void compare(TokenizerFile file, int vocabulary) throws IOException {
        Tokenizer tokenizer = Tokenizer.of(file);
        List<String> texts = texts();
        List<TokenizerProbe.Text> requests = new ArrayList<>();
        for (String text : texts) {
            requests.add(TokenizerProbe.Text.of(text));
            for (int turn = 0; turn < 2; turn++) {
                requests.add(new TokenizerProbe.Text(turn, text.getBytes(StandardCharsets.UTF_8)));
            }
        }
        List<TokenizerProbe.Result> results =
                new TokenizerProbe(DiscTokenizer.write(file), vocabulary, directory).run(requests);
        for (int i = 0; i < requests.size(); i++) {
            String text = texts.get(i / 3);
            int turn = i % 3 - 1;
            int[] expected = turn < 0 ? tokenizer.encodePrompt(text) : tokenizer.encodeTurn(turn, text);
            assertThat(results.get(i).ids())
                    .as("turn %d of %s", turn, new ObjectMapper().writeValueAsString(text))
                    .isEqualTo(expected);
            byte[] running = new byte[0];
            for (int id : expected) {
                byte[] piece = tokenizer.pieceBytes(id);
                int length = running.length;
                running = java.util.Arrays.copyOf(running, length + piece.length);
                System.arraycopy(piece, 0, running, length, piece.length);
            }
            assertThat(results.get(i).bytes()).isEqualTo(running);
        }
    }

    /** Those of the golden list, and random ones from every part of Unicode. */
    private static List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>();
        JsonNode golden = new ObjectMapper().readTree(resource("bytelevel/golden.json"));
        golden.get("texts").forEach(text -> texts.add(text.asText()));
        for (int length : new int[] {255, 256, 1000}) {
            texts.add("\u00e9".repeat(length));
        }
        Random random = new Random(11);
        for (int i = 0; i < RANDOM_TEXTS; i++) {
            StringBuilder text = new StringBuilder();
            for (int left = random.nextInt(60); left > 0; left--) {
                text.appendCodePoint(character(random));
            }
            texts.add(text.toString());
        }
        return texts;
    }

    private static int character(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> " \n\t'\u00a0\u2003\u3000\u0085".charAt(random.nextInt(8));
            case 1 -> "stremvld".charAt(random.nextInt(8));
            case 2 -> random.nextInt(0x80);
            case 3 -> 0x80 + random.nextInt(0x780);
            case 4 -> 0x800 + random.nextInt(0xD000);
            case 5 -> 0xE000 + random.nextInt(0x2000);
            case 6 -> 0x10000 + random.nextInt(0x100000);
            default -> 'a' + random.nextInt(26);
        };
    }

    private static byte[] resource(String name) throws IOException {
        return TestMaterial.resource(name);
    }
}
