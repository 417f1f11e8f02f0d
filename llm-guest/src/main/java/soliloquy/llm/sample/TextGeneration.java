package soliloquy.llm.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import soliloquy.llm.convert.Checkpoint;
import soliloquy.llm.convert.DefaultModel;
import soliloquy.llm.engine.Arithmetic;
import soliloquy.llm.engine.ReferenceEngine;
import soliloquy.llm.tokenizer.Tokenizer;
import soliloquy.machine.InputException;

/** Goes on from a prompt with the reference engine. */
public final class TextGeneration {
    private TextGeneration() {}

    /**
     * Opens model and tokenizer and generates.
     *
     * @param model a file or folder, see {@link Checkpoint#open}, or null: the default model
     * @param tokenizer a tokenizer file, or null: the one that comes with the model
     * @param prompt null: the tokenizer's default prompt
     * @param tokens at most this many
     * @param listener told every generated id at once
     */
    public static Generation run(
            Path model,
            Path tokenizer,
            String prompt,
            int tokens,
            SamplerSettings settings,
            Mode mode,
            IntConsumer listener)
            throws IOException {
        Tokenizer opened = tokenizer(model, tokenizer);
        try (Checkpoint checkpoint = model == null ? DefaultModel.checkpoint() : Checkpoint.open(model)) {
            Arithmetic math = mode.arithmetic();
            ReferenceEngine engine = new ReferenceEngine(checkpoint, math);
            return generate(engine, opened, prompt, tokens, new Sampler(settings, math), listener);
        }
    }

    /**
     * Generates with an engine that is ready; it is reset first.
     *
     * @throws InputException the prompt is empty or longer than the context, or the tokenizer is another model's
     */
    public static Generation generate(
            ReferenceEngine engine,
            Tokenizer tokenizer,
            String prompt,
            int tokens,
            Sampler sampler,
            IntConsumer listener)
            throws InputException {
        int context = engine.config().context();
        if (tokenizer.vocabulary() > engine.config().vocabulary()) {
            throw new InputException("The tokenizer has " + tokenizer.vocabulary() + " pieces; expected at most "
                    + engine.config().vocabulary() + ", the model's vocabulary");
        }
        int[] promptIds = tokenizer.encodePrompt(prompt == null ? tokenizer.defaultPrompt() : prompt);
        if (promptIds.length == 0 || promptIds.length > context) {
            throw new InputException("The prompt has " + promptIds.length + " tokens; expected 1 to " + context
                    + ", the model's context");
        }
        engine.reset();
        for (int id : promptIds) {
            engine.accept(id);
            sampler.saw(id);
        }
        List<Integer> ids = new ArrayList<>();
        Generation.End end = Generation.End.TOKENS;
        while (ids.size() < tokens) {
            int id = sampler.choose(engine.logitBits());
            sampler.saw(id);
            ids.add(id);
            listener.accept(id);
            if (tokenizer.stops(id)) {
                end = Generation.End.STOP;
                break;
            }
            if (engine.length() >= context) {
                end = Generation.End.CONTEXT;
                break;
            }
            if (ids.size() < tokens) {
                engine.accept(id);
            }
        }
        // Ids beyond the tokenizer's pieces are padding of the model's vocabulary and have no text.
        int[] known = ids.stream()
                .mapToInt(Integer::intValue)
                .filter(id -> id < tokenizer.vocabulary())
                .toArray();
        return new Generation(
                Arrays.stream(promptIds).boxed().toList(), List.copyOf(ids), tokenizer.decode(known), end);
    }

    /**
     * Opens the tokenizer of a model.
     *
     * @param model a file or folder, or null: the default model
     * @param tokenizer a tokenizer file, or null: the one that comes with the model
     */
    public static Tokenizer tokenizer(Path model, Path tokenizer) throws IOException {
        if (tokenizer != null) {
            return Tokenizer.open(tokenizer);
        }
        return model == null ? DefaultModel.tokenizer() : Tokenizer.open(tokenizerBeside(model));
    }

    /** The tokenizer file in the model's folder. */
    public static Path tokenizerBeside(Path model) throws IOException {
        Path folder = Files.isDirectory(model) ? model : model.toAbsolutePath().getParent();
        List<Path> files;
        try (Stream<Path> listing = Files.list(folder)) {
            files = listing.filter(Files::isRegularFile).sorted().toList();
        }
        return Stream.of("TOKENIZR\\.BIN", "tokenizer\\.model", "tokenizer\\.json", "tokenizer\\.bin", "tok.*\\.bin")
                .flatMap(pattern -> files.stream()
                        .filter(file -> file.getFileName().toString().matches(pattern)))
                .findFirst()
                .orElseThrow(() -> new InputException(folder
                        + " holds no tokenizer; expected TOKENIZR.BIN, tokenizer.model, tokenizer.json or tok*.bin"));
    }
}
