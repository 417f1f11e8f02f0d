package soliloquy.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import soliloquy.cdvd.FaultText;
import soliloquy.cdvd.IsoEntry;
import soliloquy.cdvd.IsoLayout;
import soliloquy.llm.sample.Mode;
import soliloquy.llm.sample.SamplerSettings;
import soliloquy.llm.sample.TextGeneration;

/** The default disc in a drive with faults: the same tokens as the reference engine's, or none and the reason. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuestFaultTest {
    private static final String PROMPT = "Once";
    private static final int TOKENS = 2;
    private static final double TIMEOUT_SECONDS = 300;

    private List<Integer> expected;

    /** A sector in the matrices of the layers, and one in what is read before them. */
    private int layers;

    private int loaded;
    private int tokenizer;

    @BeforeAll
    void reference() throws Exception {
        expected = TextGeneration.run(null, null, PROMPT, TOKENS, SamplerSettings.GREEDY, Mode.EE, id -> {})
                .ids();
        tokenizer = file(DefaultDisc.layout(), "TOKENIZR.BIN").lsn() + 3;
        layers = sectorOfLayers(DefaultDisc.layout());
        loaded = file(DefaultDisc.layout(), "MODEL.PSN").lsn() + 10;
    }

    /** A sector in the matrices of the layers. */
    private static int sectorOfLayers(IsoLayout disc) throws Exception {
        IsoEntry model = file(disc, "MODEL.PSN");
        return model.lsn() + (int) (model.size() / 2048 * 3 / 4);
    }

    private static IsoEntry file(IsoLayout disc, String name) throws Exception {
        return disc.entries().stream()
                .filter(entry -> entry.path().contains(name))
                .findFirst()
                .orElseThrow();
    }

    private static RunSession.Outcome run(String fault) throws Exception {
        return run(BootMedium.open(null), fault);
    }

    private static RunSession.Outcome run(BootMedium disc, String fault) throws Exception {
        PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        List<String> words = List.of("--prompt", PROMPT, "--tokens", Integer.toString(TOKENS));
        try (BootMedium medium = disc) {
            return RunSession.headless(
                    medium, words, null, List.of(FaultText.parse(fault)), TIMEOUT_SECONDS, quiet, quiet);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "read-error:rate=1%,seed=1,times=2",
                "read-error:rate=0.1%,seed=2,times=300",
                "vibration:rate=0.02,seed=5",
                "tray-open:at=3,for=1",
                "slow:factor=2"
            })
    void theGuestRecovers(String fault) throws Exception {
        RunSession.Outcome outcome = run(fault);
        assertThat(outcome.guestErrors()).isEmpty();
        assertThat(outcome.reason()).isEqualTo(new StopReason.Exited(0));
        assertThat(outcome.report().ids()).isEqualTo(expected);
        if (!fault.startsWith("slow")) {
            assertThat(outcome.report().disc().faultHits()).isPositive();
        }
    }

    @Test
    void aWrongByteIsReadAgain() throws Exception {
        for (int lsn : new int[] {layers, loaded}) {
            RunSession.Outcome outcome = run("corrupt:lsn=" + lsn + ",byte=7,times=3");
            assertThat(outcome.report().ids()).isEqualTo(expected);
            assertThat(outcome.report().disc().faultHits()).isEqualTo(3);
        }
    }

    @Test
    void noTokenComesFromAMatrixThatStaysWrong() throws Exception {
        RunSession.Outcome outcome = run("corrupt:lsn=" + layers + ",byte=7");
        assertThat(outcome.report().ids()).isEmpty();
        assertThat(outcome.reason()).isEqualTo(new StopReason.Exited(5));
        assertThat(outcome.guestErrors()).singleElement().asString().matches("MODEL.PSN: CRC of layer.* in 4 reads");
    }

    @Test
    void aTokenizerThatStaysWrongIsNamed() throws Exception {
        assertThat(run("corrupt:lsn=" + tokenizer + ",byte=100,times=2")
                        .report()
                        .ids())
                .isEqualTo(expected);
        RunSession.Outcome outcome = run("corrupt:lsn=" + tokenizer + ",byte=100");
        assertThat(outcome.report().ids()).isEmpty();
        assertThat(outcome.reason()).isEqualTo(new StopReason.Exited(5));
        assertThat(outcome.guestErrors()).singleElement().asString().matches("TOKENIZR.BIN: CRC of .* in 4 reads");
    }

    /** Where no layer stays in memory, a pass reads each matrix once, and the first token needs one pass. */
    @Test
    void aMatrixThatGoesWrongLaterGivesNoMoreTokens(@TempDir Path folder) throws Exception {
        StreamedDisc disc = new StreamedDisc(folder);
        RunSession.Outcome outcome =
                run(disc.open(), "corrupt:lsn=" + sectorOfLayers(disc.layout()) + ",byte=7,after=1");
        assertThat(outcome.report().ids()).isEqualTo(expected.subList(0, 1));
        assertThat(outcome.reason()).isEqualTo(new StopReason.Exited(5));
        assertThat(outcome.guestErrors()).singleElement().asString().contains("CRC of layer");
    }

    @Test
    void aSectorThatNeverReadsIsNamed() throws Exception {
        RunSession.Outcome outcome = run("read-error:lsn=" + layers + ",times=always");
        assertThat(outcome.report().ids()).isEmpty();
        assertThat(outcome.reason()).isEqualTo(new StopReason.Exited(4));
        assertThat(outcome.guestErrors())
                .singleElement()
                .asString()
                .matches("MODEL.PSN: read error \\(code 30\\) in layer.*, sector " + layers
                        + " of the disc, in 4 reads");
        assertThat(outcome.report().disc().failedSectors()).isPositive();
    }
}
