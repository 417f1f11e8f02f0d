package soliloquy.llm.generate;

import java.util.LinkedHashMap;
import java.util.Map;
import soliloquy.llm.engine.PowerOfTwo;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.psnt.PsntEncoding;
import soliloquy.llm.psnt.PsntTensor;
import soliloquy.llm.psnt.TensorKind;
import soliloquy.machine.InputException;

/**
 * Writes the C source that is special to one model: its shape as constants ({@code model.h}), its memory and forward pass
 * ({@code model.c}), its inner loops ({@code model_kernels.c}) and the tables of its rotary embedding ({@code model_rope.c}). Everything else of the guest is the same for
 * every model.
 */
public final class EngineGenerator {
    private final EngineModel model;
    private final ModelConfig config;
    private final MemoryPlan plan;

    private EngineGenerator(EngineModel model, MemoryPlan plan) {
        this.model = model;
        this.plan = plan;
        config = model.config();
    }

    /**
     * The source files by name.
     *
     * @throws InputException the model does not fit into the console's memory
     */
    public static Map<String, String> generate(EngineModel model) throws InputException {
        return generate(model, MemoryPlan.of(model));
    }

    /** The same with a plan of the caller's choice. */
    public static Map<String, String> generate(EngineModel model, MemoryPlan plan) {
        EngineGenerator generator = new EngineGenerator(model, plan);
        Map<String, String> files = new LinkedHashMap<>();
        files.put("model.h", generator.header());
        files.put("model.c", new ForwardPass(model, plan).source());
        files.put("model_kernels.c", new ModelKernels(model).source());
        files.put("model_rope.c", generator.rope());
        return files;
    }

    private String header() {
        CSource out = new CSource();
        out.line("/*");
        out.line(" * The shape of the model, generated from the header of MODEL.PSN.");
        out.line(" *");
        out.line(" * Memory, in bytes:");
        plan.table().lines().forEach(line -> out.line((" * " + line).stripTrailing()));
        out.line(" */");
        out.line("#ifndef MODEL_H")
                .line("#define MODEL_H")
                .blank()
                .line("#include \"multiply.h\"")
                .line("#include \"types.h\"")
                .blank();
        out.define("MODEL_QUANT_TYPE", model.header().encoding().code(), "encoding of the matrices");
        out.define("MODEL_FLAGS", flags(), "1 shared output, 2 DenseFormer, 4 value residual");
        out.define("MODEL_DIM", config.dim(), "width of the residual stream");
        out.define("MODEL_HIDDEN_DIM", config.hiddenDim(), "width of the feed-forward layer");
        out.define("MODEL_LAYERS", config.layers(), "logical layers");
        out.define("MODEL_UNIQUE_LAYERS", config.uniqueLayers(), "layers with weights of their own");
        out.define("MODEL_HEADS", config.heads(), "query heads");
        out.define("MODEL_KV_HEADS", config.kvHeads(), "key and value heads");
        out.define("MODEL_HEAD_DIM", config.headDim(), "width of a head");
        out.define("MODEL_KV_DIM", config.kvDim(), "width of all keys of a position");
        out.define("MODEL_VOCABULARY", config.vocabulary(), "tokens");
        out.define("MODEL_REGISTERS", config.registers(), "learned vectors before the first token");
        out.define("MODEL_CONTEXT", model.context(), "longest text in tokens");
        out.define("MODEL_POSITIONS", model.positions(), "registers and context");
        out.define("MODEL_BATCH", plan.batch(), "tokens that go through the layers together");
        out.define("MODEL_VECTORS", plan.batch() + config.registers(), "and the registers before the first of them");
        out.defineBits("MODEL_ROPE_THETA", config.ropeTheta());
        out.defineBits("MODEL_EPSILON", config.normEps());
        out.defineBits("MODEL_SCORE_SCALE", PowerOfTwo.scoreScale(config.headDim()));
        out.blank();
        long head = model.tensors().getFirst().offset() / 2048;
        out.define("MODEL_TENSORS", model.tensors().size(), "entries of the table of contents");
        out.define("MODEL_TABLE_OFFSET", 128, "where it begins");
        out.define("MODEL_HEAD_SECTORS", head, "sectors of header and table");
        out.define("MODEL_FIRST_MATRIX", model.index(TensorKind.WQ), "its entry of layers.0.wq");
        out.define("MODEL_TOKENIZER_SECTORS", (model.tokenizerBytes() + 2047) / 2048, "largest TOKENIZR.BIN");
        out.line(String.format("#define MODEL_TOKENIZER_CRC 0x%08xu /* of TOKENIZR.BIN */", model.tokenizerCrc()));
        out.define("MODEL_PART_SECTORS", plan.partSectors(model), "of the tensors that are loaded in parts");
        out.define("MODEL_PROMPT_BYTES", MemoryPlan.PROMPT_BYTES, "longest prompt");
        out.blank();
        out.define("MODEL_BIAS", bias(), "added to each code of a matrix");
        out.define(
                "MODEL_LAYER_SECTORS",
                MemoryPlan.layerSectors(model),
                "the matrices of one layer, in their order of use");
        out.define(
                "MODEL_RESIDENT_LAYERS",
                plan.residentLayers(),
                "of the unique layers, the first ones: they stay in memory");
        int ring = Math.max(1, plan.ringLayers() * MemoryPlan.layerSectors(model));
        out.define("MODEL_RING_SECTORS", ring, plan.ringLayers() + " layers of the others");
        out.line("extern u8 model_resident[], model_ring[];");
        out.blank();
        out.line("/* What multiplies tiles of a matrix with so many columns. */");
        out.line("tile_kernel *model_kernel(u32 columns, u32 grouped);");
        out.blank();
        out.line("/* Stored bytes of an entry of the table of contents. */");
        out.line("u32 model_tensor_bytes(u32 index);");
        out.blank();
        out.line("/* Opens MODEL.PSN, and loads what stays in memory. */");
        out.line("void model_open(void);");
        out.blank();
        out.line("/*");
        out.line(
                " * Reads 1 to MODEL_BATCH tokens, the first of them at `place` in the text (0 is its beginning). The logits behind the last token if");
        out.line(" * they are wanted, else NULL.");
        out.line(" */");
        out.line("float *model_read(const u32 *tokens, u32 n, u32 place, int logits_wanted);");
        out.blank();
        out.line("/* Called for each matrix; the program's. */");
        out.line("void model_working(void);");
        out.blank().line("#endif");
        return out.toString();
    }

    private int bias() {
        PsntTensor tensor = model.tensor(TensorKind.WQ);
        return tensor.encoding() == PsntEncoding.FLOAT32 ? 0 : tensor.tiles().bias();
    }

    private int flags() {
        return (config.sharedOutput() ? 1 : 0) | (config.denseFormer() ? 2 : 0) | (config.valueResidual() ? 4 : 0);
    }

    private String rope() {
        RopeTable table = new RopeTable(config.ropeTheta(), config.headDim(), model.positions());
        CSource out = new CSource();
        out.line(
                "/* Cosines and sines of the rotary embedding as bits of floats, [position][pair of a head]. Generated. */");
        out.line("#include \"model.h\"");
        rope(out, "model_cosine", table.cosines(), table.pairs());
        rope(out, "model_sine", table.sines(), table.pairs());
        return out.toString();
    }

    private static void rope(CSource out, String name, float[] values, int pairs) {
        out.blank();
        out.line("extern const u32 " + name + "[MODEL_POSITIONS][MODEL_HEAD_DIM / 2];");
        out.line("const u32 " + name + "[MODEL_POSITIONS][MODEL_HEAD_DIM / 2] = {");
        for (int row = 0; row < values.length / pairs; row++) {
            StringBuilder line = new StringBuilder("    {");
            for (int i = 0; i < pairs; i++) {
                line.append(i == 0 ? "" : ",");
                line.append("0x").append(Integer.toHexString(Float.floatToRawIntBits(values[row * pairs + i])));
            }
            out.line(line.append("},").toString());
        }
        out.line("};");
    }

    /** Bytes of each tensor, for the source. */
    static long[] tensorBytes(EngineModel model) {
        return model.tensors().stream().mapToLong(PsntTensor::bytes).toArray();
    }
}
