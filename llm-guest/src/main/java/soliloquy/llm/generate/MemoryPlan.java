package soliloquy.llm.generate;

import java.util.ArrayList;
import java.util.List;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.psnt.PsntTensor;
import soliloquy.llm.psnt.TensorKind;
import soliloquy.machine.InputException;

/**
 * What stands where in the console's 32 MB while the engine runs. Everything is static: if the sum fits, nothing can run out of
 * memory later. The link script checks the same limit against the compiled program.
 *
 * @param regions what needs how much
 * @param embeddingResident the whole embedding is in memory; otherwise its rows are read from the disc
 * @param outputResident the matrix of the logits is in memory; otherwise it is streamed for every token
 * @param chunkRows rows of the streamed output matrix in one read
 * @param batch tokens that go through the layers together, so that a prompt needs fewer passes over the disc
 */
public record MemoryPlan(
        List<Region> regions, boolean embeddingResident, boolean outputResident, int chunkRows, int batch) {

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

    private static final int BATCH = 64;

    /** Longest prompt in bytes. */
    static final int PROMPT_BYTES = 8192;

    private static final String RING = "ring ";

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

    /** Sectors of the ring into which the matrices of the layers are streamed: those of one layer. */
    int ringSectors() {
        return (int) (regions.stream()
                        .filter(region -> region.name.startsWith(RING))
                        .mapToLong(Region::bytes)
                        .sum()
                / 2048);
    }

    /** Sectors of the tensors of {@code model} that are loaded in parts, each of which has its CRC. */
    int partSectors(EngineModel model) {
        long bytes = outputResident ? 0 : sectors(model.tensor(model.outputKind()));
        if (!embeddingResident && !model.config().sharedOutput()) {
            bytes += sectors(model.tensor(TensorKind.EMBEDDING));
        }
        return (int) (bytes / 2048);
    }

    /** Bytes of all regions. */
    public long total() {
        return regions.stream().mapToLong(Region::bytes).sum();
    }

    /** Whether it fits. */
    public boolean fits() {
        return total() <= AVAILABLE;
    }

    /**
     * The plan that keeps as much in memory as fits: embedding and output matrix, else the output matrix, else neither; and room for
     * a batch of positions, else for one.
     *
     * @throws InputException not even the smallest plan fits; the message has the table
     */
    public static MemoryPlan of(EngineModel model) throws InputException {
        for (int batch : new int[] {BATCH, 16, 1}) {
            for (MemoryPlan plan : List.of(
                    plan(model, true, true, batch),
                    plan(model, false, true, batch),
                    plan(model, false, false, batch))) {
                if (plan.fits()) {
                    return plan;
                }
            }
        }
        MemoryPlan smallest = smallest(model);
        throw new InputException("The engine needs " + smallest.total() + " bytes, the console has " + AVAILABLE
                + " for a program; " + largestContext(model) + "\n" + smallest.table());
    }

    /** The plan that keeps the least in memory, whether it fits or not. */
    public static MemoryPlan smallest(EngineModel model) {
        return plan(model, false, false, 1);
    }

    /** One line for each region, and the sum. */
    public String table() {
        StringBuilder text = new StringBuilder();
        for (Region region : regions) {
            text.append(String.format("%,12d  %-24s %s%n", region.bytes, region.name, region.note));
        }
        text.append(String.format("%,12d  %-24s of %,d", total(), "together", AVAILABLE));
        return text.toString().replace("\r", "");
    }

    private static String largestContext(EngineModel model) {
        int low = 0;
        int high = model.context();
        while (low < high) {
            int middle = (low + high + 1) / 2;
            EngineModel smaller = new EngineModel(
                    model.header(), model.tensors(), middle, model.tokenizerBytes(), model.tokenizerCrc());
            if (smallest(smaller).fits()) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low == 0
                ? "no context is small enough."
                : "a context of " + low + " instead of " + model.context() + " would fit.";
    }

    private static MemoryPlan plan(EngineModel model, boolean embedding, boolean output, int batch) {
        ModelConfig config = model.config();
        boolean shared = config.sharedOutput();
        PsntTensor logits = model.tensor(model.outputKind());
        int chunkRows = chunkRows(logits);
        List<Region> regions = new ArrayList<>();
        regions.add(new Region("program", PROGRAM_BYTES, "code, constants, SDK (bound)"));
        long rope = 4L * model.positions() * config.headDim();
        regions.add(new Region("RoPE tables", rope, "cosines and sines of " + model.positions() + " positions"));
        long cache = 8L * config.layers() * model.positions() * config.kvDim();
        regions.add(new Region(
                "key and value cache",
                cache,
                config.layers() + " layers x " + model.positions() + " positions x " + config.kvDim() + " x 2 floats"));
        for (TensorKind kind : TensorKind.values()) {
            if (kind.perLayer()) {
                regions.add(new Region(RING + label(kind), sectors(model.tensor(kind)), "streamed"));
            }
        }
        for (TensorKind kind : SMALL) {
            if (model.index(kind) >= 0) {
                regions.add(new Region(label(kind), sectors(model.tensor(kind)), "resident"));
            }
        }
        if (shared) {
            regions.add(matrix("embedding = output", logits, embedding, chunkRows));
        } else {
            PsntTensor table = model.tensor(TensorKind.EMBEDDING);
            regions.add(matrix("embedding", table, embedding, 1));
            regions.add(matrix("output", logits, output, chunkRows));
        }
        long floats = 5L * config.dim() + 2L * config.kvDim() + 2L * config.hiddenDim() + model.positions();
        long dense = config.denseFormer() ? 4L * (config.layers() + 1) * config.dim() : 0;
        long codes = 2L * (Math.max(config.dim(), config.hiddenDim()) + 32);
        int vectors = batch + config.registers();
        String note = "activations, positions at a time: " + vectors;
        regions.add(new Region("vectors", vectors * (4 * floats + dense + codes) + 1024, note));
        regions.add(new Region("logits and sampler", 13L * config.vocabulary(), ""));
        long sampledText = sectorBytes(model.tokenizerBytes()) + 12L * config.vocabulary() + 16L * PROMPT_BYTES;
        regions.add(new Region("tokenizer", sampledText + 4L * model.context(), "TOKENIZR.BIN, index, prompt"));
        return new MemoryPlan(List.copyOf(regions), embedding, shared ? embedding : output, chunkRows, batch);
    }

    private static Region matrix(String name, PsntTensor tensor, boolean resident, int chunkRows) {
        if (resident) {
            return new Region(name, sectors(tensor), "resident");
        }
        long crcs = 4 * sectors(tensor) / 2048;
        return new Region(
                name,
                scaleBytes(tensor) + chunkBytes(tensor, chunkRows) + crcs,
                "scales resident, rows from the disc, a CRC for each sector");
    }

    /** About 256 KB of rows. */
    private static int chunkRows(PsntTensor tensor) {
        return Math.max(1, Math.min(tensor.rows(), 256 * 1024 / stride(tensor)));
    }

    /** Bytes from one row to the next. */
    static int stride(PsntTensor tensor) {
        return tensor.rowStride() > 0 ? tensor.rowStride() : 4 * tensor.columns();
    }

    /** A buffer for the scales, whole sectors. */
    static long scaleBytes(PsntTensor tensor) {
        return sectorBytes(tensor.codesOffset());
    }

    /** A buffer for rows that begin anywhere in a sector, whole sectors. */
    static long chunkBytes(PsntTensor tensor, int rows) {
        return sectorBytes((long) rows * stride(tensor)) + 2048;
    }

    /** A buffer for a whole tensor. */
    static long sectors(PsntTensor tensor) {
        return sectorBytes(tensor.bytes());
    }

    /** The name of a tensor in C. */
    static String label(TensorKind kind) {
        return kind.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static long sectorBytes(long bytes) {
        return (bytes + 2047) / 2048 * 2048;
    }
}
