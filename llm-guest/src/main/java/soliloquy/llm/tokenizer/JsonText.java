package soliloquy.llm.tokenizer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import soliloquy.machine.InputException;

/** JSON of files from outside: strict about duplicate fields, with sentences for what is wrong. */
final class JsonText {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonText() {}

    /** Parses an object. */
    static JsonNode object(String name, byte[] bytes) throws InputException {
        JsonNode root;
        try {
            root = MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            String message = e.getOriginalMessage();
            throw new InputException(
                    name + " is not JSON: " + message.substring(0, Math.min(message.length(), 200)), e);
        } catch (IOException e) {
            throw new InputException(name + " is not JSON: " + e.getMessage(), e);
        }
        if (root == null || !root.isObject()) {
            throw new InputException(name + " holds no JSON object; expected one");
        }
        return root;
    }

    /** A node for a message, cut where it is long. */
    static String shown(JsonNode node) {
        String text = node.isMissingNode() ? "nothing" : node.toString();
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }
}
