package soliloquy.gs;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ImageTransferTest {
    private final GsFixture gs = new GsFixture();

    @Test
    void anImageMayComeInPieces() {
        byte[] image = GsFixture.words(1, 2, 3, 4, 5, 6, 7, 8);
        gs.startUpload(0, 10, GsFixture.CT32, 100, 50, 4, 2);
        gs.gs.transferImage(image, 0, 16);
        gs.gs.transferImage(image, 16, 16);
        gs.gs.transferImage(image, 0, 16);
        assertThat(gs.pixel(100, 50)).isEqualTo(1);
        assertThat(gs.pixel(103, 50)).isEqualTo(4);
        assertThat(gs.pixel(100, 51)).isEqualTo(5);
        assertThat(gs.pixel(103, 51)).isEqualTo(8);
        assertThat(gs.pixel(100, 52)).isZero();
    }

    @Test
    void pixelsOf24BitsCrossWords() {
        gs.startUpload(0, 10, GsFixture.CT24, 0, 0, 3, 1);
        gs.gs.writeRegister(0x54, 0x6655_4433_2211_8877L);
        gs.gs.writeRegister(0x54, 0x0000_0000_0000_0099L);
        assertThat(gs.pixel(0, 0)).isEqualTo(0x118877);
        assertThat(gs.pixel(1, 0)).isEqualTo(0x443322);
        assertThat(gs.pixel(2, 0)).isEqualTo(0x996655 & 0xFFFF | 0x990000);
    }

    @Test
    void theLowNibbleIsTheFirstPixelOfFourBits() {
        gs.upload(64, 2, GsFixture.T4, 4, 1, new byte[] {0x21, 0x43});
        for (int x = 0; x < 4; x++) {
            assertThat(gs.gs.memory().pixel(GsFixture.T4, 64, 2, x, 0)).isEqualTo(x + 1);
        }
    }

    @Test
    void copiesThatOverlapGoTheWayDirSays() {
        gs.upload(0, 10, GsFixture.CT32, 4, 1, GsFixture.words(1, 2, 3, 4));
        gs.gs.writeRegister(0x50, 10L << 16 | 10L << 48);
        gs.gs.writeRegister(0x51, 1L << 32 | 2L << 59);
        gs.gs.writeRegister(0x52, 4 | 1L << 32);
        gs.gs.writeRegister(0x53, 2);
        assertThat(new int[] {gs.pixel(0, 0), gs.pixel(1, 0), gs.pixel(2, 0), gs.pixel(3, 0), gs.pixel(4, 0)})
                .containsExactly(1, 1, 2, 3, 4);
    }

    @Property(tries = 60)
    void whatTheHostSendsItGetsBack(
            @ForAll @IntRange(min = 0, max = 12) int format,
            @ForAll @IntRange(min = 0, max = 0x3FFF) int base,
            @ForAll @Size(96) byte[] data) {
        GsFixture bench = new GsFixture();
        PixelFormat tried = PixelFormat.values()[format];
        int pixels = 96 * 8 / tried.bits;
        int width = pixels / 4;
        bench.upload(base, 4, tried.code, width, 4, data);
        bench.gs.writeRegister(0x50, base | 4L << 16 | (long) tried.code << 24);
        bench.gs.writeRegister(0x51, 0);
        bench.gs.writeRegister(0x52, width | 4L << 32);
        bench.gs.writeRegister(0x53, 1);
        byte[] back = new byte[128];
        assertThat(bench.gs.readImage(back, 0, 40) + bench.gs.readImage(back, 40, 80))
                .isEqualTo(96);
        assertThat(java.util.Arrays.copyOf(back, 96)).isEqualTo(data);
    }
}
