package soliloquy.llm.convert;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.psnt.PsntFile;
import soliloquy.llm.psnt.PsntHeader;
import soliloquy.llm.psnt.PsntTensor;

/** Describes a model to a person. */
public final class ModelInfo {
    private ModelInfo() {}

    /**
     * The shape of the model at {@code path} (see {@link Checkpoint#open}), line by line; for PSNT also its tensors, each read
     * and checked.
     */
    public static String describe(Path path) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(path)) {
            StringBuilder text = new StringBuilder();
            line(text, "format", checkpoint.format());
            shape(text, checkpoint.config());
            if (checkpoint instanceof PsntCheckpoint psnt) {
                tensors(text, psnt.file());
            }
            return text.toString();
        }
    }

    private static void shape(StringBuilder text, ModelConfig config) {
        line(text, "parameters", String.format(Locale.ROOT, "%,d", config.parameters()));
        line(text, "dim", config.dim());
        line(text, "hidden dim", config.hiddenDim());
        line(text, "layers", config.layers() + " on " + config.uniqueLayers() + " unique");
        line(text, "heads", config.heads() + ", " + config.kvHeads() + " for keys and values");
        line(text, "vocabulary", config.vocabulary());
        line(text, "context", config.context());
        line(text, "registers", config.registers());
        line(text, "rope theta", config.ropeTheta());
        line(text, "norm epsilon", config.normEps());
        line(text, "output matrix", config.sharedOutput() ? "the embedding" : "its own");
        line(text, "DenseFormer", config.denseFormer() ? "yes" : "no");
        line(text, "value residual", config.valueResidual() ? "yes" : "no");
    }

    private static void tensors(StringBuilder text, PsntFile file) throws IOException {
        PsntHeader header = file.header();
        line(text, "version", header.version());
        line(text, "encoding", header.encoding());
        if (header.synthetic()) {
            line(text, "weights", "synthetic: random numbers in the shape of a model, for measurements");
        }
        line(text, "file bytes", String.format(Locale.ROOT, "%,d", file.size()));
        text.append(String.format(
                Locale.ROOT,
                "%n%-18s %-8s %8s %8s %11s %11s%n",
                "tensor",
                "encoding",
                "rows",
                "columns",
                "offset",
                "bytes"));
        for (PsntTensor tensor : file.tensors()) {
            file.read(tensor);
            text.append(String.format(
                    Locale.ROOT,
                    "%-18s %-8s %8d %8d %11d %11d%n",
                    tensor.name(),
                    tensor.encoding(),
                    tensor.rows(),
                    tensor.columns(),
                    tensor.offset(),
                    tensor.bytes()));
        }
    }

    private static void line(StringBuilder text, String name, Object value) {
        text.append(String.format(Locale.ROOT, "%-16s %s%n", name, value));
    }
}
