package soliloquy.llm.engine;

/** Told of every vector that a forward pass computes. */
@FunctionalInterface
public interface StageListener {
    /**
     * A stage has computed its vector.
     *
     * @param layer logical layer, 0 for stages outside of the layers
     * @param position place in the key and value cache, registers counted
     * @param numbers bits of floats, or integers where the stage has {@link Stage#codes}; valid during the call only
     */
    void computed(Stage stage, int layer, int position, int[] numbers);
}
