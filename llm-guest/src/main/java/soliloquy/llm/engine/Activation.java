package soliloquy.llm.engine;

/** A vector on its way into one or more matrices. */
interface Activation {
    /** Takes the first {@code length} numbers of {@code values}. */
    void load(int[] values, int length);
}
