package soliloquy.llm.convert;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import soliloquy.llm.psnt.FloatTensor;
import soliloquy.machine.InputException;

/** Several safetensors files and the index that says which tensor is in which ({@code weight_map}). */
final class ShardedSafetensors implements TensorStore {
    /** How names of index files end. */
    static final String INDEX = ".safetensors.index.json";

    private static final int MOST_SHARDS = 1000;

    private final String name;
    private final Map<String, SafetensorsFile> shards = new LinkedHashMap<>();
    private final Map<String, SafetensorsFile> byTensor = new LinkedHashMap<>();

    private ShardedSafetensors(String name) {
        this.name = name;
    }

    /** Opens all shards that {@code index} names; they stand beside it. */
    static ShardedSafetensors open(Path index) throws IOException {
        ShardedSafetensors store = new ShardedSafetensors(index.getFileName().toString());
        try {
            JsonNode map = JsonFile.read(index).path("weight_map");
            if (!map.isObject() || map.isEmpty()) {
                throw new InputException(store.name + " has no weight_map; expected an object of tensors and files");
            }
            for (Map.Entry<String, JsonNode> entry : map.properties()) {
                store.add(index, entry.getKey(), entry.getValue());
            }
            store.checkOthers();
            return store;
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private void add(Path index, String tensor, JsonNode file) throws IOException {
        String shard = file.asText();
        if (!shard.matches("[\\w.-]+\\.safetensors") || !file.isTextual()) {
            throw new InputException(name + ": tensor " + tensor + " is in " + file
                    + "; expected the name of a .safetensors file in the same folder");
        }
        SafetensorsFile opened = shards.get(shard);
        if (opened == null) {
            Path path = index.resolveSibling(shard);
            if (!Files.isRegularFile(path) || shards.size() == MOST_SHARDS) {
                throw new InputException(name + ": " + shard + " is not there or beyond " + MOST_SHARDS
                        + " files; expected every file of the index beside it");
            }
            opened = SafetensorsCheckpoint.openFile(path);
            shards.put(shard, opened);
        }
        if (!opened.has(tensor)) {
            throw new InputException(name + ": " + shard + " has no tensor " + tensor + "; expected it there");
        }
        byTensor.put(tensor, opened);
    }

    private void checkOthers() throws InputException {
        for (Map.Entry<String, SafetensorsFile> shard : shards.entrySet()) {
            for (String tensor : shard.getValue().names()) {
                if (byTensor.get(tensor) != shard.getValue()) {
                    throw new InputException(name + ": " + shard.getKey() + " has a tensor " + tensor
                            + " that the index does not look for there; expected an index of these files");
                }
            }
        }
    }

    private SafetensorsFile shard(String tensor) throws InputException {
        SafetensorsFile shard = byTensor.get(tensor);
        if (shard == null) {
            throw new InputException(name + " has no tensor " + tensor + "; expected one");
        }
        return shard;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<String> names() {
        return byTensor.keySet();
    }

    @Override
    public SafetensorsFile.Entry entry(String tensor) throws InputException {
        return shard(tensor).entry(tensor);
    }

    @Override
    public void check(String tensor, int rows, int columns) throws InputException {
        shard(tensor).check(tensor, rows, columns);
    }

    @Override
    public FloatTensor read(String tensor, int rows, int columns) throws IOException {
        return shard(tensor).read(tensor, rows, columns);
    }

    @Override
    public void close() throws IOException {
        for (SafetensorsFile shard : shards.values()) {
            shard.close();
        }
    }
}
