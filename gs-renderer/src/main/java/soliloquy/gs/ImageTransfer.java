package soliloquy.gs;

import soliloquy.machine.Notices;

/**
 * Transfers between the host and local memory, and within it. A transfer's place is kept between packets of image data, so an
 * image may come in any number of pieces; what comes after its end is ignored.
 */
final class ImageTransfer {
    private static final int HOST_TO_LOCAL = 0;
    private static final int LOCAL_TO_HOST = 1;
    private static final int LOCAL_TO_LOCAL = 2;
    private static final int OFF = 3;
    private static final int POSITION_MASK = 0x7FF;

    private final LocalMemory memory;
    private final Notices notices;
    private long bitbltbuf;
    private long trxpos;
    private long trxreg;
    private int direction = OFF;
    private PixelFormat format;
    private int base;
    private int bufferWidth;
    private int left;
    private int top;
    private int width;
    private int height;
    private int column;
    private int row;
    private long pending;
    private int pendingBits;

    ImageTransfer(LocalMemory memory, Notices notices) {
        this.memory = memory;
        this.notices = notices;
    }

    void reset() {
        direction = OFF;
        pendingBits = 0;
    }

    /** BITBLTBUF: 13..0 SBP, 21..16 SBW, 29..24 SPSM, 45..32 DBP, 53..48 DBW, 61..56 DPSM. */
    void bitbltbuf(long value) {
        bitbltbuf = value;
    }

    /** TRXPOS: 10..0 SSAX, 26..16 SSAY, 42..32 DSAX, 58..48 DSAY, 60..59 DIR. */
    void trxpos(long value) {
        trxpos = value;
    }

    /** TRXREG: 11..0 RRW, 43..32 RRH. */
    void trxreg(long value) {
        trxreg = value;
    }

    /** TRXDIR starts the transfer that the other registers describe. */
    void trxdir(int value) {
        direction = value & 3;
        column = 0;
        row = 0;
        pending = 0;
        pendingBits = 0;
        width = (int) trxreg & 0xFFF;
        height = (int) (trxreg >>> 32) & 0xFFF;
        if (width == 0 || height == 0) {
            direction = OFF;
        }
        switch (direction) {
            case HOST_TO_LOCAL -> locate(32);
            case LOCAL_TO_HOST -> locate(0);
            case LOCAL_TO_LOCAL -> {
                copy();
                direction = OFF;
            }
            default -> {}
        }
    }

    /** Takes the buffer and position whose fields start at bit {@code half} of BITBLTBUF and TRXPOS. */
    private void locate(int half) {
        base = (int) (bitbltbuf >>> half) & 0x3FFF;
        bufferWidth = (int) (bitbltbuf >>> half + 16) & 0x3F;
        format = format((int) (bitbltbuf >>> half + 24) & 0x3F);
        left = (int) (trxpos >>> half) & POSITION_MASK;
        top = (int) (trxpos >>> half + 16) & POSITION_MASK;
    }

    private PixelFormat format(int code) {
        PixelFormat known = PixelFormat.of(code);
        if (known == null) {
            notices.report(
                    Notices.Kind.UNHANDLED,
                    "GS",
                    0,
                    "BITBLTBUF names pixel format 0x%02X, which does not exist; PSMCT32 is used".formatted(code));
            return PixelFormat.CT32;
        }
        return known;
    }

    /** HWREG: eight bytes of image data. */
    void writeWord(long value) {
        for (int i = 0; i < 8; i++) {
            put((int) (value >>> 8 * i) & 0xFF);
        }
    }

    /** Image data of a packet. */
    void write(byte[] data, int offset, int length) {
        int i = 0;
        if (direction == HOST_TO_LOCAL && format.bits == 32 && pendingBits == 0) {
            for (; i + 4 <= length && direction == HOST_TO_LOCAL; i += 4) {
                int at = offset + i;
                store(data[at] & 0xFF | (data[at + 1] & 0xFF) << 8 | (data[at + 2] & 0xFF) << 16 | data[at + 3] << 24);
            }
        }
        for (; i < length && direction == HOST_TO_LOCAL; i++) {
            put(data[offset + i] & 0xFF);
        }
    }

    private void put(int octet) {
        if (direction != HOST_TO_LOCAL) {
            return;
        }
        pending |= (long) octet << pendingBits;
        pendingBits += 8;
        while (pendingBits >= format.bits && direction == HOST_TO_LOCAL) {
            store((int) pending);
            pending >>>= format.bits;
            pendingBits -= format.bits;
        }
    }

    private void store(int value) {
        memory.write(format, base, bufferWidth, left + column & POSITION_MASK, top + row & POSITION_MASK, value);
        next();
    }

    private void next() {
        if (++column == width) {
            column = 0;
            if (++row == height) {
                direction = OFF;
            }
        }
    }

    /** Gives data of a transfer to the host; returns how many bytes. */
    int read(byte[] destination, int offset, int length) {
        int count = 0;
        while (count < length) {
            while (pendingBits < 8 && direction == LOCAL_TO_HOST) {
                int value = memory.read(
                        format, base, bufferWidth, left + column & POSITION_MASK, top + row & POSITION_MASK);
                pending |= (value & 0xFFFF_FFFFL) << pendingBits;
                pendingBits += format.bits;
                next();
            }
            if (pendingBits <= 0) {
                return count;
            }
            destination[offset + count++] = (byte) pending;
            pending >>>= 8;
            pendingBits -= 8;
        }
        return count;
    }

    /** Local to local. DIR: bit 0 set goes upwards, bit 1 set goes leftwards, for rectangles that overlap. */
    private void copy() {
        PixelFormat source = format((int) (bitbltbuf >>> 24) & 0x3F);
        int sourceBase = (int) bitbltbuf & 0x3FFF;
        int sourceWidth = (int) (bitbltbuf >>> 16) & 0x3F;
        int sourceLeft = (int) trxpos & POSITION_MASK;
        int sourceTop = (int) (trxpos >>> 16) & POSITION_MASK;
        locate(32);
        boolean upwards = (trxpos >>> 59 & 1) != 0;
        boolean leftwards = (trxpos >>> 60 & 1) != 0;
        for (int j = 0; j < height; j++) {
            int y = upwards ? height - 1 - j : j;
            for (int i = 0; i < width; i++) {
                int x = leftwards ? width - 1 - i : i;
                int value = memory.read(
                        source, sourceBase, sourceWidth, sourceLeft + x & POSITION_MASK, sourceTop + y & POSITION_MASK);
                memory.write(format, base, bufferWidth, left + x & POSITION_MASK, top + y & POSITION_MASK, value);
            }
        }
    }
}
