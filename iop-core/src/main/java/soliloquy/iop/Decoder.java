package soliloquy.iop;

import java.util.Arrays;

/** Finds the row of the instruction table that a word belongs to. */
final class Decoder {
    private static final Instruction[][] BY_OPCODE = new Instruction[64][];

    static {
        for (int opcode = 0; opcode < 64; opcode++) {
            int bits = opcode << 26;
            BY_OPCODE[opcode] = Arrays.stream(Instruction.values())
                    .filter(row -> (row.encoding.match() & 0xFC00_0000) == bits)
                    .toArray(Instruction[]::new);
        }
    }

    private Decoder() {}

    /** The instruction of {@code word}, or null if the R3000A has none (reserved instruction). */
    static Instruction decode(int word) {
        for (Instruction row : BY_OPCODE[word >>> 26]) {
            if (row.encoding.matches(word)) {
                return row;
            }
        }
        return null;
    }
}
