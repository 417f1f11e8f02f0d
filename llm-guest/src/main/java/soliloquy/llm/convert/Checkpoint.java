package soliloquy.llm.convert;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import soliloquy.llm.psnt.FloatTensor;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.psnt.PsntFile;
import soliloquy.llm.psnt.TensorKind;
import soliloquy.machine.InputException;

/** A model's weights in single precision, whatever file they come from; read tensor by tensor. */
public sealed interface Checkpoint extends Closeable
        permits SafetensorsCheckpoint, Llama2cCheckpoint, PsntCheckpoint, SyntheticCheckpoint {
    /** One phrase for people: what kind of file this is. */
    String format();

    /** The model's shape. */
    ModelConfig config();

    /**
     * Reads a tensor; q and k rows come in the order of interleaved RoPE pairs, norms as one row for each unique layer.
     *
     * @param layer unique layer; 0 where the kind has one tensor for the whole model
     * @throws InputException the contents are damaged, or hold a number that is not finite
     */
    FloatTensor read(TensorKind kind, int layer) throws IOException;

    /**
     * Checks that all tensors are there in their shapes, and no others, without reading them.
     *
     * @throws InputException one is missing, too much or of another shape
     */
    default void check() throws InputException {}

    /**
     * Opens a PSNT file, a {@code .safetensors} file or the index of several with config.json beside it, a llama2.c {@code .bin}, or a folder that
     * holds one of them.
     */
    static Checkpoint open(Path path) throws IOException {
        Path file = Files.isDirectory(path) ? inFolder(path) : path;
        if (!Files.isRegularFile(file)) {
            throw new InputException(path + " is not there; expected a model file or a folder with one");
        }
        String name = file.getFileName().toString();
        if (name.endsWith(".safetensors") || name.endsWith(ShardedSafetensors.INDEX)) {
            return SafetensorsCheckpoint.open(file);
        }
        return isPsnt(file) ? new PsntCheckpoint(PsntFile.open(file)) : Llama2cCheckpoint.open(file);
    }

    /** Whether a file begins as PSNT files do. */
    static boolean isPsnt(Path file) throws IOException {
        try (var stream = Files.newInputStream(file)) {
            return new String(stream.readNBytes(4), java.nio.charset.StandardCharsets.ISO_8859_1).equals("PSNT");
        }
    }

    /** The model file in a folder. */
    static Path inFolder(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> listing = Files.list(folder)) {
            files = listing.filter(Files::isRegularFile).sorted().toList();
        }
        Optional<Path> found = Stream.of(
                        "model.safetensors", ShardedSafetensors.INDEX, ".safetensors", ".psn", ".psnt", ".bin")
                .flatMap(ending -> files.stream()
                        .filter(file -> lowerName(file).endsWith(ending))
                        .filter(file -> !lowerName(file).startsWith("tok")))
                .findFirst();
        return found.orElseThrow(() ->
                new InputException(folder + " holds no model; expected a file ending in .safetensors, .psn or .bin"));
    }

    private static String lowerName(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT);
    }
}
