package soliloquy.llm.generate;

import java.util.List;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.psnt.PsntEncoding;
import soliloquy.llm.psnt.PsntTensor;
import soliloquy.llm.psnt.TensorKind;

/** Writes {@code model.c}: the model's memory, how it is loaded, and one pass through its layers. */
final class ForwardPass {
    private final EngineModel model;
    private final ModelConfig config;
    private final MemoryPlan plan;
    private final CSource out = new CSource();

    ForwardPass(EngineModel model, MemoryPlan plan) {
        this.model = model;
        config = model.config();
        this.plan = plan;
    }

    String source() {
        out.line("/*");
        out.line(
                " * The model's memory and its forward pass, generated for exactly this shape (model.h). The order of operations is that of");
        out.line(" * ARITHMETIC.md.");
        out.line(" */");
        for (String include : List.of("model.h", "cdvd.h", "ee_float.h", "kernels.h", "weights.h")) {
            out.line("#include \"" + include + "\"");
        }
        if (config.valueResidual() || config.denseFormer() || config.registers() > 0) {
            out.line("#include \"string.h\"");
        }
        memory();
        tensorTable();
        loading();
        out.block(embedding());
        out.block(attention());
        out.block(feedForward());
        layers();
        out.block(logits());
        interfaceFunctions();
        return out.toString();
    }

    private void memory() {
        out.blank();
        out.line("/* model_rope.c: the bits of floats. */");
        out.line("extern const u32 model_cosine[MODEL_POSITIONS][MODEL_HEAD_DIM / 2];");
        out.line("extern const u32 model_sine[MODEL_POSITIONS][MODEL_HEAD_DIM / 2];");
        out.blank();
        out.line("/* Entries of the table of contents. */");
        for (TensorKind kind : TensorKind.values()) {
            if (!kind.perLayer() && kind != TensorKind.ROPE && model.index(kind) >= 0) {
                out.line("#define TENSOR_" + kind.name() + " " + model.index(kind));
            }
        }
        out.blank();
        out.line("/* Small tensors, loaded once. */");
        for (TensorKind kind : small()) {
            out.line("static u8 " + MemoryPlan.label(kind) + "[" + MemoryPlan.sectors(model.tensor(kind))
                    + "] CACHE_ALIGNED;");
        }
        out.blank();
        if (!config.sharedOutput()) {
            matrixMemory("embedding", model.tensor(TensorKind.EMBEDDING), plan.embeddingResident(), 1);
        }
        matrixMemory(outputName(), model.tensor(model.outputKind()), plan.outputResident(), plan.chunkRows());
        out.blank();
        out.line("/* The matrices of one layer: those of the next one take the places of those that are used up. */");
        out.line("u8 model_ring[MODEL_RING_SECTORS * 2048] CACHE_ALIGNED;");
        out.blank();
        out.line("/* Keys and values of all positions so far. */");
        out.line("static float keys[MODEL_LAYERS][MODEL_POSITIONS][MODEL_KV_DIM];");
        out.line("static float values[MODEL_LAYERS][MODEL_POSITIONS][MODEL_KV_DIM];");
        out.blank();
        out.line(
                "/* Vectors of positions that go through the layers together, so that a matrix is read once for all. */");
        out.line("static float stream[MODEL_VECTORS][MODEL_DIM];");
        if (config.denseFormer()) {
            out.line("/* The embedding, then what each layer gave. */");
            out.line("static float outputs[MODEL_VECTORS][MODEL_LAYERS + 1][MODEL_DIM];");
        }
        if (config.valueResidual()) {
            out.line("static float first_values[MODEL_VECTORS][MODEL_KV_DIM]; /* of layer 0 */");
        }
        out.line("static float normal[MODEL_VECTORS][MODEL_DIM];");
        out.line(
                "static float query[MODEL_VECTORS][MODEL_DIM], heads[MODEL_VECTORS][MODEL_DIM], result[MODEL_VECTORS][MODEL_DIM];");
        out.line("static float gate[MODEL_VECTORS][MODEL_HIDDEN_DIM], up[MODEL_VECTORS][MODEL_HIDDEN_DIM];");
        out.line("static float scores[MODEL_POSITIONS];");
        out.line("static float logits[MODEL_VOCABULARY];");
        int codes = (Math.max(config.dim(), config.hiddenDim()) + 31) / 32 * 32;
        out.line("static s16 codes[MODEL_VECTORS][" + codes + "] CACHE_ALIGNED;");
        out.line("static activation input[MODEL_VECTORS]; /* what goes into the next matrix */");
    }

    private void matrixMemory(String name, PsntTensor tensor, boolean resident, int rows) {
        out.line("static matrix " + name + "_matrix;");
        if (resident) {
            out.line("static u8 " + name + "[" + MemoryPlan.sectors(tensor) + "] CACHE_ALIGNED;");
        } else {
            out.line(
                    "#define " + name.toUpperCase(java.util.Locale.ROOT) + "_ROWS " + rows + " /* rows in one read */");
            out.line("static u8 " + name + "_scales[" + Math.max(64, MemoryPlan.scaleBytes(tensor))
                    + "] CACHE_ALIGNED;");
            out.line("static u8 " + name + "_rows[" + MemoryPlan.chunkBytes(tensor, rows) + "] CACHE_ALIGNED;");
        }
    }

    private void tensorTable() {
        out.blank();
        out.line("u32 model_tensor_bytes(u32 index) {");
        out.line("    static const u32 bytes[MODEL_TENSORS] = {");
        long[] bytes = EngineGenerator.tensorBytes(model);
        for (int i = 0; i < bytes.length; i++) {
            out.line("        " + bytes[i] + ", /* " + model.tensors().get(i).name() + " */");
        }
        out.line("    };").line("    return bytes[index];").line("}");
    }

    private void loading() {
        out.blank();
        out.line("static void load(void) {");
        out.line("    weights_open();");
        for (TensorKind kind : small()) {
            out.line("    weights_load(TENSOR_" + kind.name() + ", " + MemoryPlan.label(kind) + ");");
        }
        if (!config.sharedOutput()) {
            loadMatrix("embedding", "EMBEDDING", plan.embeddingResident());
        }
        loadMatrix(outputName(), model.outputKind().name(), plan.outputResident());
        out.line("}");
    }

    private void loadMatrix(String name, String tensor, boolean resident) {
        if (resident) {
            out.line("    weights_load(TENSOR_" + tensor + ", " + name + ");");
            out.line("    weights_describe(TENSOR_" + tensor + ", " + name + ", &" + name + "_matrix);");
            return;
        }
        out.line("    weights_check(TENSOR_" + tensor + ", model_ring, sizeof model_ring);");
        long scales = model.tensor(TensorKind.valueOf(tensor)).codesOffset();
        if (scales > 0) {
            out.line("    weights_load_part(TENSOR_" + tensor + ", 0, " + scales + ", " + name + "_scales);");
        }
        out.line("    weights_describe(TENSOR_" + tensor + ", " + name + "_scales, &" + name + "_matrix);");
    }

    private String embedding() {
        String name = config.sharedOutput() ? outputName() : "embedding";
        String row = plan.embeddingResident()
                ? "const u8 *row = m->codes + token * m->stride;"
                : "const u8 *row = weights_load_part(TENSOR_EMBEDDING, (u32) (m->codes - " + name
                        + "_scales) + token * m->stride, m->stride, " + name + "_rows);";
        return """

                /* The token's row of the embedding. */
                static void embed(float *out, u32 token) {
                    const matrix *m = &NAME_matrix;
                    ROW
                    dequantise_row(out, m, token, row);
                }
                """.replace("NAME", name).replace("ROW", row);
    }

    private String attention() {
        String residual = config.valueResidual() ? """
                        if (layer == 0) {
                            memcpy(first_values[b], value, sizeof first_values[b]);
                        } else {
                            add_to(value, first_values[b], MODEL_KV_DIM);
                        }
                """ : "";
        return """

                /* out = the step's matrix times each input; results are `row` floats apart. */
                static void project(u32 step, float *out, u32 row, u32 n) {
                    matrix m;
                    model_working();
                    weights_matrix(step, &m);
                    for (u32 b = 0; b < n; b++) {
                        multiply(out + b * row, &m, 0, m.rows, &input[b]);
                    }
                }

                /* Inputs: the stream's RMS norm with weights of a unique layer. */
                static void normalise(const u8 *weights, u32 unique, u32 n) {
                    const float *weight = (const float *) (const void *) weights + unique * MODEL_DIM;
                    for (u32 b = 0; b < n; b++) {
                        rmsnorm(normal[b], stream[b], weight, MODEL_DIM, float_of_bits(MODEL_EPSILON));
                        quantise(&input[b], normal[b], MODEL_DIM);
                    }
                }

                static void turn(float *v, u32 n, u32 position) {
                    const void *cosine = model_cosine[position], *sine = model_sine[position];
                    rope(v, n, MODEL_HEAD_DIM, cosine, sine);
                }

                static void attention(u32 layer, u32 first, u32 n) {
                    u32 step = layer * LAYER_MATRICES;

                    normalise(attention_norm, layer * MODEL_UNIQUE_LAYERS / MODEL_LAYERS, n);
                    project(step + WQ, query[0], MODEL_DIM, n);
                    project(step + WK, keys[layer][first], MODEL_KV_DIM, n);
                    project(step + WV, values[layer][first], MODEL_KV_DIM, n);
                    for (u32 b = 0; b < n; b++) {
                        u32 position = first + b;
                VALUE        turn(query[b], MODEL_HEADS, position);
                        turn(keys[layer][position], MODEL_KV_HEADS, position);
                RESIDUAL        for (u32 h = 0; h < MODEL_HEADS; h++) {
                            u32 group = h / (MODEL_HEADS / MODEL_KV_HEADS) * MODEL_HEAD_DIM; /* where its key and value are */
                            attention_head(
                                heads[b] + h * MODEL_HEAD_DIM, query[b] + h * MODEL_HEAD_DIM, keys[layer][0] + group, values[layer][0] + group,
                                position + 1, MODEL_KV_DIM, MODEL_HEAD_DIM, float_of_bits(MODEL_SCORE_SCALE), scores);
                        }
                        quantise(&input[b], heads[b], MODEL_DIM);
                    }
                    project(step + WO, result[0], MODEL_DIM, n);
                    add_to(stream[0], result[0], n * MODEL_DIM);
                }
                """.replace("VALUE", config.valueResidual() ? "        float *value = values[layer][position];\n" : "")
                .replace("RESIDUAL", residual);
    }

    private String feedForward() {
        return """

                static void feed_forward(u32 layer, u32 n) {
                    u32 step = layer * LAYER_MATRICES;

                    normalise(ffn_norm, layer * MODEL_UNIQUE_LAYERS / MODEL_LAYERS, n);
                    project(step + W1, gate[0], MODEL_HIDDEN_DIM, n);
                    project(step + W3, up[0], MODEL_HIDDEN_DIM, n);
                    swiglu(gate[0], up[0], n * MODEL_HIDDEN_DIM);
                    for (u32 b = 0; b < n; b++) {
                        quantise(&input[b], gate[b], MODEL_HIDDEN_DIM);
                    }
                    project(step + W2, result[0], MODEL_DIM, n);
                    add_to(stream[0], result[0], n * MODEL_DIM);
                }
                """;
    }

    private void layers() {
        out.blank();
        out.line("/* The streams of n positions through all layers; leaves their keys and values. */");
        out.line("static void run_layers(u32 first, u32 n) {");
        if (config.denseFormer()) {
            out.line("    for (u32 b = 0; b < n; b++) {");
            out.line("        memcpy(outputs[b][0], stream[b], sizeof stream[b]);");
            out.line("    }");
        }
        out.line("    for (u32 layer = 0; layer < MODEL_LAYERS; layer++) {");
        out.line("        attention(layer, first, n);");
        out.line("        feed_forward(layer, n);");
        if (config.denseFormer()) {
            out.line(
                    "        /* DenseFormer: the next layer sees a weighted sum of the embedding and all outputs so far. */");
            out.line(
                    "        const float *weight = (const float *) (const void *) denseformer + layer * (MODEL_LAYERS + 1);");
            out.line("        for (u32 b = 0; b < n; b++) {");
            out.line("            memcpy(outputs[b][layer + 1], stream[b], sizeof stream[b]);");
            out.line("            weighted_sum(stream[b], outputs[b][0], weight, layer + 2, MODEL_DIM);");
            out.line("        }");
        }
        out.line("    }").line("}");
    }

    private String logits() {
        String body =
                plan.outputResident() ? "    multiply(logits, &NAME_matrix, 0, MODEL_VOCABULARY, &input[0]);\n" : """
                    matrix part = NAME_matrix;
                    for (u32 first = 0; first < MODEL_VOCABULARY; first += ROWS) {
                        u32 count = MODEL_VOCABULARY - first < ROWS ? MODEL_VOCABULARY - first : ROWS;
                        model_working();
                        part.codes = weights_load_part(
                            TENSOR_KIND, (u32) (NAME_matrix.codes - NAME_scales) + first * part.stride, count * part.stride, NAME_rows);
                        multiply(logits, &part, first, count, &input[0]);
                    }
                """;
        return """

                static float *compute_logits(const float *x) {
                    rmsnorm(normal[0], x, (const float *) (const void *) norm, MODEL_DIM, float_of_bits(MODEL_EPSILON));
                    quantise(&input[0], normal[0], MODEL_DIM);
                BODY    return logits;
                }
                """.replace("BODY", body)
                .replace("ROWS", outputName().toUpperCase(java.util.Locale.ROOT) + "_ROWS")
                .replace("KIND", model.outputKind().name())
                .replace("NAME", outputName());
    }

    private void interfaceFunctions() {
        out.blank();
        out.line("void model_open(void) {");
        out.line("    for (u32 b = 0; b < MODEL_VECTORS; b++) {");
        out.line("        input[b].codes = codes[b];");
        if (model.header().encoding() == PsntEncoding.Q8) {
            out.line("        input[b].parted = 1;");
        }
        out.line("    }");
        out.line("    load();");
        out.line("}");
        if (config.registers() > 0) {
            out.block("""

                    float *model_read(const u32 *tokens, u32 n, u32 place, int logits_wanted) {
                        /* The registers go through the layers with the first tokens, which saves them a pass over the disc. */
                        u32 before = place == 0 ? MODEL_REGISTERS : 0;
                        memcpy(stream, registers, before * sizeof stream[0]);
                        for (u32 b = 0; b < n; b++) {
                            embed(stream[before + b], tokens[b]);
                        }
                        run_layers(MODEL_REGISTERS + place - before, before + n);
                        return logits_wanted ? compute_logits(stream[before + n - 1]) : NULL;
                    }
                    """);
            return;
        }
        out.block("""

                float *model_read(const u32 *tokens, u32 n, u32 place, int logits_wanted) {
                    for (u32 b = 0; b < n; b++) {
                        embed(stream[b], tokens[b]);
                    }
                    run_layers(place, n);
                    return logits_wanted ? compute_logits(stream[n - 1]) : NULL;
                }
                """);
    }

    private String outputName() {
        return config.sharedOutput() ? "embedding" : "output";
    }

    private List<TensorKind> small() {
        return MemoryPlan.SMALL.stream().filter(kind -> model.index(kind) >= 0).toList();
    }
}
