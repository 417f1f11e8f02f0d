package soliloquy.llm.generate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import soliloquy.llm.psnt.PsntLayout;
import soliloquy.llm.psnt.PsntTensor;

/** The generator's map file: a {@link ForwardPassMap} as JSON, for tools that look at a running engine. */
public final class MapFile {
    /** Place of a model that is on no disc yet. */
    public static final int NO_DISC = -1;

    /** Its name beside the sources. */
    public static final String NAME = "map.json";

    private MapFile() {}

    /**
     * The file's bytes.
     *
     * @param lsn sector of the disc at which MODEL.PSN begins, or {@link #NO_DISC}: the file tells no LSNs
     */
    public static byte[] of(ForwardPassMap map, int lsn) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("format", "soliloquy forward pass map").put("version", 1);
        if (lsn != NO_DISC) {
            root.put("modelLsn", lsn);
        }
        ArrayNode operations = root.putArray("operations");
        for (ForwardPassMap.Operation operation : map.operations()) {
            ObjectNode node = operations.addObject();
            if (operation.layer() != ForwardPassMap.NO_LAYER) {
                node.put("layer", operation.layer());
            }
            node.put("stage", operation.stage().label())
                    .put("function", operation.function())
                    .put("calls", operation.calls())
                    .put("width", operation.width())
                    .put("group", operation.group())
                    .put("positions", operation.function().equals("multiply") ? "together" : "each");
            if (operation.tensor() != null) {
                tensor(node.putObject("tensor"), operation.tensor(), operation.row(), lsn);
            }
        }
        byte[] text = mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
        byte[] lines = java.util.Arrays.copyOf(text, text.length + 1);
        lines[text.length] = '\n';
        return lines;
    }

    private static void tensor(ObjectNode node, PsntTensor tensor, int row, int lsn) {
        node.put("name", tensor.name())
                .put("encoding", tensor.encoding().name().toLowerCase(Locale.ROOT))
                .put("rows", tensor.rows())
                .put("columns", tensor.columns());
        if (row >= 0) {
            node.put("row", row);
        }
        node.put("offset", tensor.offset()).put("bytes", tensor.bytes());
        if (lsn != NO_DISC) {
            node.put("lsn", lsn + tensor.offset() / PsntLayout.SECTOR);
        }
    }
}
