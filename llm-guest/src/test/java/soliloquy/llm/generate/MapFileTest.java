package soliloquy.llm.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import soliloquy.llm.convert.DefaultModel;
import soliloquy.llm.psnt.PsntFile;

class MapFileTest {
    private static JsonNode map(PsntFile file, int lsn) throws IOException {
        ForwardPassMap map = ForwardPassMap.of(file.header().config(), file.tensors());
        return new ObjectMapper().readTree(MapFile.of(map, lsn));
    }

    @Test
    void operationsOfTheDefaultModelStandInOrderWithTheirWeights() throws IOException {
        try (PsntFile file = DefaultModel.weights()) {
            JsonNode operations = map(file, 501).get("operations");
            // The embedding, 24 layers of 21 operations but for the first, which has no value residual, and the end's
            // three.
            assertThat(operations).hasSize(1 + 24 * 21 - 1 + 3);
            JsonNode query = operations.get(3);
            assertThat(query.get("stage").asText()).isEqualTo("q");
            assertThat(query.get("function").asText()).isEqualTo("multiply");
            JsonNode tensor = query.get("tensor");
            assertThat(tensor.get("name").asText()).isEqualTo("layers.0.wq");
            assertThat(tensor.get("lsn").asLong())
                    .isEqualTo(501 + tensor.get("offset").asLong() / 2048);
            assertThat(operations.get(operations.size() - 1).get("stage").asText())
                    .isEqualTo("logits");
        }
    }

    @Test
    void aModelOnNoDiscHasNoSectors() throws IOException {
        try (PsntFile file = DefaultModel.weights()) {
            JsonNode map = map(file, MapFile.NO_DISC);
            assertThat(map.has("modelLsn")).isFalse();
            assertThat(map.get("operations").get(0).get("tensor").has("lsn")).isFalse();
        }
    }
}
