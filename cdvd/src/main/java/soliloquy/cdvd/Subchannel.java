package soliloquy.cdvd;

import java.util.Arrays;

/**
 * The subchannels of a CD sector with one data track. Source: ECMA-130, 22 (Q channel, mode 1, and its check code). How the drive packs
 * them behind a sector is not recorded; the sizes are those of libcdvd.
 */
final class Subchannel {
    /** The Q channel, with its check code and four zeros. */
    static final int Q_BYTES = 16;

    /** Channels P to W: one bit of each in a byte, Q in bit 6. */
    static final int BYTES = 96;

    private static final int CHECKED = 10;

    private Subchannel() {}

    /** Writes the Q channel as {@link #Q_BYTES} bytes. */
    static void q(int lsn, byte[] destination, int offset) {
        // Control 4 (data) and mode 1, track 1, index 1.
        int[] q = {
            0x41,
            1,
            1,
            Bcd.of(lsn / 75 / 60),
            Bcd.of(lsn / 75 % 60),
            Bcd.of(lsn % 75),
            0,
            Bcd.minute(lsn),
            Bcd.second(lsn),
            Bcd.frame(lsn)
        };
        Arrays.fill(destination, offset, offset + Q_BYTES, (byte) 0);
        for (int i = 0; i < CHECKED; i++) {
            destination[offset + i] = (byte) q[i];
        }
        int check = ~remainder(destination, offset);
        destination[offset + CHECKED] = (byte) (check >> 8);
        destination[offset + CHECKED + 1] = (byte) check;
    }

    /** Writes all channels as {@link #BYTES} bytes; all but Q are 0. */
    static void interleaved(int lsn, byte[] destination, int offset) {
        byte[] q = new byte[Q_BYTES];
        q(lsn, q, 0);
        for (int i = 0; i < BYTES; i++) {
            destination[offset + i] = (byte) ((q[i / 8] >> 7 - i % 8 & 1) << 6);
        }
    }

    /** Remainder by x^16 + x^12 + x^5 + 1. */
    private static int remainder(byte[] bytes, int offset) {
        int remainder = 0;
        for (int i = 0; i < CHECKED; i++) {
            remainder ^= (bytes[offset + i] & 0xFF) << 8;
            for (int bit = 0; bit < 8; bit++) {
                remainder = remainder << 1 ^ ((remainder & 0x8000) == 0 ? 0 : 0x1021);
            }
            remainder &= 0xFFFF;
        }
        return remainder;
    }
}
