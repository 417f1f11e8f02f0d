package soliloquy.console.profile;

/** Parts of a run of the language model; a program that reports no prompt is always at {@link #BEFORE}. */
public enum Phase {
    BEFORE("before the prompt"),
    PROMPT("reading the prompt"),
    TOKENS("telling");

    /** Name in reports. */
    public final String title;

    Phase(String title) {
        this.title = title;
    }
}
