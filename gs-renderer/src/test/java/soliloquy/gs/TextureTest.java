package soliloquy.gs;

import static org.assertj.core.api.Assertions.assertThat;
import static soliloquy.gs.GsFixture.SPRITE;
import static soliloquy.gs.GsFixture.TEXTURED;
import static soliloquy.gs.GsFixture.UV;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TextureTest {
    private static final int TEXTURE = 0x2000;
    private static final int CLUT = 0x3000;
    private static final long TCC = 1L << 34;
    private static final long DECAL = 1L << 35;

    private final GsFixture gs = new GsFixture();

    @BeforeEach
    void plainTexture() {
        gs.gs.writeRegister(0x14, 0);
        gs.gs.writeRegister(0x3B, 0x80L << 32);
    }

    private static long tex0(int psm, int widthLog, int heightLog) {
        return TEXTURE | 2L << 14 | (long) psm << 20 | (long) widthLog << 26 | (long) heightLog << 30;
    }

    private void sprite(int x, int y, int w, int h, int u, int v, int colour) {
        gs.prim(SPRITE | TEXTURED | UV);
        gs.colour(colour);
        gs.uv(u * 16, v * 16);
        gs.vertex(x * 16, y * 16, 0);
        gs.uv((u + w) * 16, (v + h) * 16);
        gs.vertex((x + w) * 16, (y + h) * 16, 0);
    }

    @Test
    void glyphsOfFourBitsThroughAClut() {
        byte[] glyph = new byte[32 * 16 / 2];
        glyph[0] = (byte) 0x21;
        glyph[16] = (byte) 0xF0;
        gs.upload(TEXTURE, 2, GsFixture.T4, 32, 16, glyph);
        int[] colours = new int[16];
        for (int i = 0; i < 16; i++) {
            colours[i] = i * 0x01010101;
        }
        gs.upload(CLUT, 1, GsFixture.CT32, 8, 2, GsFixture.words(colours));
        gs.gs.writeRegister(0x06, tex0(GsFixture.T4, 5, 4) | TCC | DECAL | (long) CLUT << 37 | 1L << 61);
        sprite(100, 40, 2, 2, 0, 0, 0);
        assertThat(gs.pixel(100, 40)).isEqualTo(0x01010101);
        assertThat(gs.pixel(101, 40)).isEqualTo(0x02020202);
        assertThat(gs.pixel(100, 41)).isZero();
        assertThat(gs.pixel(101, 41)).isEqualTo(0x0F0F0F0F);
    }

    /** CSM1 with 256 entries exchanges bits 3 and 4 of the index: index 8 is the first pixel of the second row. */
    @Test
    void clutOf256EntriesIsSwizzled() {
        gs.upload(
                TEXTURE, 2, GsFixture.T8, 16, 1, new byte[] {8, 16, 24, 32, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 255
                });
        int[] colours = new int[256];
        for (int i = 0; i < 256; i++) {
            colours[i] = i;
        }
        gs.upload(CLUT, 1, GsFixture.CT32, 16, 16, GsFixture.words(colours));
        gs.gs.writeRegister(0x06, tex0(GsFixture.T8, 4, 0) | TCC | DECAL | (long) CLUT << 37 | 1L << 61);
        sprite(0, 0, 16, 1, 0, 0, 0);
        assertThat(gs.pixel(0, 0)).isEqualTo(16);
        assertThat(gs.pixel(1, 0)).isEqualTo(8);
        assertThat(gs.pixel(2, 0)).isEqualTo(24);
        assertThat(gs.pixel(3, 0)).isEqualTo(32);
        assertThat(gs.pixel(15, 0)).isEqualTo(255);
    }

    @Test
    void theClutIsLoadedOnlyAsCldSays() {
        gs.upload(TEXTURE, 2, GsFixture.T4, 32, 1, new byte[16]);
        long texture = tex0(GsFixture.T4, 5, 0) | TCC | DECAL | (long) CLUT << 37;
        int[] expected = {1, 1, 3, 3, 3, 6};
        long[] loads = {1, 0, 2, 4, 4, 2};
        for (int i = 0; i < loads.length; i++) {
            gs.upload(CLUT, 1, GsFixture.CT32, 8, 1, GsFixture.words(i + 1, 0, 0, 0, 0, 0, 0, 0));
            gs.gs.writeRegister(0x06, texture | loads[i] << 61);
            sprite(i, 0, 1, 1, 0, 0, 0);
            assertThat(gs.pixel(i, 0)).as("step %d", i).isEqualTo(expected[i]);
        }
    }

    @Test
    void textureFunctions() {
        int texel = 0x60402010;
        int colour = 0x50FF8040;
        gs.upload(TEXTURE, 2, GsFixture.CT32, 1, 1, GsFixture.words(texel));
        int red = 0x10 * 0x40 >> 7;
        int green = 0x20 * 0x80 >> 7;
        int blue = 0x40 * 0xFF >> 7;
        int lit = (red + 0x50) | (green + 0x50) << 8 | (blue + 0x50) << 16;
        int[] expected = {
            red | green << 8 | blue << 16 | (0x60 * 0x50 >> 7) << 24, texel, lit | 0xB0000000, lit | 0x60000000
        };
        for (int function = 0; function < 4; function++) {
            gs.gs.writeRegister(0x06, tex0(GsFixture.CT32, 0, 0) | TCC | (long) function << 35);
            sprite(function, 0, 1, 1, 0, 0, colour);
            assertThat(gs.pixel(function, 0)).as("TFX %d", function).isEqualTo(expected[function]);
        }
        gs.gs.writeRegister(0x06, tex0(GsFixture.CT32, 0, 0) | DECAL);
        sprite(0, 0, 1, 1, 0, 0, colour);
        assertThat(gs.pixel(0, 0)).isEqualTo(0x50402010);
    }

    @Test
    void texaGivesAlphaToSmallerPixels() {
        gs.upload(TEXTURE, 2, GsFixture.CT16, 4, 1, new byte[] {0, 0, 1, 0, 0, (byte) 0x80, (byte) 0xFF, 0x7F});
        gs.gs.writeRegister(0x3B, 0x11 | 1 << 15 | 0x22L << 32);
        gs.gs.writeRegister(0x06, tex0(GsFixture.CT16, 2, 0) | TCC | DECAL);
        sprite(0, 0, 4, 1, 0, 0, 0);
        assertThat(gs.pixel(0, 0)).isZero();
        assertThat(gs.pixel(1, 0)).isEqualTo(0x11000008);
        assertThat(gs.pixel(2, 0)).isEqualTo(0x22000000);
        assertThat(gs.pixel(3, 0)).isEqualTo(0x11F8F8F8);
    }

    @Test
    void wrapModes() {
        gs.upload(TEXTURE, 2, GsFixture.CT32, 8, 1, GsFixture.words(0, 1, 2, 3, 4, 5, 6, 7));
        gs.gs.writeRegister(0x06, tex0(GsFixture.CT32, 3, 0) | TCC | DECAL);
        long[] clamps = {0, 1, 2 | 2 << 4 | 5 << 14, 3 | 1 << 4 | 4 << 14};
        int[][] expected = {
            {0, 1, 2, 3, 4, 5, 6, 7, 0, 1},
            {0, 1, 2, 3, 4, 5, 6, 7, 7, 7},
            {2, 2, 2, 3, 4, 5, 5, 5, 5, 5},
            {4, 5, 4, 5, 4, 5, 4, 5, 4, 5}
        };
        for (int mode = 0; mode < 4; mode++) {
            gs.gs.writeRegister(0x08, clamps[mode]);
            sprite(0, mode, 10, 1, 0, 0, 0);
            for (int x = 0; x < 10; x++) {
                assertThat(gs.pixel(x, mode)).as("mode %d, x %d", mode, x).isEqualTo(expected[mode][x]);
            }
        }
    }

    /** Half way between two texels of 0 and 0x80 the filter gives their mean. */
    @Test
    void bilinearFilterMixesNeighbours() {
        gs.upload(TEXTURE, 2, GsFixture.CT32, 2, 1, GsFixture.words(0, 0x80));
        gs.gs.writeRegister(0x06, tex0(GsFixture.CT32, 1, 0) | TCC | DECAL);
        gs.gs.writeRegister(0x14, 1 << 5 | 1 << 6);
        sprite(0, 0, 2, 1, 0, 0, 0);
        assertThat(gs.pixel(1, 0)).isEqualTo(0x40);
    }

    @Test
    void coordinatesOfStAreFractionsOfTheTexture() {
        gs.upload(TEXTURE, 2, GsFixture.CT32, 4, 1, GsFixture.words(1, 2, 3, 4));
        gs.gs.writeRegister(0x06, tex0(GsFixture.CT32, 2, 0) | TCC | DECAL);
        gs.prim(SPRITE | TEXTURED);
        gs.colour(0);
        gs.gs.writeRegister(0x02, 0);
        gs.vertex(0, 0, 0);
        gs.gs.writeRegister(0x02, Float.floatToRawIntBits(1) | (long) Float.floatToRawIntBits(1) << 32);
        gs.vertex(4 * 16, 16, 0);
        for (int x = 0; x < 4; x++) {
            assertThat(gs.pixel(x, 0)).isEqualTo(x + 1);
        }
    }
}
