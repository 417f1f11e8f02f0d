package soliloquy.iop;

/** Which operands an instruction has, in the assembler's order; and where they lie in the word. */
enum OperandFormat {
    NONE,
    CODE,
    RD,
    RS,
    RD_RS,
    RD_RS_RT,
    /** The value is in rt, the count in rs. */
    RD_RT_RS,
    RD_RT_SA,
    RS_RT,
    RT_RS_IMMEDIATE,
    RT_RS_UNSIGNED,
    RT_UPPER,
    RS_BRANCH,
    RS_RT_BRANCH,
    TARGET,
    RT_OFFSET_BASE,
    RT_COP0,
    COPROCESSOR;

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

    /** Target of a J or JAL at {@code address}. */
    static int jumpTarget(int word, int address) {
        return address + 4 & 0xF000_0000 | (word & 0x03FF_FFFF) << 2;
    }

    /** Target of a branch at {@code address}. */
    static int branchTarget(int word, int address) {
        return address + 4 + ((short) word << 2);
    }
}
