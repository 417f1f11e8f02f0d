package soliloquy.llm.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.psnt.PsntEncoding;
import soliloquy.llm.psnt.PsntLayout;
import soliloquy.llm.psnt.PsntTensor;
import soliloquy.llm.psnt.TensorKind;
import soliloquy.llm.psnt.TileLayout;
import soliloquy.machine.InputException;

/**
 * What stands where in the console's 32 MB while the engine runs. Everything is static: if the sum fits, nothing can run out of
 * memory later. The link script checks the same limit against the compiled program.
 *
 * @param regions what needs how much
 * @param embeddingResident the whole embedding is in memory; otherwise its rows are read from the disc
 * @param outputResident the matrix of the logits is in memory; otherwise it is streamed for every token
 * @param chunkRows rows of the streamed output matrix in one read, a multiple of four
 * @param residentLayers the first so many unique layers stay in memory; the others are streamed in every pass
 * @param ringLayers layers for which the ring has room that the streamed ones go through; 0: none is streamed
 * @param batch tokens that go through the layers together, so that a prompt needs fewer passes over the disc
 */
public record MemoryPlan(
        List<Region> regions,
        boolean embeddingResident,
        boolean outputResident,
        int chunkRows,
        int residentLayers,
        int ringLayers,
        int batch) {

    /** First address of a user program (the kernel has what is below). */
    public static final int PROGRAM_START = 0x0010_0000;

    /** End of RAM. */
    public static final int MEMORY_END = 0x0200_0000;

    /** The kernel puts the main thread's stack 4 KB below the end of RAM. */
    public static final int KERNEL_TOP = 0x1000;

    /** Stack of the main thread. */
    public static final int STACK = 0x2_0000;

    /** Bytes that a program may fill. */
    public static final int AVAILABLE = MEMORY_END - PROGRAM_START - KERNEL_TOP - STACK;

    /** Code, constants and buffers of the SDK and of the engine's fixed parts: an upper bound, checked when linking. */
    static final int PROGRAM_BYTES = 192 * 1024;

    /** Positions that go through the layers together where memory is plentiful. */
    static final int BATCH = 64;

    /** As many where it is not: a prompt still needs few passes. */
    static final int SMALL_BATCH = 16;

    private static final int SECTOR = PsntLayout.SECTOR;

    /** Longest prompt in bytes. */
    static final int PROMPT_BYTES = 8192;

    /** Layers that the ring has room for where memory is plentiful: more do not make the drive busier. */
    private static final int LARGEST_RING = 3;

    /** Tensors that are always in memory. */
    static final List<TensorKind> SMALL = List.of(
            TensorKind.ATTENTION_NORM,
            TensorKind.FFN_NORM,
            TensorKind.NORM,
            TensorKind.REGISTERS,
            TensorKind.DENSEFORMER);

    /**
     * One part of memory.
     *
     * @param name what it is
     * @param bytes its size
     * @param note why it is that large
     */
    public record Region(String name, long bytes, String note) {}

    /** Sectors of the matrices of one layer. */
    static int layerSectors(EngineModel model) {
        return (int) (layerBytes(model) / SECTOR);
    }

    /** True if no pass reads the disc once everything is loaded. */
    public boolean resident() {
        return ringLayers == 0 && outputResident && embeddingResident;
    }

    /** Bytes of the disc that one pass through the layers reads. */
    public long streamedBytesPerPass(EngineModel model) {
        return layerBytes(model) * (model.config().uniqueLayers() - residentLayers);
    }

    private static long layerBytes(EngineModel model) {
        long bytes = 0;
        for (TensorKind kind : TensorKind.values()) {
            if (kind.perLayer()) {
                bytes += sectors(model.tensor(kind));
            }
        }
        return bytes;
    }

    /** Sectors of the tensors of {@code model} that are loaded in parts, each of which has its CRC. */
    int partSectors(EngineModel model) {
        long bytes = outputResident ? 0 : sectors(model.tensor(model.outputKind()));
        if (!embeddingResident && !model.config().sharedOutput()) {
            bytes += sectors(model.tensor(TensorKind.EMBEDDING));
        }
        return (int) (bytes / SECTOR);
    }

    /** Bytes of all regions. */
    public long total() {
        return regions.stream().mapToLong(Region::bytes).sum();
    }

    /** Whether it fits. */
    public boolean fits() {
        return total() <= AVAILABLE;
    }

    /** The plan that keeps as much in memory as fits. */
    public static MemoryPlan of(EngineModel model) throws InputException {
        return of(model, Residency.ALL);
    }

    /**
     * The plan that keeps as much in memory as fits: embedding and output matrix, else the output matrix, else neither; room for
     * a batch of positions, else for one; then layers, as many as wanted.
     *
     * @throws InputException not even the smallest plan fits; the message has the table
     */
    public static MemoryPlan of(EngineModel model, Residency wanted) throws InputException {
        for (Shape shape : Shape.inOrder(model)) {
            if (shape.plan(0, 1).fits()) {
                return shape.fill(wanted);
            }
        }
        MemoryPlan smallest = smallest(model);
        throw new InputException("The engine needs " + smallest.total() + " bytes, the console has " + AVAILABLE
                + " for a program; " + contextThatFits(model) + "\n" + smallest.table());
    }

    /** The plan that keeps everything in memory, whether it fits or not. */
    static MemoryPlan whole(EngineModel model) {
        return new Shape(model, true, true, BATCH).plan(model.config().uniqueLayers(), 0);
    }

    /** The least plan with which nothing but layers is streamed, with a batch of positions; whether it fits or not. */
    static MemoryPlan streamingLayers(EngineModel model, int batch) {
        return new Shape(model, true, true, batch).plan(0, 1);
    }

    /** The plan that keeps the least in memory, whether it fits or not. */
    public static MemoryPlan smallest(EngineModel model) {
        return new Shape(model, false, false, 1).plan(0, 1);
    }

    /** One line for each region, and the sum. */
    public String table() {
        StringBuilder text = new StringBuilder();
        for (Region region : regions) {
            text.append(String.format(Locale.ROOT, "%,12d  %-24s %s%n", region.bytes, region.name, region.note));
        }
        text.append(String.format(Locale.ROOT, "%,12d  %-24s of %,d", total(), "together", AVAILABLE));
        return text.toString().replace("\r", "");
    }

    /** The longest context, up to the model's, for which the smallest plan fits; 0: none. */
    static int largestContext(EngineModel model) {
        int low = 0;
        int high = Math.min(model.context(), model.longestContext());
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (smallest(model.withContext(middle)).fits()) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static String contextThatFits(EngineModel model) {
        int largest = largestContext(model);
        return largest == 0
                ? "no context is small enough."
                : "a context of " + largest + " instead of " + model.context() + " would fit.";
    }

    /** What of a plan is chosen first. */
    private record Shape(EngineModel model, boolean embedding, boolean output, int batch) {
        /** The best first: what is streamed for every token costs more than a prompt in several passes. */
        private static List<Shape> inOrder(EngineModel model) {
            List<Shape> shapes = new ArrayList<>();
            shapes.add(new Shape(model, true, true, BATCH));
            shapes.add(new Shape(model, true, true, SMALL_BATCH));
            for (int batch : new int[] {BATCH, SMALL_BATCH, 1}) {
                if (batch == 1) {
                    shapes.add(new Shape(model, true, true, batch));
                }
                if (!model.config().sharedOutput()) {
                    shapes.add(new Shape(model, false, true, batch));
                }
                shapes.add(new Shape(model, false, false, batch));
            }
            return shapes;
        }

        /** Layers into what is left: all, or as many as leave the ring room for the next layer while one with two uses is worked on. */
        private MemoryPlan fill(Residency wanted) {
            int unique = model.config().uniqueLayers();
            if (wanted.layers() >= unique && plan(unique, 0).fits()) {
                return plan(unique, 0);
            }
            int ring = unique < model.config().layers() && plan(0, 2).fits() ? 2 : 1;
            int resident = Math.min(wanted.layers(), unique - 1);
            while (resident > 0 && !plan(resident, ring).fits()) {
                resident--;
            }
            while (ring < LARGEST_RING && plan(resident, ring + 1).fits()) {
                ring++;
            }
            return plan(resident, ring);
        }

        private MemoryPlan plan(int residentLayers, int ringLayers) {
            ModelConfig config = model.config();
            PsntTensor logits = model.tensor(model.outputKind());
            int chunkRows = chunkRows(logits);
            List<Region> regions = new ArrayList<>();
            regions.add(new Region("program", PROGRAM_BYTES, "code, constants, SDK (bound)"));
            long rope = 4L * model.positions() * config.headDim();
            regions.add(new Region("RoPE tables", rope, "cosines and sines of " + model.positions() + " positions"));
            regions.add(new Region("key and value cache", cacheBytes(model), cacheNote(model)));
            long layer = layerBytes(model);
            if (residentLayers > 0) {
                regions.add(new Region(
                        "resident layers",
                        residentLayers * layer,
                        residentLayers + " of " + config.uniqueLayers() + ", read once"));
            }
            if (ringLayers > 0) {
                int streamed = config.uniqueLayers() - residentLayers;
                regions.add(new Region(
                        "ring",
                        ringLayers * layer,
                        ringLayers + " of " + streamed + " layers that every pass streams"));
            }
            for (TensorKind kind : SMALL) {
                if (model.index(kind) >= 0) {
                    regions.add(new Region(label(kind), sectors(model.tensor(kind)), "resident"));
                }
            }
            if (config.sharedOutput()) {
                regions.add(matrix("embedding = output", logits, embedding, chunkRows));
            } else {
                PsntTensor table = model.tensor(TensorKind.EMBEDDING);
                regions.add(matrix("embedding", table, embedding, TileLayout.ROWS));
                regions.add(matrix("output", logits, output, chunkRows));
            }
            regions.add(vectors());
            regions.add(new Region("logits and sampler", 13L * config.vocabulary() + 512, ""));
            long sampledText = sectorBytes(model.tokenizerBytes()) + 12L * config.vocabulary() + 16L * PROMPT_BYTES;
            regions.add(new Region("tokenizer", sampledText + 4L * model.context(), "TOKENIZR.BIN, index, prompt"));
            boolean outputInMemory = config.sharedOutput() ? embedding : output;
            return new MemoryPlan(
                    List.copyOf(regions), embedding, outputInMemory, chunkRows, residentLayers, ringLayers, batch);
        }

        private Region vectors() {
            ModelConfig config = model.config();
            long dim = room(config.dim());
            long hidden = room(config.hiddenDim());
            long floats = 5 * dim + 3L * room(config.kvDim()) + 2 * hidden;
            long dense = config.denseFormer() ? 4L * (config.layers() + 1) * dim : 0;
            long codes = 2L * codesRoom(model) + 4L * codesRoom(model) / 32 + 64;
            long group = config.heads() / config.kvHeads();
            long scores = (6 * group + 4) * room(model.positions()) + 20 * group * headRoom(config);
            int count = batch + config.registers();
            return new Region(
                    "vectors",
                    count * (4 * floats + dense + codes) + scores + 4096,
                    "activations, positions at a time: " + count);
        }
    }

    /** Numbers of a vector with its room (vector.h). */
    static long room(int n) {
        return (n + 15L) / 16 * 16;
    }

    /** Codes of the longest vector with their room (vector.h). */
    static int codesRoom(EngineModel model) {
        int longest = Math.max(model.config().dim(), model.config().hiddenDim());
        return (longest + 63) / 64 * 64 + 16;
    }

    /** Numbers of a head with their room (attention.h). */
    private static long headRoom(ModelConfig config) {
        return (config.headDim() + 7L) / 8 * 8;
    }

    /** Bytes of keys and values: codes, and a step for each head of each (attention.h). */
    static long cacheBytes(EngineModel model) {
        ModelConfig config = model.config();
        long position = 2 * headRoom(config) + 2 * Float.BYTES;
        return position * config.layers() * config.kvHeads() * room(model.positions());
    }

    private static String cacheNote(EngineModel model) {
        ModelConfig config = model.config();
        return config.layers() + " layers x " + model.positions() + " positions x " + config.kvDim()
                + " x 2 int8, and steps";
    }

    private static Region matrix(String name, PsntTensor tensor, boolean resident, int chunkRows) {
        if (resident) {
            return new Region(name, sectors(tensor), "resident");
        }
        long crcs = 4 * sectors(tensor) / SECTOR;
        return new Region(name, chunkBytes(tensor, chunkRows) + crcs, "rows from the disc, a CRC for each sector");
    }

    /** About 256 KB of rows. */
    private static int chunkRows(PsntTensor tensor) {
        int tiles = 256 * 1024 / tileBytes(tensor);
        return TileLayout.ROWS * Math.clamp(tiles, 1, (tensor.rows() + TileLayout.ROWS - 1) / TileLayout.ROWS);
    }

    /** Bytes of four rows. */
    static int tileBytes(PsntTensor tensor) {
        return tensor.encoding() == PsntEncoding.FLOAT32
                ? TileLayout.ROWS * Float.BYTES * tensor.columns()
                : tensor.tiles().tileBytes();
    }

    /** A buffer for rows that begin anywhere in a sector, whole sectors. */
    static long chunkBytes(PsntTensor tensor, int rows) {
        return sectorBytes((long) rows / TileLayout.ROWS * tileBytes(tensor)) + SECTOR;
    }

    /** A buffer for a whole tensor. */
    static long sectors(PsntTensor tensor) {
        return sectorBytes(tensor.bytes());
    }

    /** The name of a tensor in C. */
    static String label(TensorKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static long sectorBytes(long bytes) {
        return (bytes + SECTOR - 1) / SECTOR * SECTOR;
    }
}
