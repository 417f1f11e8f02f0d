package soliloquy.gs;

/** The cadence of a video signal, in EE cycles. A field lasts from one vertical blank's start to the next. */
enum VideoMode {
    /** Measured field length; the visible part is that of the progressive signal. */
    NTSC_INTERLACED(4_920_115, 4_920_115 - Constants.NTSC_VISIBLE, 525),
    /** Measured: visible 2,248,960 bus cycles, blank 215,552. */
    NTSC_PROGRESSIVE(Constants.NTSC_VISIBLE + 431_104, 431_104, 526),
    /** Estimate: 312.5 of the measured lines. */
    PAL_INTERLACED(5_898_140, 5_898_140 - Constants.PAL_VISIBLE, 625),
    /** Measured: visible 2,717,696 bus cycles, blank 245,504. */
    PAL_PROGRESSIVE(Constants.PAL_VISIBLE + 491_008, 491_008, 628),
    /** Estimate for the progressive modes above standard definition: 525 lines at 59.94 Hz, 480 visible. */
    HIGH_RESOLUTION(4_920_115, 421_724, 1050);

    /** Length of a field. */
    final int fieldCycles;

    /** Length of the vertical blank. */
    final int blankCycles;

    /** Lines of two fields; odd where the signal is interlaced. */
    final int linesInTwoFields;

    VideoMode(int fieldCycles, int blankCycles, int linesInTwoFields) {
        this.fieldCycles = fieldCycles;
        this.blankCycles = blankCycles;
        this.linesInTwoFields = linesInTwoFields;
    }

    /** Lines of a picture that programs usually show. */
    int visibleLines() {
        return switch (this) {
            case NTSC_INTERLACED -> 448;
            case NTSC_PROGRESSIVE -> 224;
            case PAL_INTERLACED -> 512;
            case PAL_PROGRESSIVE -> 256;
            case HIGH_RESOLUTION -> 480;
        };
    }

    /** EE cycles from a field's first line to the end of line {@code line}, counted from 1. */
    long lineEnd(long line) {
        return line * fieldCycles * 2 / linesInTwoFields;
    }

    /** The line, counted from 1, that is under way so many EE cycles after a field's first line began: the first whose end is later. */
    long lineAt(long cycles) {
        return Math.ceilDiv((cycles + 1) * linesInTwoFields, 2L * fieldCycles);
    }

    private static final class Constants {
        static final int NTSC_VISIBLE = 4_497_920;
        static final int PAL_VISIBLE = 5_435_392;
    }
}
