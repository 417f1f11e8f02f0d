package soliloquy.llm.generate;

/**
 * The longest text that an engine has room for where nobody asks for a length. Keys and values grow with it, and every layer that they
 * push out of memory comes from the disc again for every token.
 */
final class DefaultContext {
    /** Contexts that are shorter than the model's own are multiples of this. */
    private static final int STEP = 64;

    /** Keys and values of a model that is too big may take this share of memory: an estimate of what serves best. */
    private static final int SHARE_NUMERATOR = 3;

    private static final int SHARE_DENOMINATOR = 8;

    private DefaultContext() {}

    /**
     * The model's own context (or the longest that the arithmetic is exact for) if all fits with it, or if only layers are streamed and keys and values take their share at most; else the
     * largest multiple of 64 for which that holds; else the largest that fits at all; the model's own if none does, which the plan then
     * refuses.
     */
    static int of(EngineModel model) {
        int own = model.longestContext();
        if (MemoryPlan.whole(model.withContext(own)).fits()) {
            return own;
        }
        for (int batch : new int[] {MemoryPlan.BATCH, MemoryPlan.SMALL_BATCH}) {
            for (int context = own; context > 0; context = (context - 1) / STEP * STEP) {
                EngineModel shorter = model.withContext(context);
                boolean modest = MemoryPlan.cacheBytes(shorter) * SHARE_DENOMINATOR
                        <= (long) MemoryPlan.AVAILABLE * SHARE_NUMERATOR;
                if (modest && MemoryPlan.streamingLayers(shorter, batch).fits()) {
                    return context;
                }
            }
        }
        int largest = MemoryPlan.largestContext(model);
        return largest == 0 ? own : largest;
    }
}
