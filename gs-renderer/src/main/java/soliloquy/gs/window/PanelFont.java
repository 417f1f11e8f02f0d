package soliloquy.gs.window;

import static org.lwjgl.opengl.GL33C.*;

import java.nio.ByteBuffer;
import org.lwjgl.nuklear.NkHandle;
import org.lwjgl.nuklear.NkUserFont;
import org.lwjgl.nuklear.NkUserFontGlyph;
import org.lwjgl.system.MemoryUtil;

/** The panels' font: the glyphs of the console's own text, in one texture. */
final class PanelFont implements AutoCloseable {
    private static final int FIRST = ' ';
    private static final int LAST = '~';
    private static final int UNKNOWN = '?';

    private final int glyphs;
    private final int texture;
    private final NkUserFont font = NkUserFont.create();

    /**
     * @param rows of the glyphs from the space on: a byte is a row of eight pixels, the leftmost in the highest bit
     * @param height rows of a glyph
     */
    PanelFont(byte[] rows, int height) {
        glyphs = rows.length / height;
        texture = upload(rows);
        font.width((handle, size, text, bytes) -> width(text, bytes))
                .height(height)
                .query((handle, size, glyph, code, next) -> describe(code, NkUserFontGlyph.create(glyph), height));
        font.texture(handle -> handle.id(texture));
    }

    /** A glyph is eight pixels wide; one pixel more, behind the last glyph, is white for shapes. */
    private static int upload(byte[] rows) {
        ByteBuffer pixels = MemoryUtil.memAlloc(Byte.SIZE * (rows.length + 1));
        for (byte row : rows) {
            for (int bit = 0x80; bit != 0; bit >>= 1) {
                pixels.put((byte) ((row & bit) == 0 ? 0 : 0xFF));
            }
        }
        while (pixels.hasRemaining()) {
            pixels.put((byte) 0xFF);
        }
        int texture = glGenTextures();
        glBindTexture(GL_TEXTURE_2D, texture);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
        glTexParameteriv(GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_RGBA, new int[] {GL_ONE, GL_ONE, GL_ONE, GL_RED});
        glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, Byte.SIZE, rows.length + 1, 0, GL_RED, GL_UNSIGNED_BYTE, pixels.flip());
        MemoryUtil.memFree(pixels);
        return texture;
    }

    private static float width(long text, int bytes) {
        int letters = 0;
        for (int i = 0; i < bytes; i++) {
            boolean continued = (MemoryUtil.memGetByte(text + i) & 0xC0) == 0x80;
            letters += continued ? 0 : 1;
        }
        return Byte.SIZE * letters;
    }

    private void describe(int code, NkUserFontGlyph glyph, int height) {
        int index = (code >= FIRST && code <= LAST ? code : UNKNOWN) - FIRST;
        float rows = glyphs * height + 1;
        glyph.width(Byte.SIZE).height(height).xadvance(Byte.SIZE);
        glyph.offset().set(0, 0);
        glyph.uv(0).set(0, index * height / rows);
        glyph.uv(1).set(1, (index + 1) * height / rows);
    }

    NkUserFont font() {
        return font;
    }

    /** The texture, for shapes that have none of their own. */
    void whiteTexture(NkHandle handle) {
        handle.id(texture);
    }

    /** Vertical place of a white pixel in the texture, 0 to 1. */
    float white() {
        float rows = glyphs * font.height() + 1;
        return (rows - 0.5f) / rows;
    }

    @Override
    public void close() {
        glDeleteTextures(texture);
        font.query().free();
        font.width().free();
    }
}
