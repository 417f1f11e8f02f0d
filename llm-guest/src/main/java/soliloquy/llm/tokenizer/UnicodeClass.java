package soliloquy.llm.tokenizer;

/** The classes of characters that GPT-2's split tells apart; the guest has them as a table. */
enum UnicodeClass {
    /** Neither of the others. */
    OTHER,
    /** Property White_Space. */
    SPACE,
    /** General category L. */
    LETTER,
    /** General category N. */
    NUMBER;

    /** Number of code points. */
    static final int CODE_POINTS = Character.MAX_CODE_POINT + 1;

    /** The class of a code point; unassigned ones and surrogates are {@link #OTHER}. */
    static UnicodeClass of(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER -> LETTER;
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> NUMBER;
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> SPACE;
            default -> codePoint >= 9 && codePoint <= 13 || codePoint == 0x85 ? SPACE : OTHER;
        };
    }
}
