package soliloquy.llm.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import soliloquy.llm.psnt.FloatTensor;
import soliloquy.machine.InputException;

/**
 * A safetensors file: u64 length of the header, a JSON header (name to dtype, shape, data_offsets), the data. The tensors must
 * cover the data without gap or overlap.
 */
final class SafetensorsFile implements TensorStore {
    private static final long LARGEST_HEADER = 100_000_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String name;
    private final FloatReader reader;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** A tensor; {@code offset} counts from the start of the file. */
    record Entry(String name, String type, List<Long> shape, long offset, long bytes) {
        long rows() {
            return shape.size() < 2 ? 1 : count() / Math.max(1, columns());
        }

        long columns() {
            return shape.isEmpty() ? 1 : shape.getLast();
        }

        long count() {
            return shape.stream().reduce(1L, (a, b) -> a * b);
        }
    }

    private SafetensorsFile(String name, FloatReader reader) {
        this.name = name;
        this.reader = reader;
    }

    /** Reads the header and takes the channel over. */
    static SafetensorsFile open(String name, SeekableByteChannel channel) throws IOException {
        SafetensorsFile file = new SafetensorsFile(name, new FloatReader(name, channel));
        long headerBytes = file.reader.bytes(0, 8).getLong();
        if (headerBytes < 2 || headerBytes > LARGEST_HEADER || headerBytes > channel.size() - 8) {
            throw InputException.at(
                    name,
                    0,
                    "a header of " + Long.toUnsignedString(headerBytes) + " bytes",
                    "2 to " + Math.min(LARGEST_HEADER, channel.size() - 8));
        }
        JsonNode header;
        try {
            header = JSON.readTree(file.reader.bytes(8, (int) headerBytes).array());
        } catch (JsonProcessingException e) {
            throw new InputException(name + ", offset 0x8: the header is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!header.isObject()) {
            throw InputException.at(name, 8, "a header that is no JSON object", "one");
        }
        long dataStart = 8 + headerBytes;
        for (Map.Entry<String, JsonNode> field : header.properties()) {
            if (!field.getKey().equals("__metadata__")) {
                file.entries.put(
                        field.getKey(), entry(name, field.getKey(), field.getValue(), dataStart, channel.size()));
            }
        }
        file.checkCoverage(dataStart, channel.size());
        return file;
    }

    private static Entry entry(String file, String tensor, JsonNode node, long dataStart, long fileSize)
            throws InputException {
        JsonNode shape = node.path("shape");
        JsonNode offsets = node.path("data_offsets");
        if (!node.path("dtype").isTextual() || !shape.isArray() || !offsets.isArray() || offsets.size() != 2) {
            throw new InputException(file + ", header: tensor " + tensor + " without dtype, shape or data_offsets");
        }
        List<Long> dimensions = new ArrayList<>();
        long count = 1;
        for (JsonNode dimension : shape) {
            long size = dimension.isIntegralNumber() ? dimension.asLong() : -1;
            if (size < 1 || size > Integer.MAX_VALUE || (count *= size) > fileSize) {
                throw new InputException(file + ", header: tensor " + tensor + " has shape " + shape
                        + "; expected positive sizes within the file's " + fileSize + " bytes");
            }
            dimensions.add(size);
        }
        long begin = offsets.get(0).isIntegralNumber() ? offsets.get(0).asLong() : -1;
        long end = offsets.get(1).isIntegralNumber() ? offsets.get(1).asLong() : -1;
        if (begin < 0 || end < begin || end > fileSize - dataStart) {
            throw new InputException(file + ", header: tensor " + tensor + " has data_offsets " + offsets
                    + "; expected 0 to " + (fileSize - dataStart));
        }
        return new Entry(tensor, node.path("dtype").asText(), dimensions, dataStart + begin, end - begin);
    }

    private void checkCoverage(long dataStart, long end) throws InputException {
        List<Entry> sorted = entries.values().stream()
                .sorted(Comparator.comparingLong(Entry::offset).thenComparingLong(Entry::bytes))
                .toList();
        long position = dataStart;
        for (Entry entry : sorted) {
            if (entry.offset != position) {
                throw InputException.at(
                        name,
                        entry.offset,
                        "tensor " + entry.name,
                        "the end of the one before, 0x" + Long.toHexString(position));
            }
            position += entry.bytes;
        }
        if (position != end) {
            throw InputException.at(name, position, "the end of the last tensor", "the end of the file");
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<String> names() {
        return entries.keySet();
    }

    @Override
    public Entry entry(String tensor) throws InputException {
        Entry entry = entries.get(tensor);
        if (entry == null) {
            throw new InputException(name + " has no tensor " + tensor + "; expected one");
        }
        return entry;
    }

    @Override
    public void check(String tensor, int rows, int columns) throws InputException {
        type(entry(tensor), rows, columns);
    }

    @Override
    public FloatTensor read(String tensor, int rows, int columns) throws IOException {
        Entry entry = entry(tensor);
        FloatReader.Type type = type(entry, rows, columns);
        return new FloatTensor(rows, columns, reader.read(tensor, entry.offset, rows, columns, type));
    }

    private FloatReader.Type type(Entry entry, int rows, int columns) throws InputException {
        FloatReader.Type type = switch (entry.type) {
            case "F32" -> FloatReader.Type.F32;
            case "F16" -> FloatReader.Type.F16;
            case "BF16" -> FloatReader.Type.BF16;
            default ->
                throw new InputException(
                        name + ": tensor " + entry.name + " has dtype " + entry.type + "; expected F32, F16 or BF16");
        };
        if (entry.rows() != rows || entry.columns() != columns) {
            throw new InputException(name + ": tensor " + entry.name + " has shape " + entry.shape + "; expected ["
                    + rows + ", " + columns + "]");
        }
        if (entry.bytes != (long) rows * columns * type.bytes()) {
            throw new InputException(name + ": tensor " + entry.name + " has " + entry.bytes + " bytes; expected "
                    + (long) rows * columns * type.bytes());
        }
        return type;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
