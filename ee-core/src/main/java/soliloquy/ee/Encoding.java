package soliloquy.ee;

/**
 * Which instruction words a row of the instruction table matches: {@code (word & mask) == match}. The factories name the
 * opcode maps of the R5900 manual. Source: ps2tek "EE Instruction Decoding".
 */
record Encoding(int mask, int match) {
    private static final int OPCODE = 0xFC00_0000;
    private static final int RS = 0x03E0_0000;
    private static final int RT = 0x001F_0000;
    private static final int SA = 0x0000_07C0;
    private static final int FUNCT = 0x0000_003F;
    private static final int CO = 0x0200_0000;

    private static final int COP0 = 0x10;
    private static final int COP1 = 0x11;
    private static final int COP2 = 0x12;
    private static final int MMI = 0x1C;

    /** Primary opcode, bits 31..26. */
    static Encoding primary(int opcode) {
        return new Encoding(OPCODE, opcode << 26);
    }

    /** SPECIAL: opcode 0, function in bits 5..0. */
    static Encoding special(int function) {
        return new Encoding(OPCODE | FUNCT, function);
    }

    /** REGIMM: opcode 1, selector in rt. */
    static Encoding regimm(int rt) {
        return new Encoding(OPCODE | RT, 1 << 26 | rt << 16);
    }

    /** MMI: opcode 0x1C, function in bits 5..0. */
    static Encoding mmi(int function) {
        return new Encoding(OPCODE | FUNCT, MMI << 26 | function);
    }

    /** A table of MMI (function 0x08 MMI0, 0x28 MMI1, 0x09 MMI2, 0x29 MMI3, 0x30 PMFHL, 0x31 PMTHL), selector in sa. */
    static Encoding mmi(int function, int sa) {
        return new Encoding(OPCODE | SA | FUNCT, MMI << 26 | sa << 6 | function);
    }

    /** COP0 with selector in rs. */
    static Encoding cop0(int rs) {
        return new Encoding(OPCODE | RS, COP0 << 26 | rs << 21);
    }

    /** COP0 MFC0 or MTC0 of register 25 (performance), told apart by the low bits. */
    static Encoding performance(int rs, int low) {
        return new Encoding(OPCODE | RS | 0xF800 | 1, COP0 << 26 | rs << 21 | 25 << 11 | low);
    }

    /** COP0 MFC0 or MTC0 of register 24 (breakpoints), told apart by the low bits. */
    static Encoding breakpoint(int rs, int low) {
        return new Encoding(OPCODE | RS | 0xF800 | 7, COP0 << 26 | rs << 21 | 24 << 11 | low);
    }

    /** COP0 branches: rs 8, selector in rt. */
    static Encoding bc0(int rt) {
        return new Encoding(OPCODE | RS | RT, COP0 << 26 | 8 << 21 | rt << 16);
    }

    /** COP0 operations: bit 25 set, function in bits 5..0. */
    static Encoding c0(int function) {
        return new Encoding(OPCODE | CO | FUNCT, COP0 << 26 | CO | function);
    }

    /** COP1 with selector in rs. */
    static Encoding cop1(int rs) {
        return new Encoding(OPCODE | RS, COP1 << 26 | rs << 21);
    }

    /** COP1 branches: rs 8, selector in rt. */
    static Encoding bc1(int rt) {
        return new Encoding(OPCODE | RS | RT, COP1 << 26 | 8 << 21 | rt << 16);
    }

    /** COP1 operations on single-precision numbers: rs 0x10. */
    static Encoding single(int function) {
        return new Encoding(OPCODE | RS | FUNCT, COP1 << 26 | 0x10 << 21 | function);
    }

    /** COP1 operations on words: rs 0x14. */
    static Encoding word(int function) {
        return new Encoding(OPCODE | RS | FUNCT, COP1 << 26 | 0x14 << 21 | function);
    }

    /** COP2 with selector in rs. */
    static Encoding cop2(int rs) {
        return new Encoding(OPCODE | RS, COP2 << 26 | rs << 21);
    }

    /** COP2 branches: rs 8, selector in rt. */
    static Encoding bc2(int rt) {
        return new Encoding(OPCODE | RS | RT, COP2 << 26 | 8 << 21 | rt << 16);
    }

    /** VU0 macro instructions of the first table (Special1): bit 25 set, function in bits 5..0. */
    static Encoding vu(int function) {
        return new Encoding(OPCODE | CO | FUNCT, COP2 << 26 | CO | function);
    }

    /** VU0 macro instructions of the second table (Special2): index is bits 10..6 above bits 1..0. */
    static Encoding vu2(int index) {
        return new Encoding(OPCODE | CO | 0x7FF, COP2 << 26 | CO | (index & 0x7C) << 4 | 0x3C | index & 3);
    }

    boolean matches(int word) {
        return (word & mask) == match;
    }
}
