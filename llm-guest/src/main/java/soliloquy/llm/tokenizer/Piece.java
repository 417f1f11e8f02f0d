package soliloquy.llm.tokenizer;

import java.nio.charset.StandardCharsets;

/**
 * One piece of a vocabulary.
 *
 * @param bytes its text in UTF-8; not copied
 * @param score the higher, the earlier two neighbours merge into it
 */
@SuppressWarnings("ArrayRecordComponent")
public record Piece(byte[] bytes, float score, PieceType type) {
    /** The piece's bytes as a string of characters 0 to 255, for exact look-up. */
    String key() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** The byte that {@code <0xNN>} stands for, or -1. */
    int byteValue() {
        return byteValue(bytes);
    }

    static int byteValue(byte[] bytes) {
        if (bytes.length != 6 || bytes[0] != '<' || bytes[1] != '0' || bytes[2] != 'x' || bytes[5] != '>') {
            return -1;
        }
        int high = Character.digit(bytes[3], 16);
        int low = Character.digit(bytes[4], 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
