package soliloquy.llm.convert;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import soliloquy.llm.psnt.FloatTensor;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.psnt.TensorKind;
import soliloquy.machine.InputException;

/**
 * llama2.c's first format: seven i32 (dim, hidden_dim, n_layers, n_heads, n_kv_heads, vocab_size, seq_len; a negative
 * vocabulary means that an output matrix of its own stands at the end), then float32 tensors, each for all layers.
 */
public final class Llama2cCheckpoint implements Checkpoint {
    private static final int HEADER_BYTES = 28;
    private static final TensorKind[] ORDER = {
        TensorKind.EMBEDDING,
        TensorKind.ATTENTION_NORM,
        TensorKind.WQ,
        TensorKind.WK,
        TensorKind.WV,
        TensorKind.WO,
        TensorKind.FFN_NORM,
        TensorKind.W1,
        TensorKind.W2,
        TensorKind.W3,
        TensorKind.NORM,
        TensorKind.ROPE,
        TensorKind.OUTPUT
    };

    private final FloatReader reader;
    private final ModelConfig config;
    private final Map<TensorKind, Long> offsets = new EnumMap<>(TensorKind.class);

    private Llama2cCheckpoint(FloatReader reader, ModelConfig config) {
        this.reader = reader;
        this.config = config;
    }

    /** Opens a checkpoint. */
    public static Llama2cCheckpoint open(Path path) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(path);
        try {
            return open(path.getFileName().toString(), channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Opens what a channel holds and takes it over. */
    public static Llama2cCheckpoint open(String name, SeekableByteChannel channel) throws IOException {
        FloatReader reader = new FloatReader(name, channel);
        ByteBuffer header = reader.bytes(0, HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int vocabulary = header.getInt(20);
        int layers = header.getInt(8);
        ModelConfig config = new ModelConfig(
                header.getInt(0),
                header.getInt(4),
                layers,
                layers,
                header.getInt(12),
                header.getInt(16),
                Math.abs(vocabulary),
                header.getInt(24),
                0,
                ModelConfig.DEFAULT_ROPE_THETA,
                ModelConfig.DEFAULT_NORM_EPS,
                vocabulary > 0,
                false,
                false);
        if (config.fault() != null) {
            throw new InputException(name + ", header: not a llama2.c checkpoint: " + config.fault());
        }
        Llama2cCheckpoint checkpoint = new Llama2cCheckpoint(reader, config);
        long end = HEADER_BYTES;
        for (TensorKind kind : ORDER) {
            checkpoint.offsets.put(kind, end);
            if (kind != TensorKind.OUTPUT || !config.sharedOutput()) {
                end += 4L * rows(kind, config) * kind.columns(config) * (kind.perLayer() ? layers : 1);
            }
        }
        if (channel.size() != end) {
            throw new InputException(name + ": " + channel.size() + " bytes; expected " + end
                    + " for a llama2.c checkpoint of the shape in its header");
        }
        return checkpoint;
    }

    /** Two RoPE tables, cosine and sine, stand behind the final norm; they are not read. */
    private static int rows(TensorKind kind, ModelConfig config) {
        return kind.rows(config, 2);
    }

    @Override
    public String format() {
        return "llama2.c checkpoint, float32";
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public FloatTensor read(TensorKind kind, int layer) throws IOException {
        int rows = rows(kind, config);
        int columns = kind.columns(config);
        long offset = offsets.get(kind) + (kind.perLayer() ? 4L * layer * rows * columns : 0);
        return new FloatTensor(
                rows, columns, reader.read(kind.tensorName(layer), offset, rows, columns, FloatReader.Type.F32));
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
