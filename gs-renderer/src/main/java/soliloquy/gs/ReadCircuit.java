package soliloquy.gs;

import java.util.Arrays;

/** One read circuit of the PCRTC, as its DISPFB and DISPLAY set it. */
final class ReadCircuit {
    private static final int OUTSIDE = -1;

    private final LocalMemory memory;
    private int base;
    private int width;
    private PixelFormat format = PixelFormat.CT32;
    private int bufferX;
    private int bufferY;
    private int[] columns = new int[0];

    boolean enabled;

    /** Position and size on the screen: video clocks to the right, lines down. */
    int x;

    int y;
    int displayWidth;
    int displayHeight;

    /** Video clocks of a pixel and lines of a row. */
    int magnifyX;

    int magnifyY;

    /** The pixels of the row that {@link #read} read: ABGR, 0 outside the circuit's rectangle. */
    int[] row = new int[0];

    ReadCircuit(LocalMemory memory) {
        this.memory = memory;
    }

    /**
     * Takes the registers apart. DISPFB: 8..0 FBP, 14..9 FBW, 19..15 PSM, 42..32 DBX, 53..43 DBY. DISPLAY: 11..0 DX, 22..12 DY, 26..23
     * MAGH, 28..27 MAGV, 43..32 DW - 1, 54..44 DH - 1.
     */
    void latch(long dispfb, long display, boolean on) {
        base = (int) (dispfb & 0x1FF) << 5;
        width = (int) (dispfb >>> 9) & 0x3F;
        PixelFormat named = PixelFormat.of((int) (dispfb >>> 15) & 0x1F);
        bufferX = (int) (dispfb >>> 32) & 0x7FF;
        bufferY = (int) (dispfb >>> 43) & 0x7FF;
        x = (int) display & 0xFFF;
        y = (int) (display >>> 12) & 0x7FF;
        magnifyX = ((int) (display >>> 23) & 0xF) + 1;
        magnifyY = ((int) (display >>> 27) & 3) + 1;
        displayWidth = ((int) (display >>> 32) & 0xFFF) + 1;
        displayHeight = ((int) (display >>> 44) & 0x7FF) + 1;
        enabled = on && named != null && named.isColour();
        if (enabled) {
            format = named;
        }
    }

    /** Prepares for rows of {@code count} pixels of {@code unit} video clocks from {@code left} on. */
    void prepare(int left, int unit, int count) {
        if (columns.length < count) {
            columns = new int[count];
            row = new int[count];
        }
        for (int i = 0; i < count; i++) {
            int clock = left + i * unit - x;
            boolean inside = enabled && clock >= 0 && clock < displayWidth;
            columns[i] = inside ? clock / magnifyX + bufferX & 0x7FF : OUTSIDE;
        }
    }

    /** True if pixel {@code i} of a row that the circuit covers is inside it. */
    boolean covers(int i) {
        return columns[i] != OUTSIDE;
    }

    /** Reads a line of the screen; false if the circuit does not reach it. */
    boolean read(int line, boolean frameMode, int count) {
        int lineOfCircuit = line - y;
        if (!enabled || lineOfCircuit < 0 || lineOfCircuit >= displayHeight) {
            Arrays.fill(row, 0, count, 0);
            return false;
        }
        int rowOfBuffer = (frameMode ? lineOfCircuit >> 1 : lineOfCircuit) / magnifyY + bufferY & 0x7FF;
        int start = LocalMemory.unit(format, base, width, 0, rowOfBuffer);
        // In colour formats the position of (x, y) in a page is that of (0, y) plus that of (x, 0).
        int[] positions = format.positions;
        int[] words = memory.words;
        boolean halfwords = format.unitBits == 16;
        int opaque = format.bits == 24 ? 0x8000_0000 : 0;
        int colourBits = format.bits == 24 ? 0xFF_FFFF : -1;
        for (int i = 0; i < count; i++) {
            int column = columns[i];
            if (column == OUTSIDE) {
                row[i] = 0;
                continue;
            }
            int unit = start + (column >> 6 << format.pageUnitsLog) + positions[column & 63];
            row[i] = halfwords
                    ? Colours.from16(words[unit >> 1 & LocalMemory.WORDS - 1] >>> ((unit & 1) << 4) & 0xFFFF)
                    : words[unit & LocalMemory.WORDS - 1] & colourBits | opaque;
        }
        return true;
    }
}
