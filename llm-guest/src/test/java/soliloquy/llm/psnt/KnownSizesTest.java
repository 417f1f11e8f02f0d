package soliloquy.llm.psnt;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Sizes that the published demo states for its converted models, in MiB. */
class KnownSizesTest {
    @Test
    void brandonTinyInEightBits() {
        assertSize(config(256, 720, 24, 12, 8, 2, 8192, 512, 4, true), 3, PsntEncoding.Q8, 10.4);
    }

    @Test
    void tinyLlamaInTwoBits() {
        assertSize(config(768, 2048, 12, 12, 12, 12, 32000, 1024, 0, false), 1, PsntEncoding.TERNARY, 26.5);
    }

    @Test
    void smolLmInFourBits() {
        assertSize(config(576, 1536, 30, 30, 9, 3, 49152, 2048, 0, false), 3, PsntEncoding.Q4, 77);
    }

    private static void assertSize(ModelConfig config, int version, PsntEncoding encoding, double mebibytes) {
        long bytes = PsntLayout.of(new PsntHeader(version, encoding, 0, config)).fileBytes();
        assertThat(bytes / 1048576.0).isCloseTo(mebibytes, Offset.offset(0.5));
    }

    private static ModelConfig config(
            int dim,
            int hidden,
            int layers,
            int unique,
            int heads,
            int kvHeads,
            int vocabulary,
            int context,
            int registers,
            boolean extras) {
        return new ModelConfig(
                dim,
                hidden,
                layers,
                unique,
                heads,
                kvHeads,
                vocabulary,
                context,
                registers,
                10000f,
                1e-5f,
                true,
                extras,
                extras);
    }
}
