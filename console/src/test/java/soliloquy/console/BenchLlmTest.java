package soliloquy.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soliloquy.llm.build.GuestBuilder;
import soliloquy.llm.convert.DefaultModel;
import soliloquy.llm.psnt.FloatTensor;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.psnt.PsntEncoding;
import soliloquy.llm.psnt.PsntHeader;
import soliloquy.llm.psnt.PsntTensor;
import soliloquy.llm.psnt.PsntWriter;
import soliloquy.llm.psnt.Quantizer;
import soliloquy.llm.psnt.TensorData;

class BenchLlmTest {
    private static final int VOCABULARY = 8192;
    private static final int DIM = 32;
    private static final int HIDDEN = 48;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "--model,gpt",
        "--model,/nonexistent/MODEL.PSN",
        "--resident,most",
        "--resident,-1",
        "--disc,floppy",
        "--disc,'cd24,floppy'",
        "--timing,guess",
        "--tokens,1",
        "--tokens,many",
        "--prompt-tokens,-1",
        "--timeout,0",
        "--models,/nonexistent",
        "--json,/nonexistent/figures.json",
        "--chart,/"
    })
    void whatIsWrongIsRefused(String option, String value) {
        assertThat(Main.execute("bench", "llm", "--quick", option, value)).isEqualTo(ExitStatus.BAD_INPUT);
    }

    @Test
    void aFileThatIsNoModelIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("MODEL.PSN"), "a text");
        assertThat(Main.execute("bench", "llm", "--model", file.toString())).isEqualTo(ExitStatus.BAD_INPUT);
    }

    @Test
    void aSmallModelIsMeasured() throws Exception {
        Assumptions.assumeTrue(
                GuestBuilder.findCompiler().isPresent(), "skipped: " + GuestBuilder.COMPILER + " is not installed");
        Path model = folder.resolve("small.PSN");
        write(model);
        Files.write(folder.resolve(DefaultModel.TOKENIZER), DefaultModel.bytes(DefaultModel.TOKENIZER));
        Path json = folder.resolve("figures.json");
        Path chart = folder.resolve("chart.svg");
        String[] words = {
            "bench",
            "llm",
            "--model",
            model.toString(),
            "--disc",
            "dvd4",
            "--tokens",
            "3",
            "--prompt-tokens",
            "20",
            "--json",
            json.toString(),
            "--chart",
            chart.toString()
        };
        assertThat(Main.execute(words)).isZero();
        JsonNode runs = new ObjectMapper().readTree(json.toFile()).get("runs");
        assertThat(runs).hasSize(1);
        JsonNode run = runs.get(0);
        assertThat(run.get("model").asText()).isEqualTo("small");
        assertThat(run.get("quant").asText()).isEqualTo("q4");
        assertThat(run.get("disc").asText()).isEqualTo("dvd4");
        assertThat(run.get("timing").asText()).isEqualTo("cache");
        assertThat(run.get("tokens").asInt()).isEqualTo(3);
        assertThat(run.get("first_token_seconds").asDouble()).isPositive();
        assertThat(run.get("guest_tokens_per_second").asDouble()).isPositive();
        assertThat(run.get("wall_tokens_per_second").asDouble()).isPositive();
        assertThat(run.get("bytes").asLong()).isGreaterThan(Files.size(model) / 2);
        assertThat(run.get("seeks").asLong()).isPositive();
        // two layers: q and o, k and v, and three of the feed-forward layer; then the logits
        long macs = 2L * (2 * DIM * DIM + 2 * DIM * DIM / 2 + 3 * DIM * HIDDEN) + (long) VOCABULARY * DIM;
        assertThat(run.get("roofline").get("macs_per_token").asLong()).isEqualTo(macs);
        // what the guest charges to stages is all the time from token to token, and the rate is told of the same time
        double token = 0;
        for (JsonNode seconds : run.get("stages")) {
            token += seconds.asDouble();
        }
        assertThat(token * run.get("guest_tokens_per_second").asDouble()).isBetween(0.97, 1.03);
        if (!run.get("resident").asBoolean()) {
            assertThat(run.get("drive_limit_ratio").asDouble()).isBetween(0.0, 1.001);
            assertThat(run.get("prompt_tokens").asInt()).isEqualTo(20);
            assertThat(run.get("prompt_passes_ratio").asDouble()).isPositive();
        }
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(chart.toFile())
                        .getDocumentElement()
                        .getTagName())
                .isEqualTo("svg");
    }

    private static void write(Path file) throws Exception {
        ModelConfig config =
                new ModelConfig(DIM, HIDDEN, 2, 2, 2, 1, VOCABULARY, 64, 0, 10000f, 1e-5f, true, false, false);
        Random random = new Random(5);
        try (var channel = Files.newByteChannel(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            PsntHeader header = new PsntHeader(4, PsntEncoding.Q4, 0, config);
            PsntWriter.write(channel, header, tensor -> contents(random, tensor), tensor -> {});
        }
    }

    private static TensorData contents(Random random, PsntTensor tensor) {
        float[] values = new float[tensor.rows() * tensor.columns()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        FloatTensor floats = new FloatTensor(tensor.rows(), tensor.columns(), values);
        return Quantizer.quantize(floats, tensor.encoding(), tensor.group());
    }
}
