package soliloquy.llm.psnt;

import java.util.ArrayList;
import java.util.List;

/** Where each tensor of a PSNT file stands; follows from the header alone. */
public final class PsntLayout {
    /** Columns that share a scale in the Q4 layer matrices. */
    public static final int Q4_GROUP = 32;

    /** Every tensor of version 4 begins at a multiple of a disc sector. */
    public static final int SECTOR = 2048;

    /** Bytes of one entry of the table of contents. */
    public static final int ENTRY_BYTES = 64;

    private static final List<TensorKind> V3_LAYER = List.of(
            TensorKind.WQ, TensorKind.WK, TensorKind.WV, TensorKind.WO, TensorKind.W1, TensorKind.W2, TensorKind.W3);
    private static final List<TensorKind> V4_LAYER = List.of(
            TensorKind.WQ, TensorKind.WK, TensorKind.WV, TensorKind.WO, TensorKind.W1, TensorKind.W3, TensorKind.W2);

    private final List<PsntTensor> tensors;
    private final long fileBytes;

    private PsntLayout(List<PsntTensor> tensors, long fileBytes) {
        this.tensors = tensors;
        this.fileBytes = fileBytes;
    }

    /** The layout of a file with this header; CRCs are not known yet (-1). */
    public static PsntLayout of(PsntHeader header) {
        ModelConfig config = header.config();
        boolean v4 = header.version() >= 4;
        List<PsntTensor> tensors = new ArrayList<>();
        for (TensorKind kind : TensorKind.values()) {
            if (kind == TensorKind.WQ) {
                for (int layer = 0; layer < config.uniqueLayers(); layer++) {
                    for (TensorKind matrix : v4 ? V4_LAYER : V3_LAYER) {
                        tensors.add(unplaced(header, matrix, layer));
                    }
                }
            } else if (!kind.perLayer() && kind.present(config, header.frequencyBlocks())) {
                tensors.add(unplaced(header, kind, 0));
            }
        }
        long position =
                v4 ? PsntHeader.V4_BYTES + (long) ENTRY_BYTES * tensors.size() : PsntHeader.bytes(header.version());
        List<PsntTensor> placed = new ArrayList<>();
        for (PsntTensor tensor : tensors) {
            long offset = v4 ? align(position) : position;
            placed.add(tensor.at(offset));
            position = offset + tensor.bytes();
        }
        return new PsntLayout(List.copyOf(placed), v4 ? align(position) : position);
    }

    /** All tensors in file order. */
    public List<PsntTensor> tensors() {
        return tensors;
    }

    /** Size of the whole file. */
    public long fileBytes() {
        return fileBytes;
    }

    private static PsntTensor unplaced(PsntHeader header, TensorKind kind, int layer) {
        PsntEncoding encoding = kind.alwaysFloat() ? PsntEncoding.FLOAT32 : header.encoding();
        int group = encoding == PsntEncoding.Q4 && kind.perLayer() ? Q4_GROUP : 0;
        int rows = kind.rows(header.config(), header.frequencyBlocks());
        int columns = kind.columns(header.config());
        boolean tiled = header.version() >= 4;
        long bytes = PsntTensor.size(encoding, group, rows, columns, tiled);
        return new PsntTensor(kind.tensorName(layer), kind, layer, encoding, group, rows, columns, 0, bytes, -1, tiled);
    }

    private static long align(long position) {
        return (position + SECTOR - 1) / SECTOR * SECTOR;
    }
}
