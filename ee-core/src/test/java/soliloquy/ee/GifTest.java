package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import soliloquy.machine.GraphicsPort;
import soliloquy.machine.Notices;
import soliloquy.machine.Ram;

/** The three formats of GIF packets, bit fields as ps2tek gives them. */
class GifTest {
    private final List<String> seen = new ArrayList<>();
    private final Ram memory = new Ram(4096);
    private int length;
    private final Gif gif = new Gif(
            new GraphicsPort() {
                @Override
                public void writeRegister(int register, long value) {
                    seen.add("%02x=%016x".formatted(register, value));
                }

                @Override
                public void setQ(int floatBits) {
                    seen.add("q=%08x".formatted(floatBits));
                }

                @Override
                public void transferImage(byte[] data, int offset, int bytes) {
                    for (int i = 0; i < bytes; i += 16) {
                        seen.add("image " + data[offset + i]);
                    }
                }
            },
            new Notices(notice -> {}));

    private void quad(long high, long low) {
        memory.write64(length, low);
        memory.write64(length + 8, high);
        length += 16;
    }

    private void tag(int loops, int format, int count, long registers) {
        quad(registers, loops | 1 << 15 | (long) format << 58 | (long) count << 60);
    }

    @Test
    void packedFieldsGoToTheirPlaces() {
        tag(1, 0, 10, 0xFEDA5543210L);
        quad(0, 0x7FF | 0xF800); // PRIM
        quad(0x0000_0044_0000_0033L, 0x0000_0022_0000_0011L); // RGBAQ
        quad(0x4000_0000L, 0x3F00_0000_3E00_0000L); // ST
        quad(0, 0x0000_1234_0000_2345L); // UV
        quad(0x70L << 36 | 0xAB_CDEFL << 4, 0x0000_2222_0000_1111L); // XYZF2
        quad(0x89AB_CDEFL, 0x0000_2222_0000_1111L); // XYZ2
        quad(0x0000_8000_89AB_CDEFL, 0x0000_2222_0000_1111L); // XYZ2 with ADC
        quad(0x0000_0560_0000_0000L, 0); // FOG
        quad(0x89AB_CDEFL, 0x0000_2222_0000_1111L); // XYZ3
        quad(0x61, 0x1234); // A+D: FINISH
        gif.receive(memory, 0, length / 16);
        assertThat(seen)
                .containsExactly(
                        "q=3f800000",
                        "00=00000000000007ff",
                        "01=3f80000044332211",
                        "q=40000000",
                        "02=3f0000003e000000",
                        "03=0000000012342345",
                        "04=70abcdef22221111",
                        "05=89abcdef22221111",
                        "0d=89abcdef22221111",
                        "0a=5600000000000000",
                        "0d=89abcdef22221111",
                        "61=0000000000001234");
    }

    @Test
    void tagCarriesPrim() {
        quad(0xE, 1 | 1 << 15 | 1L << 46 | 0x156L << 47 | 1L << 60);
        quad(0x4C, 5);
        gif.receive(memory, 0, 2);
        assertThat(seen).containsExactly("q=3f800000", "00=0000000000000156", "4c=0000000000000005");
    }

    @Test
    void colourTakesTheQOfTheLastSt() {
        tag(1, 0, 2, 0x12);
        quad(0x4040_0000L, 0);
        quad(0, 0x80);
        gif.receive(memory, 0, 3);
        assertThat(seen).contains("01=4040000000000080");
    }

    @Test
    void registerListPadsAnOddCountAndSkipsAddressedWrites() {
        tag(1, 1, 3, 0x5E1);
        quad(2, 1);
        quad(99, 3);
        tag(1, 0, 1, 0xE);
        quad(0x42, 7);
        gif.receive(memory, 0, 5);
        assertThat(seen)
                .containsExactly(
                        "q=3f800000",
                        "01=0000000000000001",
                        "05=0000000000000003",
                        "q=3f800000",
                        "42=0000000000000007");
    }

    @Test
    void sixteenRegistersWhenTheCountIsZero() {
        tag(1, 1, 0, 0x5555_5555_5555_5555L);
        for (int i = 0; i < 8; i++) {
            quad(2L * i + 1, 2L * i);
        }
        gif.receive(memory, 0, 9);
        assertThat(seen).hasSize(17).last().isEqualTo("05=000000000000000f");
    }

    @Test
    void imageMayComeInPieces() {
        tag(3, 2, 0, 0);
        gif.receive(memory, 0, 1);
        length = 0;
        for (int i = 0; i < 3; i++) {
            quad(0, i + 1);
        }
        gif.receive(memory, 0, 2);
        assertThat(gif.read(0x10003020, 4) & 0x20).isNotZero();
        gif.receive(memory, 32, 1);
        assertThat(seen).containsExactly("q=3f800000", "image 1", "image 2", "image 3");
        assertThat(gif.read(0x10003020, 4) & 0x20).isZero();
    }

    @Test
    void fifoTakesQuadwords() {
        gif.writeQuad(Gif.FIFO, 1 | 1 << 15 | 1L << 60, 0xE);
        gif.writeQuad(Gif.FIFO, 0x77, 0x42);
        assertThat(seen).containsExactly("q=3f800000", "42=0000000000000077");
    }

    @Test
    void emptyTagDoesNothing() {
        tag(0, 0, 1, 0xE);
        tag(1, 0, 1, 0xE);
        quad(0x42, 7);
        gif.receive(memory, 0, 3);
        assertThat(seen).containsExactly("q=3f800000", "42=0000000000000007");
    }
}
