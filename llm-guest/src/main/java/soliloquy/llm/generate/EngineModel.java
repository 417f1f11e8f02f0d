package soliloquy.llm.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import soliloquy.llm.engine.EeArithmetic;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.psnt.PsntFile;
import soliloquy.llm.psnt.PsntHeader;
import soliloquy.llm.psnt.PsntTensor;
import soliloquy.llm.psnt.TensorKind;
import soliloquy.machine.InputException;

/**
 * What the generator has to know about a model: shapes and sizes, no weights.
 *
 * @param header a header of version 4
 * @param tensors the table of contents of its file, in file order
 * @param context longest text in tokens that the engine shall hold, 1 to the model's own
 * @param tokenizerBytes size of TOKENIZR.BIN
 * @param tokenizerCrc its CRC-32
 */
public record EngineModel(
        PsntHeader header, List<PsntTensor> tensors, int context, long tokenizerBytes, int tokenizerCrc) {

    /** Codes of the largest magnitude times the largest activation code must not overflow a sum of 32 bits. */
    private static final int ACTIVATION_MAXIMUM = 8191;

    /** Widest head: the scratchpad has room for the codes of eight positions (attention.h). */
    private static final int WIDEST_HEAD = 512;

    /**
     * Checks that the engine's arithmetic can do the model.
     *
     * @param context longest text in tokens; 0: the model's own, or what memory has room for ({@link DefaultContext})
     * @param tokenizer contents of TOKENIZR.BIN
     * @throws InputException the file is not version 4, the context is not the model's, or integer sums could overflow
     */
    public static EngineModel of(PsntFile file, int context, byte[] tokenizer) throws InputException {
        PsntHeader header = file.header();
        if (header.version() != 4) {
            throw new InputException(file.name() + ": version " + header.version()
                    + "; expected 4, the one that can be streamed (convert it with `soliloquy convert`)");
        }
        ModelConfig config = header.config();
        int whole = config.context();
        if (context < 0 || context > whole) {
            throw new InputException(
                    "context " + context + "; expected 1 to " + whole + ", or 0 for as much as memory has room for");
        }
        CRC32 crc = new CRC32();
        crc.update(tokenizer);
        EngineModel model = new EngineModel(
                header, file.tensors(), context == 0 ? whole : context, tokenizer.length, (int) crc.getValue());
        model.checkSums(file.name());
        if (config.headDim() > WIDEST_HEAD) {
            throw new InputException(file.name() + ": heads of " + config.headDim() + " numbers; at most " + WIDEST_HEAD
                    + " are what the engine's attention has room for");
        }
        if (model.longestContext() < Math.max(1, context)) {
            throw new InputException("context " + model.context() + " and " + config.registers()
                    + " registers; at most " + EeArithmetic.MOST_POSITIONS
                    + " positions can be summed in 32 bits, which leaves a context of "
                    + Math.max(0, model.longestContext()));
        }
        return context == 0 ? model.withContext(DefaultContext.of(model)) : model;
    }

    /** The same from files: MODEL.PSN and TOKENIZR.BIN. */
    public static EngineModel of(Path model, Path tokenizer, int context) throws IOException {
        try (PsntFile file = PsntFile.open(model)) {
            return of(file, context, Files.readAllBytes(tokenizer));
        }
    }

    /** The same model with a context of another length. */
    EngineModel withContext(int tokens) {
        return new EngineModel(header, tensors, tokens, tokenizerBytes, tokenizerCrc);
    }

    /** The model's shape, with its own context. */
    public ModelConfig config() {
        return header.config();
    }

    /** The model's own context, or the longest for which attention's integer sums cannot overflow; 0 or less: none. */
    int longestContext() {
        return Math.min(config().context(), EeArithmetic.MOST_POSITIONS - config().registers());
    }

    /** Positions of the key and value cache. */
    public int positions() {
        return config().registers() + context;
    }

    /** Place of a tensor in the table of contents, -1: the model has none. */
    public int index(TensorKind kind) {
        for (int i = 0; i < tensors.size(); i++) {
            if (tensors.get(i).kind() == kind && tensors.get(i).layer() == 0) {
                return i;
            }
        }
        return -1;
    }

    /** The tensor of this kind (of layer 0, all layers have the same shapes). */
    public PsntTensor tensor(TensorKind kind) {
        return tensors.get(index(kind));
    }

    /** The tensor that gives the logits: the output matrix, or the embedding where it is shared. */
    public TensorKind outputKind() {
        return config().sharedOutput() ? TensorKind.EMBEDDING : TensorKind.OUTPUT;
    }

    private void checkSums(String name) throws InputException {
        for (PsntTensor tensor : tensors) {
            long code = switch (tensor.encoding()) {
                case TERNARY -> 1;
                case Q4 -> 8;
                case Q8 -> 127;
                case FLOAT32 -> 0;
            };
            int columns = tensor.group() > 0 ? tensor.group() : tensor.columns();
            if (code * ACTIVATION_MAXIMUM * columns > Integer.MAX_VALUE) {
                throw new InputException(name + ": " + tensor.name() + " has " + columns + " columns; at most "
                        + Integer.MAX_VALUE / (code * ACTIVATION_MAXIMUM)
                        + " can be summed in 32 bits with codes up to " + code + " (use Q4 or ternary)");
            }
        }
    }
}
