package soliloquy.ee;

/**
 * Where an instruction keeps its operands, and how they are laid out once decoded: {@code d}, {@code s} and {@code t}.
 *
 * <p>GPR operands are indices into {@link R5900#gpr} (twice the register number). As a destination, register 0 becomes
 * {@link R5900#SINK}, a slot nobody reads. FPU and VU0 registers are their plain numbers. Branch offsets are in bytes from the
 * delay slot.
 */
enum OperandFormat {
    NONE,
    CODE,
    SYNC,
    RD,
    RS,
    RD_RS,
    RD_RT,
    RD_RS_RT,
    /** The value is in rt, the count in rs. */
    RD_RT_RS,
    RD_RT_SA,
    RS_RT,
    RS_IMMEDIATE,
    RT_RS_IMMEDIATE,
    RT_RS_UNSIGNED,
    RT_UPPER,
    RS_BRANCH,
    RS_RT_BRANCH,
    BRANCH,
    TARGET,
    RT_OFFSET_BASE,
    FT_OFFSET_BASE,
    VT_OFFSET_BASE,
    OPERATION_OFFSET_BASE,
    RT,
    RT_COP0,
    RT_PERFORMANCE,
    RT_FS,
    RT_FCR,
    FD_FS_FT,
    FD_FS,
    FD_FT,
    FS_FT,
    RT_VF,
    RT_VI,
    VFD_VFS_VFT,
    VFD_VFS,
    VFS_VFT,
    VFT_VFS,
    VFS,
    VFT,
    VFT_VIS,
    VFS_VIT,
    VID_VIS_VIT,
    VIT_VIS,
    VIT_VIS_IMMEDIATE,
    VIT_VFS,
    VCODE;

    static int rs(int word) {
        return word >>> 21 & 31;
    }

    static int rt(int word) {
        return word >>> 16 & 31;
    }

    static int rd(int word) {
        return word >>> 11 & 31;
    }

    static int sa(int word) {
        return word >>> 6 & 31;
    }

    private static int destination(int register) {
        return register == 0 ? R5900.SINK : 2 * register;
    }

    /** Writes {@code d}, {@code s}, {@code t} of {@code word} to {@code operands} behind {@code at}. */
    void decode(int word, boolean store, int[] operands, int at) {
        int d = 0;
        int s = 0;
        int t = 0;
        switch (this) {
            case NONE -> {}
            case CODE, SYNC -> t = word >>> 6 & 0xFFFFF;
            case RD -> d = destination(rd(word));
            case RS -> s = 2 * rs(word);
            case RD_RS -> {
                d = destination(rd(word));
                s = 2 * rs(word);
            }
            case RD_RT -> {
                d = destination(rd(word));
                s = 2 * rt(word);
            }
            case RD_RS_RT, RS_RT -> {
                d = destination(rd(word));
                s = 2 * rs(word);
                t = 2 * rt(word);
            }
            case RD_RT_RS -> {
                d = destination(rd(word));
                s = 2 * rt(word);
                t = 2 * rs(word);
            }
            case RD_RT_SA -> {
                d = destination(rd(word));
                s = 2 * rt(word);
                t = sa(word);
            }
            case RS_IMMEDIATE -> {
                s = 2 * rs(word);
                t = (short) word;
            }
            case RT_RS_IMMEDIATE -> {
                d = destination(rt(word));
                s = 2 * rs(word);
                t = (short) word;
            }
            case RT_RS_UNSIGNED -> {
                d = destination(rt(word));
                s = 2 * rs(word);
                t = word & 0xFFFF;
            }
            case RT_UPPER -> {
                d = destination(rt(word));
                t = word << 16;
            }
            case RS_BRANCH, RS_RT_BRANCH, BRANCH -> {
                d = (short) word << 2;
                s = 2 * rs(word);
                t = 2 * rt(word);
            }
            case TARGET -> d = (word & 0x03FF_FFFF) << 2;
            case RT_OFFSET_BASE -> {
                d = store ? 2 * rt(word) : destination(rt(word));
                s = 2 * rs(word);
                t = (short) word;
            }
            case FT_OFFSET_BASE, VT_OFFSET_BASE, OPERATION_OFFSET_BASE -> {
                d = rt(word);
                s = 2 * rs(word);
                t = (short) word;
            }
            case RT, RT_COP0, RT_PERFORMANCE, RT_FS, RT_FCR, RT_VF, RT_VI -> {
                d = destination(rt(word));
                s = 2 * rt(word);
                t = rd(word);
            }
            case FD_FS_FT, FD_FS, FD_FT, FS_FT -> {
                d = sa(word);
                s = rd(word);
                t = rt(word);
            }
            case VFD_VFS_VFT,
                    VFD_VFS,
                    VFS_VFT,
                    VFT_VFS,
                    VFS,
                    VFT,
                    VFT_VIS,
                    VFS_VIT,
                    VID_VIS_VIT,
                    VIT_VIS,
                    VIT_VIS_IMMEDIATE,
                    VIT_VFS,
                    VCODE -> {
                d = sa(word);
                s = rd(word);
                t = rt(word);
            }
        }
        operands[at + 1] = d;
        operands[at + 2] = s;
        operands[at + 3] = t;
    }
}
