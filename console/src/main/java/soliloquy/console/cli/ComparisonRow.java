package soliloquy.console.cli;

import java.nio.file.Path;

/** What {@code model compare} says of a model; divergence in nats, agreement 0 to 1. */
record ComparisonRow(Path model, double perplexity, double divergence, double agreement) {
    /** Its file's name. */
    String label() {
        return String.valueOf(model.getFileName());
    }
}
