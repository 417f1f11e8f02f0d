package soliloquy.llm.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import soliloquy.machine.InputException;

/**
 * What is wanted of Hugging Face's tokenizer_config.json.
 *
 * @param endMark text of the end mark, empty: none
 * @param chatTemplate the template's text, empty: none
 */
record TokenizerConfiguration(String endMark, String chatTemplate) {
    private static final String NAME = "tokenizer_config.json";
    private static final long LARGEST = 16L << 20;

    /** The file beside a tokenizer; empty fields where there is none. */
    static TokenizerConfiguration beside(Path tokenizer) throws IOException {
        Path path = tokenizer.resolveSibling(NAME);
        if (!Files.isRegularFile(path)) {
            return new TokenizerConfiguration("", "");
        }
        if (Files.size(path) > LARGEST) {
            throw new InputException(NAME + ": " + Files.size(path) + " bytes; expected less than 16 MB");
        }
        JsonNode root = JsonText.object(NAME, Files.readAllBytes(path));
        JsonNode mark = root.path("eos_token");
        return new TokenizerConfiguration(
                mark.isObject() ? mark.path("content").asText("") : mark.asText(""),
                template(root.path("chat_template")));
    }

    /** The template itself, or the one called default of a list. */
    private static String template(JsonNode node) {
        if (!node.isArray()) {
            return node.isTextual() ? node.asText() : "";
        }
        for (JsonNode entry : node) {
            if (entry.path("name").asText().equals("default")) {
                return entry.path("template").asText("");
            }
        }
        return "";
    }
}
