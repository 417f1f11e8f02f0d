package soliloquy.llm.psnt;

import java.nio.ByteBuffer;
import soliloquy.machine.InputException;

/** Codes to and from their stored form. */
final class CodePacking {
    private CodePacking() {}

    /** Packs {@code count} codes starting at {@code from} into {@code out}, beginning on a byte, zero bits at the end. */
    static void pack(PsntEncoding encoding, byte[] codes, int from, int count, ByteBuffer out) {
        switch (encoding) {
            case Q8 -> out.put(codes, from, count);
            case Q4 -> {
                for (int i = 0; i < count; i += 2) {
                    int low = codes[from + i] + 8;
                    int high = i + 1 < count ? codes[from + i + 1] + 8 : 0;
                    out.put((byte) (low | high << 4));
                }
            }
            case TERNARY -> {
                for (int i = 0; i < count; i += 4) {
                    int packed = 0;
                    for (int j = 0; j < 4 && i + j < count; j++) {
                        packed |= switch (codes[from + i + j]) {
                                    case 0 -> 0;
                                    case 1 -> 1;
                                    default -> 2;
                                }
                                << 2 * j;
                    }
                    out.put((byte) packed);
                }
            }
            case FLOAT32 -> throw new IllegalArgumentException("float32 has no codes");
        }
    }

    /**
     * Unpacks {@code count} codes from {@code in}, which stands at file offset {@code offset}.
     *
     * @throws InputException a code that the encoding does not have
     */
    static void unpack(PsntEncoding encoding, ByteBuffer in, byte[] codes, int to, int count, String file, long offset)
            throws InputException {
        int start = in.position();
        switch (encoding) {
            case Q8 -> {
                in.get(codes, to, count);
                for (int i = 0; i < count; i++) {
                    if (codes[to + i] == -128) {
                        throw InputException.at(file, offset + i, "code -128", "-127 to 127");
                    }
                }
            }
            case Q4 -> {
                for (int i = 0; i < count; i++) {
                    int pair = in.get(start + i / 2);
                    codes[to + i] = (byte) ((pair >> 4 * (i & 1) & 15) - 8);
                }
            }
            case TERNARY -> {
                for (int i = 0; i < count; i++) {
                    int code = in.get(start + i / 4) >> 2 * (i & 3) & 3;
                    if (code == 3) {
                        throw InputException.at(file, offset + i / 4, "ternary code 3", "0 to 2");
                    }
                    codes[to + i] = (byte) (code == 2 ? -1 : code);
                }
            }
            case FLOAT32 -> throw new IllegalArgumentException("float32 has no codes");
        }
    }
}
