package soliloquy.iop;

/**
 * Which instruction words a row of the instruction table matches: {@code (word & mask) == match}. The factories name the opcode
 * maps of the R3000 manual.
 */
record Encoding(int mask, int match) {
    private static final int OPCODE = 0xFC00_0000;
    private static final int RS = 0x03E0_0000;
    private static final int RT = 0x001F_0000;
    private static final int FUNCT = 0x0000_003F;
    private static final int CO = 0x0200_0000;

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

    /** COP0 with selector in rs. */
    static Encoding cop0(int rs) {
        return new Encoding(OPCODE | RS, 0x10 << 26 | rs << 21);
    }

    /** COP0 operations: bit 25 set, function in bits 5..0. */
    static Encoding c0(int function) {
        return new Encoding(OPCODE | CO | FUNCT, 0x10 << 26 | CO | function);
    }

    boolean matches(int word) {
        return (word & mask) == match;
    }
}
