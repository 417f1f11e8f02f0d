package soliloquy.llm.engine;

/** Keys and values of one logical layer, and attention over them. Vectors are bits of floats. */
interface Attention {
    /** Keeps key and value of a position, the heads of each one after the other. */
    void store(int position, int[] key, int[] value);

    /** Writes what the heads of {@code query} find in positions 0 to {@code position} to {@code output}. */
    void attend(int[] query, int position, int[] output);
}
