package soliloquy.ee;

/** The operand fields of an instruction word; the immediate is sign-extended. */
record Operands(int word, int rs, int rt, int rd, int sa, int immediate) {
    static Operands of(int word) {
        return new Operands(
                word, word >>> 21 & 31, word >>> 16 & 31, word >>> 11 & 31, word >>> 6 & 31, (short) (word & 0xFFFF));
    }

    /** The immediate zero-extended. */
    int unsignedImmediate() {
        return immediate & 0xFFFF;
    }
}
