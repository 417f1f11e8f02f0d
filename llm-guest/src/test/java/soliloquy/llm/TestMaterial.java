package soliloquy.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Where tests get what they compare with. */
public final class TestMaterial {
    private TestMaterial() {}

    /** golden.json: PyTorch's and SentencePiece's results for the default model. */
    public static JsonNode golden() throws IOException {
        return new ObjectMapper().readTree(resource("golden.json"));
    }

    /** A test resource of this package. */
    public static byte[] resource(String name) throws IOException {
        try (InputStream stream = TestMaterial.class.getResourceAsStream("/soliloquy/llm/" + name)) {
            return stream.readAllBytes();
        }
    }

    /** The folder with the default model's original checkpoint; without it the test is skipped. */
    public static Path checkpoint() {
        return folder(
                "soliloquy.checkpoint", "model.safetensors, config.json and tokenizer.model of the default model");
    }

    /** The folder with llama2.c's test model; without it the test is skipped. */
    public static Path stories260k() {
        return folder("soliloquy.stories260k", "stories260K.bin, tok512.bin and stories260K.txt of llama2.c");
    }

    /** A JSON array of ids. */
    public static int[] ids(JsonNode array) {
        int[] ids = new int[array.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = array.get(i).asInt();
        }
        return ids;
    }

    private static Path folder(String property, String contents) {
        String folder = System.getProperty(property, "");
        Assumptions.assumeFalse(folder.isEmpty(), "skipped: give -D" + property + "=DIR with " + contents);
        return Path.of(folder);
    }
}
