package soliloquy.console.bench.llm;

import java.nio.file.Path;
import soliloquy.llm.psnt.PsntEncoding;

/**
 * A model to measure.
 *
 * @param name in reports
 * @param quant encoding of its matrices
 * @param weights a PSNT file of version 4 in the host's file system
 * @param tokenizer its TOKENIZR.BIN
 * @param residency what the engine shall keep in memory
 * @param prebuilt the engine is the default disc's, so that no compiler is needed
 */
public record BenchModel(
        String name, PsntEncoding quant, Path weights, Path tokenizer, Residency residency, boolean prebuilt) {
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
