package soliloquy.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class GuestPlanTest {
    @TempDir
    private Path folder;

    @Test
    void thePlanOfTheDefaultModelStreamsNothing() throws Exception {
        JsonNode plan = plan("--resident", "all");
        assertThat(plan.get("context").asInt()).isEqualTo(512);
        assertThat(plan.get("resident_layers").asInt()).isEqualTo(12);
        assertThat(plan.get("streamed_bytes_per_token").asLong()).isZero();
        assertThat(plan.get("seconds_per_token").get("dvd4").asDouble()).isZero();
    }

    /** 12 layers, of which 9 are streamed; the inner edges give 1117 sectors a second (DVD) and 776 (CD), docs/drive.md, a little more further out. */
    @Test
    void whatIsStreamedTakesTheDriveItsTime() throws Exception {
        JsonNode plan = plan("--resident", "3");
        long bytes = plan.get("streamed_bytes_per_pass").asLong();
        long kept = 0;
        long total = 0;
        for (JsonNode region : plan.get("regions")) {
            kept += region.get("name").asText().equals("resident layers")
                    ? region.get("bytes").asLong()
                    : 0;
            total += region.get("bytes").asLong();
        }
        assertThat(bytes).isEqualTo(3 * kept);
        assertThat(plan.get("total_bytes").asLong()).isEqualTo(total);
        double sectors = bytes / 2048.0;
        JsonNode seconds = plan.get("seconds_per_token");
        assertThat(seconds.get("dvd4").asDouble()).isBetween(sectors / 1117 * 0.98, sectors / 1117);
        assertThat(seconds.get("cd24").asDouble()).isBetween(sectors / 776 * 0.95, sectors / 776);
    }

    @Test
    void thePictureShowsAll32MegabytesToScale() throws Exception {
        Path picture = folder.resolve("plan.svg");
        assertThat(Main.execute("guest", "plan", "--resident", "none", "--picture", picture.toString()))
                .isZero();
        Document svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(picture.toFile());
        NodeList boxes = svg.getElementsByTagName("rect");
        double heights = 0;
        double sizes = 0;
        double end = Double.NaN;
        for (int i = 1; i < boxes.getLength(); i++) { // the first is the paper
            Element box = (Element) boxes.item(i);
            double top = Double.parseDouble(box.getAttribute("y"));
            double height = Double.parseDouble(box.getAttribute("height"));
            assertThat(Double.isNaN(end) || Math.abs(top - end) < 0.03)
                    .as("no gap")
                    .isTrue();
            end = top + height;
            heights += height;
            sizes += size(box.getTextContent());
        }
        assertThat(sizes).isBetween(31.9, 32.1);
        for (int i = 1; i < boxes.getLength(); i++) {
            Element box = (Element) boxes.item(i);
            double height = Double.parseDouble(box.getAttribute("height"));
            assertThat(height / heights * 32 - size(box.getTextContent())).isBetween(-0.01, 0.01);
        }
        assertThat(svg.getDocumentElement().getTextContent()).contains("ring, ").contains("key and value cache, ");
    }

    private static double size(String words) {
        Matcher matcher = Pattern.compile(", ([0-9.]+) MiB").matcher(words);
        assertThat(matcher.find()).as(words).isTrue();
        return Double.parseDouble(matcher.group(1));
    }

    @ParameterizedTest
    @CsvSource({
        "plan,--resident,most",
        "plan,--resident,-1",
        "plan,--context,513",
        "plan,--context,-1",
        "plan,--json,/nonexistent/plan.json",
        "plan,--picture,/",
        "plan,--tokenizer,/nonexistent"
    })
    void whatIsWrongIsRefused(String command, String option, String value) {
        assertThat(Main.execute("guest", command, option, value)).isEqualTo(ExitStatus.BAD_INPUT);
    }

    @Test
    void nothingIsWrittenForALayerNumberThatIsNone() {
        Path sources = folder.resolve("sources");
        assertThat(Main.execute("guest", "generate", "--resident", "x", "-o", sources.toString()))
                .isEqualTo(ExitStatus.BAD_INPUT);
        Path program = folder.resolve("program.elf");
        assertThat(Main.execute("guest", "build", "--resident", "x", "-o", program.toString()))
                .isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(sources).doesNotExist();
        assertThat(program).doesNotExist();
    }

    @Test
    void sourcesAreForAsManyLayersAsAskedFor() throws Exception {
        assertThat(Main.execute("guest", "generate", "--resident", "5", "-o", folder.toString()))
                .isZero();
        assertThat(Files.readString(folder.resolve("model.h"))).contains("#define MODEL_RESIDENT_LAYERS 5 ");
    }

    @Test
    void aModelThatCannotFitIsAnError() throws Exception {
        Path model = folder.resolve("MODEL.PSN");
        assertThat(Main.execute(
                        "model",
                        "synthesize",
                        "--like",
                        "stories110m",
                        "--quant",
                        "ternary",
                        "--context",
                        "2048",
                        "-o",
                        model.toString()))
                .isZero();
        Path json = folder.resolve("plan.json");
        assertThat(Main.execute("guest", "plan", model.toString(), "--context", "2048", "--json", json.toString()))
                .isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(json).doesNotExist();
        assertThat(Main.execute("guest", "plan", model.toString(), "--json", json.toString()))
                .isZero();
        JsonNode plan = new ObjectMapper().readTree(json.toFile());
        assertThat(plan.get("context").asInt()).isBetween(64, 2047);
        assertThat(plan.get("total_bytes").asLong())
                .isLessThanOrEqualTo(plan.get("available_bytes").asLong());
    }

    private JsonNode plan(String option, String value) throws Exception {
        Path json = folder.resolve("plan.json");
        assertThat(Main.execute("guest", "plan", option, value, "--json", json.toString()))
                .isZero();
        return new ObjectMapper().readTree(json.toFile());
    }
}
