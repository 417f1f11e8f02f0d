package soliloquy.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

/** The plots in docs/images are what the code draws now; {@code soliloquy disc curve --out docs/images} draws them again. */
class DriveCurvesTest {
    private static final Path IMAGES = Path.of("..", "docs", "images");

    @Test
    void theCommittedPlotsAreTheModels() throws Exception {
        for (Map.Entry<String, String> plot : DriveCurves.all().entrySet()) {
            assertThat(IMAGES.resolve(plot.getKey())).hasContent(plot.getValue());
            assertThat(Files.readString(Path.of("..", "docs", "drive.md"))).contains("images/" + plot.getKey());
        }
    }

    @Test
    void thePlotsAreWellFormed() throws Exception {
        for (String name : DriveCurves.all().keySet()) {
            assertThat(DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(IMAGES.resolve(name).toFile())
                            .getDocumentElement()
                            .getTagName())
                    .isEqualTo("svg");
        }
    }
}
