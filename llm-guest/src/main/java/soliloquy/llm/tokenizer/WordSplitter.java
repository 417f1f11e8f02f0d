package soliloquy.llm.tokenizer;

import java.nio.charset.StandardCharsets;

/**
 * GPT-2's split of a text into words, on UTF-8: a contraction ('s 't 're 've 'm 'll 'd), or a run of letters, of numbers or of
 * other characters, each with one space before it, or white space, of which the last stays for the next word unless it ends the text.
 */
final class WordSplitter {
    private static final byte[][] CONTRACTIONS = {
        bytes("'s"), bytes("'t"), bytes("'re"), bytes("'ve"), bytes("'m"), bytes("'ll"), bytes("'d")
    };

    private final byte[] text;
    private int to;

    /** Splits {@code text}, which is valid UTF-8. */
    WordSplitter(byte[] text) {
        this.text = text;
    }

    /** End of the word that begins at {@code from}, before {@code end}, which is behind it. */
    int wordEnd(int from, int end) {
        to = end;
        for (byte[] contraction : CONTRACTIONS) {
            if (startsWith(from, contraction)) {
                return from + contraction.length;
            }
        }
        int start = text[from] == ' ' && from + 1 < to ? from + 1 : from;
        UnicodeClass first = classAt(start);
        if (first != UnicodeClass.SPACE) {
            return runEnd(start, first);
        }
        int spaces = runEnd(from, UnicodeClass.SPACE);
        int last = spaces - 1;
        while ((text[last] & 0xC0) == 0x80) {
            last--;
        }
        return spaces < to && last > from ? last : spaces;
    }

    /** End of the run of characters of this class. */
    private int runEnd(int from, UnicodeClass wanted) {
        int at = from;
        while (at < to && classAt(at) == wanted) {
            at += length(text, at);
        }
        return at;
    }

    private UnicodeClass classAt(int at) {
        return UnicodeClass.of(codePoint(text, at));
    }

    private boolean startsWith(int from, byte[] wanted) {
        if (from + wanted.length > to) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (text[from + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /** Bytes of the character at {@code at}. */
    static int length(byte[] text, int at) {
        return Math.max(1, Normalizer.characterLength(text, at));
    }

    /** The character at {@code at}; of a byte that is no character, U+FFFD. */
    static int codePoint(byte[] text, int at) {
        int first = text[at] & 0xff;
        return switch (Normalizer.characterLength(text, at)) {
            case 1 -> first;
            case 2 -> (first & 0x1F) << 6 | text[at + 1] & 0x3F;
            case 3 -> (first & 0x0F) << 12 | (text[at + 1] & 0x3F) << 6 | text[at + 2] & 0x3F;
            case 4 ->
                (first & 0x07) << 18 | (text[at + 1] & 0x3F) << 12 | (text[at + 2] & 0x3F) << 6 | text[at + 3] & 0x3F;
            default -> 0xFFFD;
        };
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }
}
