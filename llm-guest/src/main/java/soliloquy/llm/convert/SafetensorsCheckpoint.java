package soliloquy.llm.convert;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import soliloquy.llm.psnt.FloatTensor;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.psnt.TensorKind;
import soliloquy.machine.InputException;

/** A safetensors checkpoint, in one file or in shards, with brandon-tiny's or Hugging Face Llama's tensor names, and its config.json. */
public final class SafetensorsCheckpoint implements Checkpoint {
    private final TensorStore file;
    private final ModelConfig config;
    private final TensorNames names;

    private SafetensorsCheckpoint(TensorStore file, ModelConfig config, TensorNames names) {
        this.file = file;
        this.config = config;
        this.names = names;
    }

    /** Opens a {@code .safetensors} file, or the index of several; config.json stands beside it. */
    public static SafetensorsCheckpoint open(Path path) throws IOException {
        ConfigJson json = ConfigJson.read(path.resolveSibling("config.json"));
        boolean sharded = path.getFileName().toString().endsWith(ShardedSafetensors.INDEX);
        TensorStore file = sharded ? ShardedSafetensors.open(path) : openFile(path);
        try {
            String gate = TensorNames.BRANDON_TINY.layerName(TensorKind.W1, 0);
            int hidden = file.has(gate) ? (int) file.entry(gate).rows() : -1;
            return new SafetensorsCheckpoint(
                    file,
                    json.config(hidden),
                    json.huggingFace() ? TensorNames.HUGGING_FACE : TensorNames.BRANDON_TINY);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Opens one file, without its config.json. */
    static SafetensorsFile openFile(Path path) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(path);
        try {
            return SafetensorsFile.open(path.getFileName().toString(), channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public String format() {
        return names.format() + (file instanceof ShardedSafetensors ? ", several files" : "");
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public void check() throws InputException {
        Set<String> used = new HashSet<>();
        for (TensorKind kind : TensorKind.values()) {
            int columns = kind.columns(config);
            if (perLayer(kind)) {
                int rows = kind.perLayer() ? kind.rows(config, 0) : 1;
                for (int layer = 0; layer < config.uniqueLayers(); layer++) {
                    checkLayer(kind, layer, rows, columns, used);
                }
            } else if (kind.present(config, 0)) {
                file.check(names.modelName(kind), kind.rows(config, 0), columns);
                used.add(names.modelName(kind));
            }
        }
        for (String tensor : file.names()) {
            if (!used.contains(tensor) && !names.ignored(tensor)) {
                throw new InputException(
                        file.name() + ": tensor " + tensor + " is not part of a model of the shape in config.json ("
                                + names.format() + "); expected only tensors that this program knows");
            }
        }
    }

    private void checkLayer(TensorKind kind, int uniqueLayer, int rows, int columns, Set<String> used)
            throws InputException {
        String alias = names.uniqueName(kind, uniqueLayer);
        boolean found = used.add(alias) && file.has(alias);
        if (found) {
            file.check(alias, rows, columns);
        }
        for (int layer = 0; layer < config.layers(); layer++) {
            String name = names.layerName(kind, layer);
            if (config.uniqueLayer(layer) == uniqueLayer && used.add(name) && file.has(name)) {
                file.check(name, rows, columns);
                found = true;
            }
        }
        if (!found) {
            file.check(firstName(kind, uniqueLayer), rows, columns);
        }
    }

    private static boolean perLayer(TensorKind kind) {
        return kind.perLayer() || kind == TensorKind.ATTENTION_NORM || kind == TensorKind.FFN_NORM;
    }

    @Override
    public FloatTensor read(TensorKind kind, int layer) throws IOException {
        int rows = kind.rows(config, 0);
        int columns = kind.columns(config);
        return switch (kind) {
            case ATTENTION_NORM, FFN_NORM -> norms(kind, columns);
            case WQ -> interleaved(layerTensor(kind, layer, rows, columns), config.heads());
            case WK -> interleaved(layerTensor(kind, layer, rows, columns), config.kvHeads());
            case WV, WO, W1, W2, W3 -> layerTensor(kind, layer, rows, columns);
            default -> file.read(names.modelName(kind), rows, columns);
        };
    }

    private FloatTensor norms(TensorKind kind, int columns) throws IOException {
        float[] all = new float[config.uniqueLayers() * columns];
        for (int layer = 0; layer < config.uniqueLayers(); layer++) {
            layerTensor(kind, layer, 1, columns).row(0, all, layer * columns);
        }
        return new FloatTensor(config.uniqueLayers(), columns, all);
    }

    /** A unique layer's tensor; where several logical layers store it, they must agree. */
    private FloatTensor layerTensor(TensorKind kind, int uniqueLayer, int rows, int columns) throws IOException {
        FloatTensor found = null;
        String foundName = null;
        for (int layer = 0; layer < config.layers(); layer++) {
            String name = names.layerName(kind, layer);
            if (config.uniqueLayer(layer) != uniqueLayer || !file.has(name)) {
                continue;
            }
            FloatTensor tensor = file.read(name, rows, columns);
            if (found != null && !Arrays.equals(found.values(), tensor.values())) {
                throw new InputException(file.name() + ": " + foundName + " and " + name
                        + " differ; expected the same weights in both, because the blocks are shared");
            }
            found = tensor;
            foundName = name;
        }
        if (found != null) {
            return found;
        }
        String alias = names.uniqueName(kind, uniqueLayer);
        return file.read(file.has(alias) ? alias : firstName(kind, uniqueLayer), rows, columns);
    }

    /** The name under which a unique layer's tensor is missed. */
    private String firstName(TensorKind kind, int uniqueLayer) {
        return names.layerName(kind, uniqueLayer * config.layers() / config.uniqueLayers());
    }

    /** Hugging Face splits a head's rows into halves, real parts first; here pairs stand side by side. */
    private FloatTensor interleaved(FloatTensor tensor, int heads) {
        if (names != TensorNames.HUGGING_FACE) {
            return tensor;
        }
        int columns = tensor.columns();
        int half = tensor.rows() / heads / 2;
        float[] values = new float[tensor.values().length];
        for (int row = 0; row < tensor.rows(); row++) {
            int head = row / (2 * half);
            int inHead = row % (2 * half);
            int from = head * 2 * half + (inHead % 2) * half + inHead / 2;
            System.arraycopy(tensor.values(), from * columns, values, row * columns, columns);
        }
        return new FloatTensor(tensor.rows(), columns, values);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
