package soliloquy.llm.tokenizer;

/** What a piece of the vocabulary is; the codes are SentencePiece's. */
public enum PieceType {
    /** Text. */
    NORMAL(1),
    /** Stands for text that no piece covers. */
    UNKNOWN(2),
    /** Never part of a text, for example the begin mark. */
    CONTROL(3),
    /** Matched in the text as it stands, never split or merged. */
    USER_DEFINED(4),
    /** Used while merging, never in a result. */
    UNUSED(5),
    /** One byte, written {@code <0xNN>}. */
    BYTE(6);

    private final int code;

    PieceType(int code) {
        this.code = code;
    }

    /** SentencePiece's number. */
    public int code() {
        return code;
    }

    /** The type with this number, or null. */
    public static PieceType of(int code) {
        return code >= 1 && code <= 6 ? values()[code - 1] : null;
    }
}
