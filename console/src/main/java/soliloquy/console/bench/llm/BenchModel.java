package soliloquy.console.bench.llm;

import java.nio.file.Path;
import soliloquy.llm.generate.Residency;
import soliloquy.llm.psnt.PsntEncoding;

/**
 * A model to measure.
 *
 * @param name in reports
 * @param quant encoding of its matrices
 * @param weights a PSNT file of version 4 in the host's file system
 * @param tokenizer its TOKENIZR.BIN
 * @param residency layers that the engine shall keep in memory, if they fit
 * @param prebuilt the engine is the default disc's, so that no compiler is needed
 * @param synthetic its weights are random numbers in the model's shape
 */
public record BenchModel(
        String name,
        PsntEncoding quant,
        Path weights,
        Path tokenizer,
        Residency residency,
        boolean prebuilt,
        boolean synthetic) {
    /** The same with another wish; the prebuilt engine keeps all that fits. */
    BenchModel keeping(Residency wanted) {
        return new BenchModel(name, quant, weights, tokenizer, wanted, prebuilt && wanted.equals(residency), synthetic);
    }

    /** The encoding as reports have it. */
    String quantLabel() {
        return switch (quant) {
            case Q8 -> "q8";
            case Q4 -> "q4";
            case TERNARY -> "ternary";
            case FLOAT32 -> "fp32";
        };
    }
}
