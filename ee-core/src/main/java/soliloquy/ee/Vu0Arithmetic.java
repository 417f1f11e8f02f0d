package soliloquy.ee;

/**
 * Sums, products and comparisons of vector unit 0, lane by lane, with the MAC and status flags. Products overflow and underflow as in
 * the FPU; a lane that is not selected leaves its MAC flags clear. Source: ps2tek "VU MAC flags".
 */
final class Vu0Arithmetic {
    private static final int STATUS = 16;
    private static final int MAC = 17;
    private static final int I = 21;
    private static final int Q = 22;
    private static final int SIGN = 0x8000_0000;
    private static final int STICKY_SHIFT = 6;
    /** Stands for ACC among destinations. */
    private static final int ACCUMULATOR = -1;

    /** What an instruction does in each lane. */
    private enum Operation {
        ADD,
        SUB,
        MUL,
        MADD,
        MSUB,
        MAX,
        MINI
    }

    private final int[] vf;
    private final int[] vi;
    private final int[] accumulator;
    private final int[] operand = new int[4];

    Vu0Arithmetic(Vu0Registers registers) {
        vf = registers.vf;
        vi = registers.vi;
        accumulator = registers.accumulator;
    }

    void execute(Instruction row, int fields, int fd, int fs, int ft) {
        switch (row) {
            case VADDX, VADDY, VADDZ, VADDW ->
                lanes(Operation.ADD, fields, fd, fs, broadcast(ft, row, Instruction.VADDX));
            case VSUBX, VSUBY, VSUBZ, VSUBW ->
                lanes(Operation.SUB, fields, fd, fs, broadcast(ft, row, Instruction.VSUBX));
            case VMULX, VMULY, VMULZ, VMULW ->
                lanes(Operation.MUL, fields, fd, fs, broadcast(ft, row, Instruction.VMULX));
            case VMADDX, VMADDY, VMADDZ, VMADDW ->
                lanes(Operation.MADD, fields, fd, fs, broadcast(ft, row, Instruction.VMADDX));
            case VMSUBX, VMSUBY, VMSUBZ, VMSUBW ->
                lanes(Operation.MSUB, fields, fd, fs, broadcast(ft, row, Instruction.VMSUBX));
            case VMAXX, VMAXY, VMAXZ, VMAXW ->
                lanes(Operation.MAX, fields, fd, fs, broadcast(ft, row, Instruction.VMAXX));
            case VMINIX, VMINIY, VMINIZ, VMINIW ->
                lanes(Operation.MINI, fields, fd, fs, broadcast(ft, row, Instruction.VMINIX));
            case VADD -> lanes(Operation.ADD, fields, fd, fs, vector(ft));
            case VSUB -> lanes(Operation.SUB, fields, fd, fs, vector(ft));
            case VMUL -> lanes(Operation.MUL, fields, fd, fs, vector(ft));
            case VMADD -> lanes(Operation.MADD, fields, fd, fs, vector(ft));
            case VMSUB -> lanes(Operation.MSUB, fields, fd, fs, vector(ft));
            case VMAX -> lanes(Operation.MAX, fields, fd, fs, vector(ft));
            case VMINI -> lanes(Operation.MINI, fields, fd, fs, vector(ft));
            case VADDQ -> lanes(Operation.ADD, fields, fd, fs, same(vi[Q]));
            case VSUBQ -> lanes(Operation.SUB, fields, fd, fs, same(vi[Q]));
            case VMULQ -> lanes(Operation.MUL, fields, fd, fs, same(vi[Q]));
            case VMADDQ -> lanes(Operation.MADD, fields, fd, fs, same(vi[Q]));
            case VMSUBQ -> lanes(Operation.MSUB, fields, fd, fs, same(vi[Q]));
            case VADDI -> lanes(Operation.ADD, fields, fd, fs, same(vi[I]));
            case VSUBI -> lanes(Operation.SUB, fields, fd, fs, same(vi[I]));
            case VMULI -> lanes(Operation.MUL, fields, fd, fs, same(vi[I]));
            case VMADDI -> lanes(Operation.MADD, fields, fd, fs, same(vi[I]));
            case VMSUBI -> lanes(Operation.MSUB, fields, fd, fs, same(vi[I]));
            case VMAXI -> lanes(Operation.MAX, fields, fd, fs, same(vi[I]));
            case VMINII -> lanes(Operation.MINI, fields, fd, fs, same(vi[I]));
            case VOPMSUB -> outer(Operation.MSUB, fd, fs, ft);
            default -> accumulate(row, fields, fs, ft);
        }
    }

    private void accumulate(Instruction row, int fields, int fs, int ft) {
        switch (row) {
            case VADDAX, VADDAY, VADDAZ, VADDAW ->
                lanes(Operation.ADD, fields, ACCUMULATOR, fs, broadcast(ft, row, Instruction.VADDAX));
            case VSUBAX, VSUBAY, VSUBAZ, VSUBAW ->
                lanes(Operation.SUB, fields, ACCUMULATOR, fs, broadcast(ft, row, Instruction.VSUBAX));
            case VMULAX, VMULAY, VMULAZ, VMULAW ->
                lanes(Operation.MUL, fields, ACCUMULATOR, fs, broadcast(ft, row, Instruction.VMULAX));
            case VMADDAX, VMADDAY, VMADDAZ, VMADDAW ->
                lanes(Operation.MADD, fields, ACCUMULATOR, fs, broadcast(ft, row, Instruction.VMADDAX));
            case VMSUBAX, VMSUBAY, VMSUBAZ, VMSUBAW ->
                lanes(Operation.MSUB, fields, ACCUMULATOR, fs, broadcast(ft, row, Instruction.VMSUBAX));
            case VADDA -> lanes(Operation.ADD, fields, ACCUMULATOR, fs, vector(ft));
            case VSUBA -> lanes(Operation.SUB, fields, ACCUMULATOR, fs, vector(ft));
            case VMULA -> lanes(Operation.MUL, fields, ACCUMULATOR, fs, vector(ft));
            case VMADDA -> lanes(Operation.MADD, fields, ACCUMULATOR, fs, vector(ft));
            case VMSUBA -> lanes(Operation.MSUB, fields, ACCUMULATOR, fs, vector(ft));
            case VADDAQ -> lanes(Operation.ADD, fields, ACCUMULATOR, fs, same(vi[Q]));
            case VSUBAQ -> lanes(Operation.SUB, fields, ACCUMULATOR, fs, same(vi[Q]));
            case VMULAQ -> lanes(Operation.MUL, fields, ACCUMULATOR, fs, same(vi[Q]));
            case VMADDAQ -> lanes(Operation.MADD, fields, ACCUMULATOR, fs, same(vi[Q]));
            case VMSUBAQ -> lanes(Operation.MSUB, fields, ACCUMULATOR, fs, same(vi[Q]));
            case VADDAI -> lanes(Operation.ADD, fields, ACCUMULATOR, fs, same(vi[I]));
            case VSUBAI -> lanes(Operation.SUB, fields, ACCUMULATOR, fs, same(vi[I]));
            case VMULAI -> lanes(Operation.MUL, fields, ACCUMULATOR, fs, same(vi[I]));
            case VMADDAI -> lanes(Operation.MADD, fields, ACCUMULATOR, fs, same(vi[I]));
            case VMSUBAI -> lanes(Operation.MSUB, fields, ACCUMULATOR, fs, same(vi[I]));
            case VOPMULA -> outer(Operation.MUL, ACCUMULATOR, fs, ft);
            default -> throw new IllegalStateException(row + " is not vector arithmetic");
        }
    }

    private int[] vector(int register) {
        System.arraycopy(vf, 4 * register, operand, 0, 4);
        return operand;
    }

    private int[] broadcast(int register, Instruction row, Instruction x) {
        return same(vf[4 * register + row.ordinal() - x.ordinal()]);
    }

    private int[] same(int value) {
        java.util.Arrays.fill(operand, value);
        return operand;
    }

    private void lanes(Operation operation, int fields, int destination, int fs, int[] right) {
        boolean flagged = operation != Operation.MAX && operation != Operation.MINI;
        int mac = 0;
        for (int i = 0; i < 4; i++) {
            if ((fields >> (3 - i) & 1) != 0) {
                long result = lane(operation, accumulator[i], vf[4 * fs + i], right[i]);
                set(destination, i, (int) result);
                mac |= macFlags(result) << (3 - i);
            }
        }
        if (flagged) {
            setFlags(mac);
        }
    }

    /** Outer product: x = y * z, y = z * x, z = x * y. */
    private void outer(Operation operation, int destination, int fs, int ft) {
        int mac = 0;
        long x = lane(operation, accumulator[0], vf[4 * fs + 1], vf[4 * ft + 2]);
        long y = lane(operation, accumulator[1], vf[4 * fs + 2], vf[4 * ft]);
        long z = lane(operation, accumulator[2], vf[4 * fs], vf[4 * ft + 1]);
        set(destination, 0, (int) x);
        set(destination, 1, (int) y);
        set(destination, 2, (int) z);
        mac |= macFlags(x) << 3 | macFlags(y) << 2 | macFlags(z) << 1;
        setFlags(mac);
    }

    private static long lane(Operation operation, int accumulated, int a, int b) {
        return switch (operation) {
            case ADD -> EeFloat.addFlags(a, b);
            case SUB -> EeFloat.addFlags(a, b ^ SIGN);
            case MUL -> EeFloat.mulFlags(a, b);
            case MADD -> EeFloat.maddFlags(accumulated, a, b, false);
            case MSUB -> EeFloat.maddFlags(accumulated, a, b, true);
            case MAX -> EeFloat.max(a, b);
            case MINI -> EeFloat.min(a, b);
        };
    }

    private void set(int destination, int lane, int value) {
        if (destination == ACCUMULATOR) {
            accumulator[lane] = value;
        } else if (destination != 0) {
            vf[4 * destination + lane] = value;
        }
    }

    /** The four flags of one lane, in the place of w: zero, sign, underflow and overflow, four bits apart. */
    private static int macFlags(long flagged) {
        int result = (int) flagged;
        int flags = EeFloat.flags(flagged);
        return ((result & 0x7F80_0000) == 0 ? 1 : 0)
                | (result < 0 ? 1 << 4 : 0)
                | ((flags & EeFloat.UNDERFLOW) != 0 ? 1 << 8 : 0)
                | ((flags & EeFloat.OVERFLOW) != 0 ? 1 << 12 : 0);
    }

    private void setFlags(int mac) {
        vi[MAC] = mac;
        int status = ((mac & 0xF) != 0 ? 1 : 0)
                | ((mac & 0xF0) != 0 ? 2 : 0)
                | ((mac & 0xF00) != 0 ? 4 : 0)
                | ((mac & 0xF000) != 0 ? 8 : 0);
        vi[STATUS] = vi[STATUS] & ~15 | status | status << STICKY_SHIFT;
    }
}
