package soliloquy.ee;

/**
 * The arithmetic of vector unit 0, as macro mode (COP2) and micro programs share it, and the integer, random and memory instructions
 * of both. Instructions finish at once: Q, the flags and the registers are those of a program that leaves the pipeline time; micro
 * programs that do not are served by {@link Vu0Pipeline}. Numbers are the EE's
 * ({@link EeFloat}). Sources: ps2autotests cpu/vu0_macro and vu; ps2tek "VU Instruction Set".
 */
final class Vu0Macro {
    private static final int STATUS = 16;
    private static final int CLIP = 18;
    private static final int R = 20;
    private static final int Q = 22;

    private static final int SIGN = 0x8000_0000;
    private static final int ONE = 0x3F80_0000;
    /** Status bits 4 and 5, raised by division only. */
    private static final int STATUS_INVALID = 1 << 4;

    private static final int STATUS_DIVIDE = 1 << 5;
    private static final int STICKY_SHIFT = 6;

    private final Vu0Arithmetic arithmetic;
    private final int[] vf;
    private final int[] vi;
    private final Vu0Memory data;

    Vu0Macro(Vu0Registers registers, Vu0Memory data) {
        this.data = data;
        arithmetic = new Vu0Arithmetic(registers);
        vf = registers.vf;
        vi = registers.vi;
    }

    /** Executes {@code word}, the instruction {@code row}. */
    void execute(Instruction row, int word) {
        int fields = word >>> 21 & 15;
        int ft = word >>> 16 & 31;
        int fs = word >>> 11 & 31;
        int fd = word >>> 6 & 31;
        switch (row) {
            case VNOP, VWAITQ -> {}
            case VIADD -> integer(fd, vi[fs & 15] + vi[ft & 15]);
            case VISUB -> integer(fd, vi[fs & 15] - vi[ft & 15]);
            case VIAND -> integer(fd, vi[fs & 15] & vi[ft & 15]);
            case VIOR -> integer(fd, vi[fs & 15] | vi[ft & 15]);
            case VIADDI -> integer(ft, vi[fs & 15] + (word << 21 >> 27));
            case VDIV -> divide(vf[4 * fs + (fields & 3)], vf[4 * ft + (fields >> 2)]);
            case VSQRT -> finishDivision(EeFloat.sqrtFlags(vf[4 * ft + (fields >> 2)]), 0);
            case VRSQRT -> {
                long root = EeFloat.sqrtFlags(vf[4 * ft + (fields >> 2)]);
                finishDivision(EeFloat.divFlags(vf[4 * fs + (fields & 3)], (int) root), EeFloat.flags(root));
            }
            case VCLIP -> clip(fs, ft);
            case VMOVE -> each(ft, fields, i -> vf[4 * fs + i]);
            case VMR32 -> rotate(ft, fs, fields);
            case VABS -> each(ft, fields, i -> vf[4 * fs + i] & ~SIGN);
            case VITOF0 -> each(ft, fields, i -> fromFixed(vf[4 * fs + i], 0));
            case VITOF4 -> each(ft, fields, i -> fromFixed(vf[4 * fs + i], 4));
            case VITOF12 -> each(ft, fields, i -> fromFixed(vf[4 * fs + i], 12));
            case VITOF15 -> each(ft, fields, i -> fromFixed(vf[4 * fs + i], 15));
            case VFTOI0 -> each(ft, fields, i -> toFixed(vf[4 * fs + i], 0));
            case VFTOI4 -> each(ft, fields, i -> toFixed(vf[4 * fs + i], 4));
            case VFTOI12 -> each(ft, fields, i -> toFixed(vf[4 * fs + i], 12));
            case VFTOI15 -> each(ft, fields, i -> toFixed(vf[4 * fs + i], 15));
            case VMTIR -> integer(ft, vf[4 * fs + (fields & 3)]);
            case VMFIR -> each(ft, fields, i -> (short) vi[fs & 15]);
            case VLQI -> load(ft, fields, post(fs));
            case VLQD -> load(ft, fields, pre(fs));
            case VSQI -> store(fs, fields, post(ft));
            case VSQD -> store(fs, fields, pre(ft));
            case VILWR -> loadInteger(ft, fields, vi[fs & 15]);
            case VISWR -> storeInteger(vi[ft & 15], fields, vi[fs & 15]);
            case VRINIT -> vi[R] = vf[4 * fs + (fields & 3)] & 0x7F_FFFF;
            case VRXOR -> vi[R] = (vi[R] ^ vf[4 * fs + (fields & 3)]) & 0x7F_FFFF;
            case VRGET -> each(ft, fields, i -> ONE | vi[R]);
            case VRNEXT -> {
                vi[R] = (vi[R] << 1 | (vi[R] >>> 4 ^ vi[R] >>> 22) & 1) & 0x7F_FFFF;
                each(ft, fields, i -> ONE | vi[R]);
            }
            default -> arithmetic.execute(row, fields, fd, fs, ft);
        }
    }

    /** A lane (0 to 3, x to w) of a result. */
    @FunctionalInterface
    private interface Lane {
        int value(int i);
    }

    private void each(int register, int fields, Lane lane) {
        for (int i = 0; i < 4; i++) {
            if (register != 0 && (fields >> (3 - i) & 1) != 0) {
                vf[4 * register + i] = lane.value(i);
            }
        }
    }

    private void rotate(int ft, int fs, int fields) {
        int x = vf[4 * fs];
        each(ft, fields, i -> i == 3 ? x : vf[4 * fs + i + 1]);
    }

    /** Writes an integer register; vi0 stays 0. */
    void integer(int register, int value) {
        if ((register & 15) != 0) {
            vi[register & 15] = value & 0xFFFF;
        }
    }

    private void divide(int fs, int ft) {
        finishDivision(EeFloat.divFlags(fs, ft), 0);
    }

    private void finishDivision(long flagged, int moreFlags) {
        int flags = EeFloat.flags(flagged) | moreFlags;
        int status = ((flags & EeFloat.INVALID) != 0 ? STATUS_INVALID : 0)
                | ((flags & EeFloat.DIVIDE_BY_ZERO) != 0 ? STATUS_DIVIDE : 0);
        vi[Q] = (int) flagged;
        vi[STATUS] = vi[STATUS] & ~(STATUS_INVALID | STATUS_DIVIDE) | status | status << STICKY_SHIFT;
    }

    /** Compares x, y, z of fs with the magnitude of ft's w, as integers; a w of exponent 0 counts as the largest denormal. */
    private void clip(int fs, int ft) {
        int limit = vf[4 * ft + 3] & ~SIGN;
        if (limit >>> 23 == 0) {
            limit = 0x7F_FFFF;
        }
        int flags = 0;
        for (int i = 0; i < 3; i++) {
            int value = vf[4 * fs + i];
            if ((value & ~SIGN) > limit) {
                flags |= (value < 0 ? 2 : 1) << 2 * i;
            }
        }
        vi[CLIP] = (vi[CLIP] << 6 | flags) & 0xFF_FFFF;
    }

    private static int fromFixed(int value, int fractionBits) {
        int number = EeFloat.cvtS(value);
        return number == 0 ? 0 : number - (fractionBits << 23);
    }

    private static int toFixed(int value, int fractionBits) {
        int exponent = value >>> 23 & 255;
        if (exponent == 0) {
            return 0;
        }
        int scaled = Math.min(exponent + fractionBits, 255);
        return EeFloat.cvtW(value & ~0x7F80_0000 | scaled << 23);
    }

    private int post(int register) {
        int address = vi[register & 15];
        integer(register, address + 1);
        return address;
    }

    private int pre(int register) {
        integer(register, vi[register & 15] - 1);
        return vi[register & 15];
    }

    /** LQ and its like: loads the chosen fields of a quadword. */
    void load(int ft, int fields, int quadword) {
        each(ft, fields, i -> data.word(4 * quadword + i));
    }

    /** SQ and its like. */
    void store(int fs, int fields, int quadword) {
        for (int i = 0; i < 4; i++) {
            if ((fields >> (3 - i) & 1) != 0) {
                data.word(4 * quadword + i, vf[4 * fs + i]);
            }
        }
    }

    /** ILW and its like. */
    void loadInteger(int it, int fields, int quadword) {
        for (int i = 0; i < 4; i++) {
            if ((fields >> (3 - i) & 1) != 0) {
                integer(it, data.word(4 * quadword + i));
            }
        }
    }

    /** ISW and its like. */
    void storeInteger(int value, int fields, int quadword) {
        for (int i = 0; i < 4; i++) {
            if ((fields >> (3 - i) & 1) != 0) {
                data.word(4 * quadword + i, value);
            }
        }
    }
}
