package soliloquy.llm.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import soliloquy.machine.InputException;

/**
 * SentencePiece's precompiled_charsmap: a Darts double-array trie over UTF-8 bytes whose values are offsets into a block of
 * NUL-terminated replacements. A trie unit holds: bits 0-7 and 31 label, bit 8 has a leaf, bit 9 wide offset, bits 10-30
 * offset; a leaf's unit holds the value in bits 0-30.
 */
final class CharsMap {
    private final int[] units;
    private final byte[] replacements;

    /** A replacement: bytes taken from the text, and where their substitute stands. */
    record Match(int length, int start, int end) {}

    private CharsMap(int[] units, byte[] replacements) {
        this.units = units;
        this.replacements = replacements;
    }

    /** Parses a blob; its size field counts from the blob's beginning. */
    static CharsMap parse(String file, byte[] blob) throws InputException {
        ByteBuffer buffer = ByteBuffer.wrap(blob).order(ByteOrder.LITTLE_ENDIAN);
        if (blob.length < 4) {
            throw new InputException(file + ": a character map of " + blob.length + " bytes; expected at least 4");
        }
        int trieBytes = buffer.getInt();
        if (trieBytes < 4 || trieBytes % 4 != 0 || trieBytes > blob.length - 4) {
            throw new InputException(file + ": a character map of " + blob.length + " bytes with a trie of "
                    + Integer.toUnsignedString(trieBytes) + "; expected a multiple of 4 that fits");
        }
        int[] units = new int[trieBytes / 4];
        buffer.asIntBuffer().get(units);
        return new CharsMap(units, Arrays.copyOfRange(blob, 4 + trieBytes, blob.length));
    }

    byte[] replacements() {
        return replacements;
    }

    /** The longest entry that {@code text} has at {@code from}, or null. */
    Match longest(byte[] text, int from, int to) {
        int node = offset(units[0]);
        int length = 0;
        int value = -1;
        for (int i = from; i < to; i++) {
            int label = text[i] & 0xff;
            node ^= label;
            if (node < 0 || node >= units.length || (units[node] & 0x8000_00ff) != label) {
                break;
            }
            int unit = units[node];
            node ^= offset(unit);
            if ((unit >> 8 & 1) != 0 && node >= 0 && node < units.length) {
                length = i - from + 1;
                value = units[node] & 0x7fff_ffff;
            }
        }
        if (length == 0 || value >= replacements.length) {
            return null;
        }
        int end = value;
        while (end < replacements.length && replacements[end] != 0) {
            end++;
        }
        return new Match(length, value, end);
    }

    private static int offset(int unit) {
        return (unit >>> 10) << ((unit & 1 << 9) >>> 6);
    }
}
