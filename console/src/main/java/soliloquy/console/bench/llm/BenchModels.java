package soliloquy.console.bench.llm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import soliloquy.console.DefaultDisc;
import soliloquy.llm.build.GuestBuilder;
import soliloquy.llm.convert.Checkpoint;
import soliloquy.llm.convert.DefaultModel;
import soliloquy.llm.convert.ModelConverter;
import soliloquy.llm.convert.SyntheticCheckpoint;
import soliloquy.llm.convert.SyntheticShape;
import soliloquy.llm.generate.Residency;
import soliloquy.llm.psnt.PsntEncoding;
import soliloquy.llm.psnt.PsntFile;
import soliloquy.llm.sample.TextGeneration;
import soliloquy.llm.tokenizer.TokenizerReader;
import soliloquy.machine.InputException;

/** The models that can be measured by name, and any PSNT file. */
public final class BenchModels {
    /** The model that comes with the program. */
    public static final String DEFAULT = "default";

    /** The same with nothing of its layers in memory. */
    public static final String DEFAULT_STREAMED = "default-streamed";

    private static final List<Named> LIST = List.of(
            new Named(DEFAULT, Origin.DEFAULT, PsntEncoding.Q8, Residency.ALL),
            new Named(DEFAULT_STREAMED, Origin.DEFAULT, PsntEncoding.Q8, Residency.NONE),
            new Named("stories260k-q8", Origin.STORIES_260K, PsntEncoding.Q8, Residency.ALL),
            new Named("stories260k-fp32", Origin.STORIES_260K, PsntEncoding.FLOAT32, Residency.ALL),
            new Named("stories110m-q4", Origin.STORIES_110M, PsntEncoding.Q4, Residency.ALL),
            new Named("stories110m-ternary", Origin.STORIES_110M, PsntEncoding.TERNARY, Residency.ALL),
            new Named("smollm2-135m-q4", Origin.SMOLLM2_135M, PsntEncoding.Q4, Residency.ALL));

    /** Of random weights, where a model's own are not at hand. */
    private static final long SEED = 1;

    private final Path models;
    private final Path work;

    private record Named(String name, Origin origin, PsntEncoding quant, Residency residency) {}

    /** Where a model's weights come from: names of files in the folder of models. */
    private enum Origin {
        DEFAULT(SyntheticShape.BRANDON_TINY_10M, "", ""),
        STORIES_260K(SyntheticShape.STORIES260K, "stories260K.bin", "tok512.bin"),
        STORIES_110M(SyntheticShape.STORIES110M, "stories110M.bin", "tokenizer.bin"),
        SMOLLM2_135M(SyntheticShape.SMOLLM2_135M, "SmolLM2-135M", "SmolLM2-135M/tokenizer.json");

        private final SyntheticShape shape;
        private final String weights;
        private final String tokenizer;

        Origin(SyntheticShape shape, String weights, String tokenizer) {
            this.shape = shape;
            this.weights = weights;
            this.tokenizer = tokenizer;
        }
    }

    /**
     * @param models folder with checkpoints of others, or null
     * @param work folder for what is made of them; the caller removes it
     */
    public BenchModels(Path models, Path work) {
        this.models = models;
        this.work = work;
    }

    /** Names of all models of the list. */
    public static List<String> names() {
        return LIST.stream().map(Named::name).toList();
    }

    /**
     * The model of a name of the list, or of a PSNT file.
     *
     * @throws UnavailableModelException it is on the list but cannot be had here
     * @throws InputException there is no such model, or its file is damaged
     */
    public BenchModel open(String name) throws IOException {
        for (Named named : LIST) {
            if (named.name.equals(name.toLowerCase(Locale.ROOT))) {
                return open(named);
            }
        }
        if (name.toLowerCase(Locale.ROOT).endsWith(".psn") || Files.isRegularFile(Path.of(name))) {
            return ofFile(Path.of(name));
        }
        throw new InputException("--model is '" + name + "'; expected a PSNT file or one of "
                + names().stream().map(known -> "'" + known + "'").collect(Collectors.joining(", ")));
    }

    /**
     * The same model in an engine that keeps other layers in memory.
     *
     * @throws UnavailableModelException that needs a compiler, and there is none
     */
    public BenchModel keeping(BenchModel model, Residency wanted) throws UnavailableModelException {
        BenchModel kept = model.keeping(wanted);
        if (!kept.prebuilt()) {
            needCompiler(model.name());
        }
        return kept;
    }

    private static BenchModel ofFile(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException(file + " is not a file; expected a PSNT file of version 4");
        }
        PsntEncoding quant;
        try (PsntFile psnt = PsntFile.open(file)) {
            if (psnt.header().version() != 4) {
                throw new InputException(file + ": version " + psnt.header().version()
                        + "; expected 4, the one that can be streamed (convert it with 'model convert')");
            }
            quant = psnt.header().encoding();
        }
        Path tokenizer = TextGeneration.tokenizerBeside(file);
        needCompiler(file.toString());
        String name = file.getFileName().toString().replaceFirst("(?i)\\.psn$", "");
        return new BenchModel(name, quant, file, tokenizer, Residency.ALL, false, false);
    }

    private BenchModel open(Named named) throws IOException {
        boolean prebuilt = named.origin == Origin.DEFAULT && named.residency.equals(Residency.ALL);
        if (!prebuilt) {
            needCompiler(named.name);
        }
        // Two names for the same weights have one file, whose rate on the host is measured once.
        Path folder = Files.createDirectories(work.resolve(named.origin.name() + "-" + named.quant.name()));
        Path weights = folder.resolve(DefaultModel.WEIGHTS);
        Path tokenizer = folder.resolve(DefaultModel.TOKENIZER);
        boolean synthetic = false;
        if (named.origin == Origin.DEFAULT) {
            Files.write(weights, Files.readAllBytes(DefaultDisc.file(DefaultModel.WEIGHTS)));
            Files.write(tokenizer, Files.readAllBytes(DefaultDisc.file(DefaultModel.TOKENIZER)));
        } else if (models != null && Files.exists(models.resolve(named.origin.weights))) {
            ModelConverter.convert(
                    models.resolve(named.origin.weights), weights, ModelConverter.Options.of(named.quant));
            ModelConverter.convertTokenizer(TokenizerReader.read(models.resolve(named.origin.tokenizer)), tokenizer);
        } else {
            synthesize(named, weights, tokenizer);
            synthetic = true;
        }
        return new BenchModel(named.name, named.quant, weights, tokenizer, named.residency, prebuilt, synthetic);
    }

    private static void needCompiler(String name) throws UnavailableModelException {
        if (GuestBuilder.findCompiler().isEmpty()) {
            throw new UnavailableModelException(name + " needs an engine of its own, and " + GuestBuilder.COMPILER
                    + " is not on the PATH; install it (Debian: apt install gcc-mips64el-linux-gnuabi64), or measure '"
                    + DEFAULT + "', whose engine comes with the program");
        }
    }

    /** A model of the same shape with random weights, where its own are not at hand. */
    private static void synthesize(Named named, Path weights, Path tokenizer) throws IOException {
        SyntheticShape shape = named.origin.shape;
        try (Checkpoint checkpoint = new SyntheticCheckpoint(shape.config(), SEED)) {
            ModelConverter.convert(checkpoint, weights, ModelConverter.Options.of(named.quant));
        }
        ModelConverter.convertTokenizer(shape.tokenizer(), tokenizer);
    }
}
