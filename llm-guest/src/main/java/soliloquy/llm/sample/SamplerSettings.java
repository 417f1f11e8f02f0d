package soliloquy.llm.sample;

/**
 * How tokens are chosen.
 *
 * @param temperature 0: always the likeliest
 * @param topK candidates, 0: all
 * @param topP candidates that together have this probability; 0, 1 and more: all
 * @param repeatPenalty by which logits of ids seen before are divided, 1: off
 * @param seed of the random numbers, 0 counts as 1
 */
public record SamplerSettings(Decimal temperature, int topK, Decimal topP, Decimal repeatPenalty, long seed) {
    /** Always the likeliest token. */
    public static final SamplerSettings GREEDY =
            new SamplerSettings(new Decimal(0, 0), 0, new Decimal(1, 0), new Decimal(1, 0), 1);
}
