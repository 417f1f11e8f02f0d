package soliloquy.llm.convert;

import java.io.IOException;
import java.nio.file.Path;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.psnt.PsntEncoding;
import soliloquy.llm.psnt.PsntHeader;
import soliloquy.llm.psnt.PsntLayout;
import soliloquy.llm.psnt.PsntTensor;
import soliloquy.llm.psnt.PsntWriter;
import soliloquy.llm.psnt.Quantizer;
import soliloquy.llm.psnt.TensorData;
import soliloquy.llm.tokenizer.DiscTokenizer;
import soliloquy.llm.tokenizer.TokenizerFile;
import soliloquy.machine.InputException;
import soliloquy.machine.WholeFile;

/** Converts models of any readable format to PSNT. */
public final class ModelConverter {
    private ModelConverter() {}

    /**
     * What a conversion makes.
     *
     * @param encoding of the matrices; null keeps a PSNT file's own and means Q8 for others
     * @param version of the PSNT file, 1 to 4
     * @param longestContext caps the context, 0: as the model has it
     */
    public record Options(PsntEncoding encoding, int version, int longestContext) {
        /** Version 4 with the model's own context. */
        public static Options of(PsntEncoding encoding) {
            return new Options(encoding, 4, 0);
        }
    }

    /**
     * Converts {@code input} (see {@link Checkpoint#open}) into the file {@code output}, with a bar on the console. A PSNT
     * file in its own encoding is copied code by code; any other change of encoding goes through single precision.
     *
     * @return the new file's header
     */
    public static PsntHeader convert(Path input, Path output, Options options) throws IOException {
        try (Checkpoint checkpoint = Checkpoint.open(input)) {
            return convert(checkpoint, output, options);
        }
    }

    /** The same for a checkpoint that is open. */
    public static PsntHeader convert(Checkpoint checkpoint, Path output, Options options) throws IOException {
        checkpoint.check();
        PsntHeader header = header(checkpoint, options);
        try (Progress progress =
                Progress.onConsole("Converting", PsntLayout.of(header).fileBytes())) {
            convert(checkpoint, header, output, progress);
        }
        return header;
    }

    /**
     * Refuses a tokenizer that has more pieces than the model has rows for.
     *
     * @throws InputException it has
     */
    public static void requireMatch(TokenizerFile tokenizer, ModelConfig config) throws InputException {
        if (tokenizer.pieces().size() > config.vocabulary()) {
            throw new InputException("The tokenizer has " + tokenizer.pieces().size() + " pieces; expected at most "
                    + config.vocabulary() + ", the model's vocabulary (give the model's own with --tokenizer)");
        }
    }

    /** The same for an open checkpoint and a header that {@link #header} made. */
    public static void convert(Checkpoint checkpoint, PsntHeader header, Path output, Progress progress)
            throws IOException {
        WholeFile.write(
                output,
                channel -> PsntWriter.write(
                        channel,
                        header,
                        tensor -> contents(checkpoint, tensor),
                        tensor -> progress.advance(tensor.bytes())));
    }

    /** Writes a tokenizer as TOKENIZR.BIN. */
    public static void convertTokenizer(TokenizerFile tokenizer, Path output) throws IOException {
        WholeFile.write(output, DiscTokenizer.write(tokenizer));
    }

    /** The header that a conversion would write. */
    public static PsntHeader header(Checkpoint checkpoint, Options options) throws InputException {
        PsntHeader own = switch (checkpoint) {
            case PsntCheckpoint psnt -> psnt.file().header();
            case Llama2cCheckpoint llama2c -> new PsntHeader(4, PsntEncoding.Q8, 0, llama2c.config());
            case SafetensorsCheckpoint tensors -> new PsntHeader(4, PsntEncoding.Q8, 0, tensors.config());
            case SyntheticCheckpoint random -> new PsntHeader(4, PsntEncoding.Q8, 0, random.config(), true);
        };
        ModelConfig config = own.config();
        boolean shorter = options.longestContext > 0 && options.longestContext < config.context();
        PsntHeader header = new PsntHeader(
                options.version,
                options.encoding == null ? own.encoding() : options.encoding,
                shorter ? 0 : own.frequencyBlocks(),
                shorter ? config.withContext(options.longestContext) : config,
                own.synthetic() && options.version >= 4);
        if (header.fault() != null) {
            throw new InputException(
                    "This model cannot become PSNT version " + options.version + ": " + header.fault());
        }
        return header;
    }

    private static TensorData contents(Checkpoint checkpoint, PsntTensor tensor) throws IOException {
        if (checkpoint instanceof PsntCheckpoint psnt) {
            PsntTensor own = psnt.file().tensor(tensor.kind(), tensor.layer());
            if (own.encoding() == tensor.encoding()) {
                return psnt.file().read(own);
            }
        }
        return Quantizer.quantize(checkpoint.read(tensor.kind(), tensor.layer()), tensor.encoding(), tensor.group());
    }
}
