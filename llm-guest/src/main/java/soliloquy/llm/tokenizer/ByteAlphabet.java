package soliloquy.llm.tokenizer;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** GPT-2's way to write bytes as characters: printable ones of Latin-1 stand for themselves, the others follow U+0100 in order. */
final class ByteAlphabet {
    private static final int FIRST_SUBSTITUTE = 0x100;

    private final int[] bytes = new int[2 * FIRST_SUBSTITUTE];
    private final char[] characters = new char[256];

    ByteAlphabet() {
        Arrays.fill(bytes, -1);
        int substitutes = 0;
        for (int value = 0; value < 256; value++) {
            boolean printable = value > ' ' && value < 0x7F || value > 0xA0 && value != 0xAD;
            int character = printable ? value : FIRST_SUBSTITUTE + substitutes++;
            bytes[character] = value;
            characters[value] = (char) character;
        }
    }

    /** The character that stands for a byte. */
    char character(int value) {
        return characters[value];
    }

    /** The bytes that a text of this alphabet stands for, or null: it has other characters. */
    byte[] bytes(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            int value = text.charAt(i) < bytes.length ? bytes[text.charAt(i)] : -1;
            if (value < 0) {
                return null;
            }
            out.write(value);
        }
        return out.toByteArray();
    }
}
