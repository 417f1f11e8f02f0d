package soliloquy.console;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import soliloquy.llm.build.GuestSources;
import soliloquy.machine.Frame;

/**
 * Reads the text of the program's pages off a picture: each cell of 8 x 16 pixels is compared with the glyphs of the guest's font, whatever
 * colours it has. Glyphs beyond ASCII read as {@code #}.
 */
final class ScreenText {
    private static final int COLUMNS = 72;
    private static final int LEFT = 32;
    private static final int WIDTH = 8;
    private static final int HEIGHT = 16;
    private static final int TITLE_TOP = 20;
    private static final int BODY_TOP = 44;
    private static final int BODY_LINES = 21;
    private static final int STATUS_TOP = 386;

    private final Map<String, Character> letters = new HashMap<>();

    ScreenText() throws IOException {
        byte[] glyphs = GuestSources.glyphs();
        for (int glyph = 0; glyph < glyphs.length / HEIGHT; glyph++) {
            StringBuilder rows = new StringBuilder();
            for (int y = 0; y < HEIGHT; y++) {
                rows.append((char) (glyphs[glyph * HEIGHT + y] & 0xFF));
            }
            letters.putIfAbsent(rows.toString(), glyph < 95 ? (char) (' ' + glyph) : '#');
        }
    }

    /** All lines from the title to the keys, without blanks at their ends. */
    List<String> lines(Frame frame) {
        List<String> lines = new ArrayList<>();
        lines.add(line(frame, TITLE_TOP));
        for (int i = 0; i < BODY_LINES; i++) {
            lines.add(line(frame, BODY_TOP + i * HEIGHT));
        }
        lines.add(line(frame, STATUS_TOP));
        lines.add(line(frame, STATUS_TOP + HEIGHT));
        return lines;
    }

    private String line(Frame frame, int top) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < COLUMNS; column++) {
            line.append(letter(frame, LEFT + column * WIDTH, top));
        }
        return line.toString().stripTrailing();
    }

    /** The first and the last pixel row of a cell may be another paper's; no letter of ASCII has a pixel there. */
    private char letter(Frame frame, int left, int top) {
        int paper = frame.pixels[(top + 1) * frame.width + left + WIDTH - 1];
        StringBuilder rows = new StringBuilder().append('\0');
        for (int y = 1; y < HEIGHT; y++) {
            int bits = 0;
            for (int x = 0; x < WIDTH; x++) {
                boolean inked = y < HEIGHT - 1 && frame.pixels[(top + y) * frame.width + left + x] != paper;
                bits = bits << 1 | (inked ? 1 : 0);
            }
            rows.append((char) bits);
        }
        return letters.getOrDefault(rows.toString(), '#');
    }
}
