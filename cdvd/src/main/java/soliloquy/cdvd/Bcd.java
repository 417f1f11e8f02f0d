package soliloquy.cdvd;

/** Binary-coded decimal, as the drive tells positions and times. */
final class Bcd {
    /** Frames (sectors) before LSN 0: the two seconds of the pre-gap (ECMA-130). */
    private static final int PRE_GAP = 150;

    private static final int FRAMES = 75;

    private Bcd() {}

    /** 0 to 99 as two digits. */
    static int of(int value) {
        return value / 10 % 10 << 4 | value % 10;
    }

    /** Two digits as 0 to 99, or -1 if they are none. */
    static int value(int bcd) {
        int tens = bcd >> 4;
        int ones = bcd & 0xF;
        return tens > 9 || ones > 9 ? -1 : tens * 10 + ones;
    }

    static int minute(int lsn) {
        return of((lsn + PRE_GAP) / FRAMES / 60);
    }

    static int second(int lsn) {
        return of((lsn + PRE_GAP) / FRAMES % 60);
    }

    static int frame(int lsn) {
        return of((lsn + PRE_GAP) % FRAMES);
    }
}
