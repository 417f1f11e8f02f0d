package soliloquy.gs;

import static org.assertj.core.api.Assertions.assertThat;
import static soliloquy.gs.GsFixture.BLENDED;
import static soliloquy.gs.GsFixture.SPRITE;
import static soliloquy.gs.GsFixture.TRIANGLE;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DrawingTest {
    private final GsFixture gs = new GsFixture();

    /** Left and top edges are inside, right and bottom ones outside; a sixteenth to the right leaves the first column out. */
    @Test
    void spritesCoverSamplePoints() {
        gs.prim(SPRITE);
        gs.colour(0x80112233);
        gs.vertex(2 * 16, 3 * 16, 0);
        gs.vertex(5 * 16, 4 * 16 + 1, 0);
        gs.vertex(10 * 16 + 1, 3 * 16, 0);
        gs.vertex(12 * 16 + 15, 4 * 16, 0);
        for (int x = 0; x < 16; x++) {
            boolean both = x >= 2 && x < 5 || x == 11 || x == 12;
            assertThat(gs.pixel(x, 3)).as("x %d", x).isEqualTo(both ? 0x80112233 : 0);
            assertThat(gs.pixel(x, 4)).isEqualTo(x >= 2 && x < 5 ? 0x80112233 : 0);
            assertThat(gs.pixel(x, 2) | gs.pixel(x, 5)).isZero();
        }
    }

    @Test
    void theScissorIsInclusive() {
        gs.gs.writeRegister(0x40, 10 | 12L << 16 | 20L << 32 | 21L << 48);
        gs.rectangle(0, 0, 600, 400, 5);
        int count = 0;
        for (int y = 0; y < 448; y++) {
            for (int x = 0; x < 640; x++) {
                count += gs.pixel(x, y) == 5 ? 1 : 0;
            }
        }
        assertThat(count).isEqualTo(6);
        assertThat(gs.pixel(10, 20)).isEqualTo(5);
        assertThat(gs.pixel(12, 21)).isEqualTo(5);
    }

    @Test
    void theOffsetIsTakenAway() {
        gs.gs.writeRegister(0x18, 1728 * 16 | (1936L * 16) << 32);
        gs.rectangle(1728 + 7, 1936 + 8, 1728 + 8, 1936 + 9, 9);
        assertThat(gs.pixel(7, 8)).isEqualTo(9);
        assertThat(gs.pixel(8, 8) | gs.pixel(7, 7)).isZero();
    }

    /** Two triangles that share a diagonal cover each pixel of their rectangle once: additive blending would show twice. */
    @Property(tries = 40)
    void trianglesThatShareAnEdgeNeitherOverlapNorLeaveGaps(
            @ForAll @IntRange(min = 0, max = 300) int x0,
            @ForAll @IntRange(min = 0, max = 300) int y0,
            @ForAll @IntRange(min = 16, max = 400) int w,
            @ForAll @IntRange(min = 16, max = 400) int h) {
        GsFixture bench = new GsFixture();
        bench.gs.writeRegister(0x42, 2 << 2 | 2 << 4 | 1 << 6 | 0x80L << 32);
        bench.prim(4 | BLENDED);
        bench.colour(0x80000001);
        bench.vertex(x0, y0, 0);
        bench.vertex(x0 + w, y0, 0);
        bench.vertex(x0, y0 + h, 0);
        bench.vertex(x0 + w, y0 + h, 0);
        for (int y = 0; y < 48; y++) {
            for (int x = 0; x < 48; x++) {
                boolean inside = x * 16 >= x0 && x * 16 < x0 + w && y * 16 >= y0 && y * 16 < y0 + h;
                assertThat(bench.pixel(x, y) & 0xFF).as("%d, %d", x, y).isEqualTo(inside ? 1 : 0);
            }
        }
    }

    @Test
    void gouraudColoursRunEvenly() {
        gs.prim(TRIANGLE | 1 << 3);
        gs.colour(0x80000000);
        gs.vertex(0, 0, 0);
        gs.colour(0x80000080);
        gs.vertex(128 * 16, 0, 0);
        gs.colour(0x80008000);
        gs.vertex(0, 128 * 16, 0);
        assertThat(gs.pixel(0, 0)).isEqualTo(0x80000000);
        assertThat(gs.pixel(64, 0)).isEqualTo(0x80000040);
        assertThat(gs.pixel(0, 127)).isEqualTo(0x80007F00);
        assertThat(gs.pixel(32, 16)).isEqualTo(0x80001020);
        assertThat(gs.pixel(128, 0)).isZero();
    }

    @Test
    void linesAndPoints() {
        gs.prim(1);
        gs.colour(3);
        gs.vertex(4 * 16, 4 * 16, 0);
        gs.vertex(8 * 16, 6 * 16, 0);
        assertThat(gs.pixel(4, 4)).isEqualTo(3);
        assertThat(gs.pixel(6, 5)).isEqualTo(3);
        assertThat(gs.pixel(8, 6)).isZero();
        gs.prim(0);
        gs.vertex(20 * 16, 20 * 16, 0);
        assertThat(gs.pixel(20, 20)).isEqualTo(3);
    }

    /** ((Cs - Cd) * As >> 7) + Cd, the usual blending; alpha is the source's. */
    @Test
    void blendsAsTheManualSays() {
        gs.rectangle(0, 0, 8, 8, 0x80C8640A);
        gs.gs.writeRegister(0x42, 0x44);
        gs.prim(SPRITE | BLENDED);
        gs.colour(0x3020F0FF);
        gs.vertex(0, 0, 0);
        gs.vertex(16, 16, 0);
        int red = ((0xFF - 0x0A) * 0x30 >> 7) + 0x0A;
        int green = ((0xF0 - 0x64) * 0x30 >> 7) + 0x64;
        int blue = ((0x20 - 0xC8) * 0x30 >> 7) + 0xC8;
        assertThat(gs.pixel(0, 0)).isEqualTo(0x30000000 | blue << 16 | green << 8 | red);
        assertThat(gs.pixel(1, 0)).isEqualTo(0x80C8640A);
    }

    @Test
    void coloursSaturateOrWrap() {
        gs.gs.writeRegister(0x42, 2 << 2 | 2 << 4 | 1 << 6 | 0x80L << 32);
        for (int clamp = 0; clamp < 2; clamp++) {
            gs.gs.writeRegister(0x46, clamp);
            gs.rectangle(0, 0, 1, 1, 0xF0);
            gs.prim(SPRITE | BLENDED);
            gs.colour(0x20);
            gs.vertex(0, 0, 0);
            gs.vertex(16, 16, 0);
            assertThat(gs.pixel(0, 0)).isEqualTo(clamp == 1 ? 0xFF : 0x10);
        }
    }

    @Test
    void maskedBitsStay() {
        gs.rectangle(0, 0, 1, 1, 0x12345678);
        gs.frame(GsFixture.CT32, 0xFF00FF00);
        gs.rectangle(0, 0, 1, 1, 0xAABBCCDD);
        assertThat(gs.pixel(0, 0)).isEqualTo(0x12BB56DD);
    }

    /** ATST GREATER with AREF 0x40, for each AFAIL: KEEP, FB_ONLY, ZB_ONLY, RGB_ONLY. */
    @Test
    void alphaTestFailuresWriteWhatAfailSays() {
        int[] frames = {0x11, 0x40000022, 0x11, 0x22};
        int[] depths = {0, 0, 5, 0};
        gs.gs.writeRegister(0x4E, 140);
        for (int fail = 0; fail < 4; fail++) {
            gs.gs.writeRegister(0x47, 1 << 16 | 1 << 17);
            gs.rectangle(fail, 0, fail + 1, 1, 0x11);
            gs.gs.writeRegister(0x47, 1 | 6 << 1 | 0x40 << 4 | fail << 12 | 1 << 16 | 1 << 17);
            gs.prim(SPRITE);
            gs.colour(0x40000022);
            gs.vertex(fail * 16, 0, 5);
            gs.vertex(fail * 16 + 16, 16, 5);
            assertThat(gs.pixel(fail, 0)).as("AFAIL %d", fail).isEqualTo(frames[fail]);
            assertThat(gs.gs.memory().pixel(0x30, 140 * 32, 10, fail, 0)).isEqualTo(depths[fail]);
        }
    }

    @Test
    void theDepthTestTakesTheNearer() {
        gs.gs.writeRegister(0x4E, 140);
        gs.gs.writeRegister(0x47, 1 << 16 | 3 << 17);
        int[] depths = {1, -1, 0x7FFFFFFF, -1};
        for (int i = 0; i < depths.length; i++) {
            gs.prim(SPRITE);
            gs.colour(i + 1);
            gs.vertex(0, 0, depths[i]);
            gs.vertex(16, 16, depths[i]);
        }
        assertThat(gs.pixel(0, 0)).isEqualTo(2);
    }

    @Test
    void framesOf16BitsKeepTheHighBits() {
        gs.frame(GsFixture.CT16, 0);
        gs.rectangle(0, 0, 1, 1, 0x80FF8947);
        assertThat(gs.gs.memory().pixel(GsFixture.CT16, 0, 10, 0, 0)).isEqualTo(0x8000 | 0x1F << 10 | 0x11 << 5 | 0x08);
    }

    @Test
    void stripsAndFansReuseVertices() {
        gs.prim(5);
        gs.colour(7);
        gs.vertex(0, 0, 0);
        gs.vertex(160, 0, 0);
        gs.vertex(160, 160, 0);
        gs.vertex(0, 160, 0);
        for (int y = 0; y < 10; y++) {
            for (int x = 0; x < 10; x++) {
                assertThat(gs.pixel(x, y)).isEqualTo(7);
            }
        }
        gs.prim(2);
        gs.vertex(20 * 16, 20 * 16, 0);
        gs.vertex(24 * 16, 20 * 16, 0);
        gs.vertex(24 * 16, 24 * 16, 0);
        assertThat(gs.pixel(20, 20)).isEqualTo(7);
        assertThat(gs.pixel(24, 23)).isEqualTo(7);
    }
}
