package soliloquy.llm.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soliloquy.llm.psnt.TensorKind;
import soliloquy.machine.InputException;
import soliloquy.machine.MemoryChannel;

class HostileCheckpointTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json                                                              | not JSON",
                "[1,2]                                                                 | no JSON object",
                "{\"a\":5}                                                             | without dtype",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}     | shape [-1]",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4000000000,4000000000],\"data_offsets\":[0,4]}} | shape",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,9]}}      | data_offsets [0,9]",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}      | data_offsets [4,0]",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}      | the end of the last tensor",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}      | the end of the one before",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"a\":{}} | Duplicate field"
            })
    void safetensorsHeadersAreChecked(String header, String message) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = ByteBuffer.allocate(8 + json.length + 8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
        assertThatThrownBy(() -> SafetensorsFile.open("bad.safetensors", new MemoryChannel(bytes)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("bad.safetensors")
                .hasMessageContaining(message);
    }

    @Test
    void headerLengthsAreChecked() {
        for (long length : new long[] {-1, 0, 1, 17, Long.MAX_VALUE, Long.MIN_VALUE}) {
            byte[] bytes = ByteBuffer.allocate(24)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(length)
                    .array();
            assertThatThrownBy(() -> SafetensorsFile.open("bad.safetensors", new MemoryChannel(bytes)))
                    .isInstanceOf(InputException.class);
        }
        assertThatThrownBy(() -> SafetensorsFile.open("bad.safetensors", new MemoryChannel(new byte[3])))
                .isInstanceOf(InputException.class);
    }

    @Test
    void wrongTypesShapesAndNumbersAreNamed() throws IOException {
        assertRefused("model.norm.weight", new TestCheckpoints.Stored("I32", new int[] {8}, new float[8]), "dtype I32");
        assertRefused("model.norm.weight", new TestCheckpoints.Stored("F32", new int[] {7}, new float[7]), "[7]");
        float[] infinite = new float[8];
        infinite[2] = Float.POSITIVE_INFINITY;
        for (String type : new String[] {"F32", "F16", "BF16"}) {
            assertRefused(
                    "model.norm.weight", new TestCheckpoints.Stored(type, new int[] {8}, infinite), "weight Infinity");
        }
    }

    @Test
    void configurationsAreChecked() {
        assertConfigRefused("{", "not JSON");
        assertConfigRefused("{}", "no n_layers");
        assertConfigRefused(
                TestCheckpoints.HUGGING_FACE_CONFIG.replace("\"hidden_size\": 8", "\"hidden_size\": 7"), "7");
        assertConfigRefused(
                TestCheckpoints.HUGGING_FACE_CONFIG.replace("100000", "10, \"rope_scaling\": {}"), "rope_scaling");
        assertConfigRefused(TestCheckpoints.HUGGING_FACE_CONFIG.replace(": 10,", ": \"ten\","), "vocab_size");
    }

    @Property(tries = 200)
    void damagedCheckpointsAreReadOrRefused(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] tensors = TestCheckpoints.safetensors(TestCheckpoints.huggingFace());
        byte[] llama = TestCheckpoints.llama2c(5);
        for (int i = 0; i < 4; i++) {
            tensors[random.nextInt(1200)] = (byte) random.nextInt();
            llama[random.nextInt(32)] = (byte) random.nextInt();
        }
        try (SafetensorsFile file = SafetensorsFile.open("damaged", new MemoryChannel(tensors))) {
            file.read("model.norm.weight", 1, 8);
        } catch (InputException e) {
            assertThat(e).hasMessageContaining("damaged");
        }
        try (Checkpoint file = Llama2cCheckpoint.open("damaged", new MemoryChannel(llama))) {
            file.read(TensorKind.W2, 0);
        } catch (InputException e) {
            assertThat(e).hasMessageContaining("damaged");
        }
    }

    @Test
    void cutLlama2cFilesAreRefused() {
        byte[] whole = TestCheckpoints.llama2c(5);
        for (int length = 0; length < whole.length; length += 13) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Llama2cCheckpoint.open("cut.bin", new MemoryChannel(cut)))
                    .isInstanceOf(InputException.class);
        }
    }

    private void assertRefused(String name, TestCheckpoints.Stored tensor, String message) throws IOException {
        Map<String, TestCheckpoints.Stored> tensors = TestCheckpoints.huggingFace();
        tensors.put(name, tensor);
        TestCheckpoints.write(folder, tensors, TestCheckpoints.HUGGING_FACE_CONFIG);
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            assertThatThrownBy(() -> checkpoint.read(TensorKind.NORM, 0))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("model.safetensors")
                    .hasMessageContaining(message);
        }
    }

    private void assertConfigRefused(String config, String message) {
        assertThatThrownBy(() -> {
                    TestCheckpoints.write(folder, TestCheckpoints.huggingFace(), config);
                    Checkpoint.open(folder).close();
                })
                .isInstanceOf(InputException.class)
                .hasMessageContaining("config.json")
                .hasMessageContaining(message);
        assertThat(Files.exists(folder)).isTrue();
    }
}
