package soliloquy.console.step;

/**
 * One way of some positions through all layers.
 *
 * @param number 1 is the first since power-on
 * @param first place of the first position in the key and value cache, registers counted
 * @param positions how many go together
 * @param registers how many of them, the first ones, are the model's registers, which are no tokens and have no embedding
 * @param logits true if it ends with the logits of the last position
 */
record Pass(int number, int first, int positions, int registers, boolean logits) {
    /** The last of its positions. */
    int last() {
        return first + positions - 1;
    }
}
