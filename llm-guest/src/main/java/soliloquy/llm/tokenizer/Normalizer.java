package soliloquy.llm.tokenizer;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** SentencePiece's normalisation of a text before it is cut into pieces. */
final class Normalizer {
    private static final byte[] SPACE_SYMBOL = {(byte) 0xE2, (byte) 0x96, (byte) 0x81};
    private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

    private final CharsMap charsmap;
    private final UserSymbols symbols;
    private final boolean dummyPrefix;
    private final boolean removeExtra;
    private final byte[] space;

    /** One step: {@code consumed} bytes of the text become {@code bytes[start..end)}. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Step(byte[] bytes, int start, int end, int consumed) {}

    /** Takes its settings from {@code file}; {@code charsmap} may be null. */
    Normalizer(TokenizerFile file, CharsMap charsmap, UserSymbols symbols) {
        this.charsmap = charsmap;
        this.symbols = symbols;
        dummyPrefix = file.has(TokenizerFile.Flag.DUMMY_PREFIX);
        removeExtra = file.has(TokenizerFile.Flag.REMOVE_EXTRA_WHITESPACE);
        space = file.has(TokenizerFile.Flag.ESCAPE_SPACES) ? SPACE_SYMBOL : new byte[] {' '};
    }

    /**
     * The normal form of a text in UTF-8.
     *
     * @param continued it goes on where another text ended: nothing is put before it, and its first space stays
     */
    byte[] normalize(byte[] text, boolean continued) {
        int position = 0;
        if (removeExtra && !continued) {
            while (position < text.length) {
                Step step = step(text, position);
                if (step.end - step.start != 1 || step.bytes[step.start] != ' ') {
                    break;
                }
                position += step.consumed;
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + 16);
        if (position < text.length && dummyPrefix && !continued) {
            out.writeBytes(space);
        }
        boolean afterSpace = removeExtra && !continued;
        while (position < text.length) {
            Step step = step(text, position);
            int start = step.start;
            while (afterSpace && start < step.end && step.bytes[start] == ' ') {
                start++;
            }
            for (int i = start; i < step.end; i++) {
                if (step.bytes[i] == ' ') {
                    out.writeBytes(space);
                } else {
                    out.write(step.bytes[i]);
                }
            }
            if (start < step.end) {
                afterSpace = removeExtra && step.bytes[step.end - 1] == ' ';
            }
            position += step.consumed;
        }
        byte[] normal = out.toByteArray();
        int length = normal.length;
        if (removeExtra) {
            while (length >= space.length
                    && Arrays.equals(normal, length - space.length, length, space, 0, space.length)) {
                length -= space.length;
            }
        }
        return Arrays.copyOf(normal, length);
    }

    private Step step(byte[] text, int position) {
        int symbol = symbols.match(text, position);
        if (symbol > 0) {
            return new Step(text, position, position + symbol, symbol);
        }
        CharsMap.Match match = charsmap == null ? null : charsmap.longest(text, position, text.length);
        if (match != null) {
            return new Step(charsmap.replacements(), match.start(), match.end(), match.length());
        }
        int length = characterLength(text, position);
        return length > 0
                ? new Step(text, position, position + length, length)
                : new Step(REPLACEMENT, 0, REPLACEMENT.length, 1);
    }

    /** Bytes of the UTF-8 character at {@code position}, or 0 where there is none. */
    static int characterLength(byte[] text, int position) {
        int first = text[position] & 0xff;
        int length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (position + length > text.length) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((text[position + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        if (length < 3) {
            return length;
        }
        int second = text[position + 1] & 0xff;
        boolean overlong = first == 0xE0 && second < 0xA0 || first == 0xF0 && second < 0x90;
        boolean outside = first == 0xED && second >= 0xA0 || first == 0xF4 && second >= 0x90;
        return overlong || outside ? 0 : length;
    }

    static boolean isSpaceSymbol(byte[] text, int position, int end) {
        return position + 3 <= end
                && text[position] == SPACE_SYMBOL[0]
                && text[position + 1] == SPACE_SYMBOL[1]
                && text[position + 2] == SPACE_SYMBOL[2];
    }
}
