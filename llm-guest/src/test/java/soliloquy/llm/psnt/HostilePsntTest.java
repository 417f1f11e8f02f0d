package soliloquy.llm.psnt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soliloquy.machine.InputException;
import soliloquy.machine.MemoryChannel;

class HostilePsntTest {
    private static final PsntHeader V4 = new PsntHeader(4, PsntEncoding.Q8, 0, Models.everything());
    private static final PsntHeader V3 = new PsntHeader(3, PsntEncoding.TERNARY, 0, Models.everything());

    @ParameterizedTest
    @CsvSource({
        "0, 0x12345678, magic",
        "4, 9, version 9",
        "8, 3, quant_type 3",
        "12, 0x80, flags 0x80",
        "20, 0, dim 0",
        "20, -1, dim -1",
        "24, 0x7fffffff, hidden_dim",
        "28, 0, n_layers 0",
        "32, 5, n_heads",
        "36, 2, n_kv_heads",
        "40, 0x7fffffff, vocab_size",
        "44, -5, seq_len",
        "48, 0x7fc00000, rope_theta",
        "52, 9, n_unique_layers",
        "56, -1, n_registers",
        "60, 0xff800000, norm_eps",
        "24, 4300, bytes; expected",
        "64, 2, header CRC-32",
        "96, 2, header CRC-32"
    })
    void headersAreChecked(int offset, String value, String message) throws IOException {
        byte[] bytes = Models.file(V4, 1);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, (int) (long) Long.decode(value));
        if (offset >= 64) {
            assertThatThrownBy(() -> readAll(bytes)).isInstanceOf(InputException.class);
        } else {
            assertThatThrownBy(() -> readAll(bytes))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(message)
                    .hasMessageContaining("hostile.psn");
        }
    }

    @Property(tries = 300)
    void anyDamageToAVersion4TensorIsFound(@ForAll @IntRange(min = 0) int place, @ForAll @IntRange(max = 7) int bit)
            throws IOException {
        byte[] bytes = Models.file(V4, 7);
        PsntTensor tensor;
        try (PsntFile file = open(bytes)) {
            tensor = file.tensors().get(place % file.tensors().size());
        }
        int at = (int) (tensor.offset() + (place / 31) % tensor.bytes());
        bytes[at] ^= (byte) (1 << bit);
        assertThatThrownBy(() -> readAll(bytes))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(tensor.name())
                .hasMessageContaining("0x" + Long.toHexString(tensor.offset()));
    }

    @Property(tries = 300)
    void anyDamageToHeaderOrTableOfContentsIsFound(@ForAll @IntRange(min = 0, max = 1_000_000) int place)
            throws IOException {
        byte[] bytes = Models.file(V4, 7);
        int tableEnd = 128 + 64 * PsntLayout.of(V4).tensors().size();
        int inside = place % (tableEnd - 28);
        int at = inside < 100 ? inside : inside + 28;
        bytes[at] ^= (byte) (1 + place % 255);
        assertThatThrownBy(() -> readAll(bytes)).isInstanceOf(InputException.class);
    }

    @Property(tries = 200)
    void damagedOldFilesAreReadOrRefusedButNeverBreakTheReader(@ForAll long seed) throws IOException {
        byte[] bytes = Models.file(V3, 3);
        Random random = new Random(seed);
        for (int i = 0; i < 5; i++) {
            bytes[random.nextInt(random.nextBoolean() ? 60 : bytes.length)] = (byte) random.nextInt();
        }
        try {
            readAll(bytes);
        } catch (InputException e) {
            assertThat(e).hasMessageContaining("hostile.psn");
        }
    }

    @Property(tries = 100)
    void anyOtherLengthIsRefused(@ForAll @IntRange(max = 20_000) int length) throws IOException {
        for (PsntHeader header : new PsntHeader[] {V3, V4}) {
            byte[] whole = Models.file(header, 3);
            if (length != whole.length) {
                assertThatThrownBy(() -> readAll(Arrays.copyOf(whole, length))).isInstanceOf(InputException.class);
            }
        }
    }

    @Test
    void numbersThatAreNotFiniteAreRefused() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            Random random = new Random(1);
            assertThatThrownBy(() -> readAll(Models.file(V4, tensor -> {
                        TensorData data = Models.contents(random, tensor);
                        if (tensor.name().equals("layers.1.w2") && data instanceof QuantizedMatrix matrix) {
                            matrix.scales()[3] = bad;
                        }
                        return data;
                    })))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("layers.1.w2 holds " + bad);
        }
    }

    @Test
    void codesThatDoNotOccurAreRefused() throws IOException {
        byte[] bytes = Models.file(V3, 1);
        bytes[bytes.length - 1] = -1;
        assertThatThrownBy(() -> readAll(bytes))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("ternary code 3")
                .hasMessageContaining("0x" + Integer.toHexString(bytes.length - 1));
        PsntHeader q8 = new PsntHeader(3, PsntEncoding.Q8, 0, Models.plain());
        byte[] codes = Models.file(q8, 1);
        codes[codes.length - 1] = -128;
        assertThatThrownBy(() -> readAll(codes)).hasMessageContaining("code -128");
    }

    private static PsntFile open(byte[] bytes) throws IOException {
        return PsntFile.open("hostile.psn", new MemoryChannel(bytes));
    }

    private static void readAll(byte[] bytes) throws IOException {
        try (PsntFile file = open(bytes)) {
            for (PsntTensor tensor : file.tensors()) {
                file.read(tensor);
            }
        }
    }
}
