package soliloquy.llm.psnt;

/** How the numbers of a tensor are stored. */
public enum PsntEncoding {
    /** Codes -1, 0, 1; two bits each. */
    TERNARY(1, 2),
    /** Codes -8 to 7; four bits each. */
    Q4(4, 4),
    /** Codes -127 to 127; one byte each. */
    Q8(8, 8),
    /** IEEE 754 single precision, no scales. */
    FLOAT32(32, 32);

    private final int code;
    private final int bits;

    PsntEncoding(int code, int bits) {
        this.code = code;
        this.bits = bits;
    }

    /** The value of header field quant_type. */
    public int code() {
        return code;
    }

    /** Bits of one number. */
    public int bits() {
        return bits;
    }

    /** The encoding with this quant_type, or null. */
    public static PsntEncoding of(int code) {
        for (PsntEncoding encoding : values()) {
            if (encoding.code == code) {
                return encoding;
            }
        }
        return null;
    }
}
