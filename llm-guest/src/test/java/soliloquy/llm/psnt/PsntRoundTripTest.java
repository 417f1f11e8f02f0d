package soliloquy.llm.psnt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import soliloquy.machine.InputException;
import soliloquy.machine.MemoryChannel;

class PsntRoundTripTest {
    @Provide
    Arbitrary<PsntHeader> headers() {
        Arbitrary<ModelConfig> shapes = Combinators.combine(
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(1, 70),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(1, 40),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 7))
                .as((kvHeads, sharing, halfHead, hidden, unique, vocabulary, registers, flags) -> new ModelConfig(
                        kvHeads * sharing * 2 * halfHead,
                        hidden,
                        2 * unique,
                        unique,
                        kvHeads * sharing,
                        kvHeads,
                        vocabulary,
                        9,
                        registers,
                        50000f,
                        1e-5f,
                        (flags & 1) != 0,
                        (flags & 2) != 0,
                        (flags & 4) != 0));
        return Combinators.combine(
                        shapes,
                        Arbitraries.of(PsntEncoding.values()),
                        Arbitraries.integers().between(0, 2))
                .as((config, encoding, blocks) -> new PsntHeader(4, encoding, blocks, config));
    }

    @Property(tries = 60)
    void whatIsWrittenIsRead(@ForAll("headers") PsntHeader header, @ForAll long seed) throws IOException {
        Random expected = new Random(seed);
        try (PsntFile file = open(Models.file(header, seed))) {
            assertThat(file.header()).isEqualTo(header);
            for (PsntTensor tensor : file.tensors()) {
                assertThat(tensor.offset() % 2048).isZero();
                assertSame(file.read(tensor), Models.contents(expected, tensor));
            }
        }
    }

    @Property(tries = 60)
    void version3SurvivesTheWayThroughVersion4(@ForAll("headers") PsntHeader v4, @ForAll long seed) throws IOException {
        if (v4.encoding() == PsntEncoding.FLOAT32) {
            return;
        }
        PsntHeader v3 = new PsntHeader(3, v4.encoding(), v4.frequencyBlocks(), v4.config());
        byte[] original = Models.file(v3, seed);
        byte[] streamed = rewritten(original, v4);
        assertThat(rewritten(streamed, v3)).isEqualTo(original);
        assertThat(rewritten(original, v4)).isEqualTo(streamed);
    }

    @Test
    void oldVersionsHaveTheirPublishedHeaders() throws IOException {
        ModelConfig plain = Models.plain();
        for (int version = 1; version <= 3; version++) {
            PsntHeader header = new PsntHeader(version, PsntEncoding.TERNARY, 0, plain);
            byte[] bytes = Models.file(header, version);
            assertThat(bytes).startsWith('P', 'S', 'N', 'T', version, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0);
            try (PsntFile file = open(bytes)) {
                assertThat(file.header()).isEqualTo(header);
                assertThat(file.tensors().getFirst().offset()).isEqualTo(new int[] {48, 52, 60}[version - 1]);
            }
        }
    }

    /** Every version with every encoding that PSNT.md section 1 gives it, tables or none. */
    @Test
    void everyVersionAndEncodingIsReadAsItWasWritten() throws IOException {
        int combinations = 0;
        for (int version = 1; version <= 4; version++) {
            for (PsntEncoding encoding : PsntEncoding.values()) {
                for (int blocks = 0; blocks <= 2; blocks++) {
                    PsntHeader header = new PsntHeader(
                            version,
                            encoding,
                            blocks,
                            version < 3 ? Models.plain() : Models.everything(),
                            version == 4);
                    if (header.fault() != null) {
                        continue;
                    }
                    combinations++;
                    Random expected = new Random(version);
                    byte[] bytes = Models.file(header, version);
                    try (PsntFile file = open(bytes)) {
                        assertThat(file.header()).isEqualTo(header);
                        for (PsntTensor tensor : file.tensors()) {
                            assertSame(file.read(tensor), Models.contents(expected, tensor));
                        }
                    }
                    assertThat(rewritten(bytes, header)).isEqualTo(bytes);
                }
            }
        }
        assertThat(combinations).isEqualTo(3 * (1 + 2 + 3 + 4));
    }

    @Test
    void whatAVersionCannotHoldIsRefused() {
        ModelConfig plain = Models.plain();
        assertThat(new PsntHeader(1, PsntEncoding.Q8, 0, plain).fault()).contains("version 3");
        assertThat(new PsntHeader(3, PsntEncoding.FLOAT32, 0, plain).fault()).contains("version 4");
        assertThat(new PsntHeader(2, PsntEncoding.Q4, 0, Models.everything()).fault())
                .contains("version 3");
        assertThatThrownBy(() -> Models.file(new PsntHeader(1, PsntEncoding.Q8, 0, plain), 1))
                .isInstanceOf(InputException.class);
    }

    @Test
    void codesArePackedAsPublished() throws IOException {
        ModelConfig config = new ModelConfig(2, 1, 1, 1, 1, 1, 3, 1, 0, 10000f, 1e-5f, true, false, false);
        byte[] codes = {-1, 0, 1, -1, 1, 0};
        PsntHeader ternary = new PsntHeader(1, PsntEncoding.TERNARY, 0, config);
        assertThat(embeddingCodes(ternary, codes, 2, 12)).containsExactly(0b10_01_00_10, 0b00_01);
        PsntHeader q4 = new PsntHeader(2, PsntEncoding.Q4, 0, config);
        assertThat(embeddingCodes(q4, new byte[] {-8, 7, 0, 1, -1, 2}, 3, 12)).containsExactly(0xF0, 0x98, 0xA7);
    }

    @Test
    void version4HasTilesOfFourRowsInTurnsOfSixteenBytes() throws IOException {
        ModelConfig config = new ModelConfig(2, 1, 1, 1, 1, 1, 3, 1, 0, 10000f, 1e-5f, true, false, false);
        // Field p of halfword j is column 8p + j; codes have 8 added, in Q4, and there are none behind column 1 and row
        // 2.
        int[] q4 = embeddingCodes(
                new PsntHeader(4, PsntEncoding.Q4, 0, config), new byte[] {-8, 7, 0, 1, -1, 2}, 16 + 4 * 16, 0);
        assertThat(Arrays.copyOf(q4, 16))
                .containsExactly(0, 0, 0x80, 0x3F, 0, 0, 0x80, 0x3F, 0, 0, 0x80, 0x3F, 0, 0, 0, 0);
        assertThat(Arrays.copyOfRange(q4, 16, 22)).containsExactly(0x80, 0x88, 0x8F, 0x88, 0x88, 0x88);
        assertThat(Arrays.copyOfRange(q4, 32, 36)).containsExactly(0x88, 0x88, 0x89, 0x88);
        assertThat(Arrays.copyOfRange(q4, 48, 52)).containsExactly(0x87, 0x88, 0x8A, 0x88);
        assertThat(Arrays.copyOfRange(q4, 64, 80)).containsOnly(0x88);
        int[] q8 = embeddingCodes(
                new PsntHeader(4, PsntEncoding.Q8, 0, config), new byte[] {-127, 127, 0, 1, -1, 2}, 16 + 4 * 16, 0);
        assertThat(Arrays.copyOfRange(q8, 16, 22)).containsExactly(1, 128, 255, 128, 128, 128);
        int[] ternary = embeddingCodes(
                new PsntHeader(4, PsntEncoding.TERNARY, 0, config), new byte[] {-1, 1, 0, 1, -1, 0}, 16 + 4 * 16, 0);
        assertThat(Arrays.copyOfRange(ternary, 16, 22)).containsExactly(0x54, 0x55, 0x56, 0x55, 0x55, 0x55);
    }

    private static int[] embeddingCodes(PsntHeader header, byte[] codes, int count, int place) throws IOException {
        Random random = new Random(1);
        byte[] bytes = Models.file(
                header,
                tensor -> tensor.kind() == TensorKind.EMBEDDING
                        ? new QuantizedMatrix(header.encoding(), 0, 3, 2, new float[] {1, 1, 1}, codes)
                        : Models.contents(random, tensor));
        try (PsntFile file = open(bytes)) {
            PsntTensor tensor = file.tensor("embedding");
            int from = (int) tensor.offset() + place;
            int[] stored = new int[count];
            Arrays.setAll(stored, i -> bytes[from + i] & 0xff);
            return stored;
        }
    }

    private static byte[] rewritten(byte[] original, PsntHeader header) throws IOException {
        try (PsntFile file = open(original)) {
            return Models.file(header, tensor -> file.read(file.tensor(tensor.name())));
        }
    }

    private static PsntFile open(byte[] bytes) throws IOException {
        return PsntFile.open("model.psn", new MemoryChannel(bytes));
    }

    private static void assertSame(TensorData found, TensorData expected) {
        if (found instanceof QuantizedMatrix a && expected instanceof QuantizedMatrix b) {
            assertThat(a.codes()).isEqualTo(b.codes());
            assertThat(a.scales()).isEqualTo(b.scales());
        } else {
            assertThat(found.toFloats()).isEqualTo(expected.toFloats());
        }
    }
}
