package soliloquy.llm.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import soliloquy.machine.InputException;

/** JSON files beside a checkpoint: objects of moderate size, no field twice. */
final class JsonFile {
    private static final long LARGEST = 16 << 20;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonFile() {}

    static JsonNode read(Path path) throws IOException {
        String name = path.getFileName().toString();
        if (!Files.isRegularFile(path)) {
            throw new InputException(path + " is not there; expected it with the model");
        }
        if (Files.size(path) > LARGEST) {
            throw new InputException(name + ": " + Files.size(path) + " bytes; expected less than 16 MB");
        }
        JsonNode root;
        try {
            root = JSON.readTree(Files.readAllBytes(path));
        } catch (JsonProcessingException e) {
            throw new InputException(name + " is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!root.isObject()) {
            throw new InputException(name + " holds no JSON object; expected one");
        }
        return root;
    }
}
