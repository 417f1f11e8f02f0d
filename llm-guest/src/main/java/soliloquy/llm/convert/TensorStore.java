package soliloquy.llm.convert;

import java.io.Closeable;
import java.io.IOException;
import java.util.Set;
import soliloquy.llm.psnt.FloatTensor;
import soliloquy.machine.InputException;

/** Named tensors in one file or several. */
sealed interface TensorStore extends Closeable permits SafetensorsFile, ShardedSafetensors {
    /** The file's name, for messages. */
    String name();

    /** Names of all tensors. */
    Set<String> names();

    /** Whether there is a tensor of this name. */
    default boolean has(String tensor) {
        return names().contains(tensor);
    }

    /** The directory entry of a tensor that must be there. */
    SafetensorsFile.Entry entry(String tensor) throws InputException;

    /** Fails as {@link #read} would for a tensor that is missing, of another type or of another shape, without reading it. */
    void check(String tensor, int rows, int columns) throws InputException;

    /** Reads a tensor; all dimensions but the last are rows. */
    FloatTensor read(String tensor, int rows, int columns) throws IOException;
}
