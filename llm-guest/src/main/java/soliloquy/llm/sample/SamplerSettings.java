package soliloquy.llm.sample;

import soliloquy.machine.InputException;

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

    /**
     * Settings from the numbers of a command line.
     *
     * @throws InputException a number is not a decimal that the guest could read
     */
    public static SamplerSettings of(float temperature, int topK, float topP, float repeatPenalty, long seed)
            throws InputException {
        return new SamplerSettings(
                Decimal.of("--temperature", temperature),
                topK,
                Decimal.of("--top-p", topP),
                Decimal.of("--repeat-penalty", repeatPenalty),
                seed);
    }
}
