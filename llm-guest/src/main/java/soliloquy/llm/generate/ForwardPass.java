package soliloquy.llm.generate;

import java.util.List;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.psnt.PsntTensor;
import soliloquy.llm.psnt.TensorKind;
import soliloquy.llm.psnt.TileLayout;

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
        for (String include : List.of(
                "model.h",
                "attention.h",
                "ee_float.h",
                "kernel.h",
                "multiply.h",
                "stages.h",
                "vector.h",
                "weights.h")) {
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
            matrixMemory("embedding", model.tensor(TensorKind.EMBEDDING), plan.embeddingResident(), TileLayout.ROWS);
        }
        matrixMemory(outputName(), model.tensor(model.outputKind()), plan.outputResident(), plan.chunkRows());
        out.blank();
        if (plan.residentLayers() > 0) {
            out.line("/* The matrices of the first " + plan.residentLayers() + " of " + config.uniqueLayers()
                    + " layers. */");
        }
        out.line("u8 model_resident[MODEL_RESIDENT_LAYERS * MODEL_LAYER_SECTORS * 2048 + 64] CACHE_ALIGNED;");
        if (plan.ringLayers() > 0) {
            out.line("/* The others take their places in turns, when those before them are used up. */");
        }
        out.line("u8 model_ring[MODEL_RING_SECTORS * 2048] CACHE_ALIGNED;");
        out.blank();
        out.line("/* Keys and values of all positions so far. */");
        out.line("static head_cache cache[MODEL_LAYERS][MODEL_KV_HEADS] CACHE_ALIGNED;");
        out.blank();
        out.line(
                "/* Vectors of positions that go through the layers together, so that a matrix is read once for all. */");
        out.line("#define DIM ROOM(MODEL_DIM)");
        out.line("#define KV_DIM ROOM(MODEL_KV_DIM)");
        out.line("#define HIDDEN_DIM ROOM(MODEL_HIDDEN_DIM)");
        vectors("stream", "DIM");
        if (config.denseFormer()) {
            out.line("/* The embedding, then what each layer gave. */");
            vectors("outputs", "MODEL_LAYERS + 1][DIM");
        }
        if (config.valueResidual()) {
            out.line("/* Of layer 0. */");
            vectors("first_values", "KV_DIM");
        }
        for (String name : List.of("normal", "query", "heads", "result")) {
            vectors(name, "DIM");
        }
        vectors("key", "KV_DIM");
        vectors("value", "KV_DIM");
        vectors("gate", "HIDDEN_DIM");
        vectors("up", "HIDDEN_DIM");
        out.line("static float weights[GROUP_HEADS * ATTENTION_ROW] CACHE_ALIGNED; /* of attention */");
        out.line("static float logits[ROOM(MODEL_VOCABULARY)] CACHE_ALIGNED;");
        out.line("static s16 codes[MODEL_VECTORS][" + MemoryPlan.codesRoom(model) + "] CACHE_ALIGNED;");
        if (grouped()) {
            out.line("static s32 group_sums[MODEL_VECTORS][" + MemoryPlan.codesRoom(model) / 32 + "];");
        }
        out.line("static activation input[MODEL_VECTORS]; /* what goes into the next matrix */");
    }

    private void vectors(String name, String dimensions) {
        out.line("static float " + name + "[MODEL_VECTORS][" + dimensions + "] CACHE_ALIGNED;");
    }

    private boolean grouped() {
        return model.tensor(TensorKind.WQ).group() > 0;
    }

    private void matrixMemory(String name, PsntTensor tensor, boolean resident, int rows) {
        out.line("static matrix " + name + "_matrix;");
        if (resident) {
            out.line("static u8 " + name + "[" + MemoryPlan.sectors(tensor) + "] CACHE_ALIGNED;");
        } else {
            out.line(
                    "#define " + name.toUpperCase(java.util.Locale.ROOT) + "_ROWS " + rows + " /* rows in one read */");
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
        out.line("    weights_load_layers();");
        out.line("}");
    }

    private void loadMatrix(String name, String tensor, boolean resident) {
        if (resident) {
            out.line("    weights_load(TENSOR_" + tensor + ", " + name + ");");
            out.line("    weights_describe(TENSOR_" + tensor + ", " + name + ", &" + name + "_matrix);");
            return;
        }
        String room = plan.ringLayers() > 0 ? "model_ring" : name + "_rows";
        out.line("    weights_check(TENSOR_" + tensor + ", " + room + ", sizeof " + room + ");");
        out.line("    weights_describe(TENSOR_" + tensor + ", NULL, &" + name + "_matrix);");
    }

    private String embedding() {
        String name = config.sharedOutput() ? outputName() : "embedding";
        String tile = plan.embeddingResident()
                ? "const u8 *tile = m->tiles + token / TILE_ROWS * m->tile_bytes;"
                : "const u8 *tile = weights_load_part(TENSOR_EMBEDDING, token / TILE_ROWS * m->tile_bytes, m->tile_bytes, "
                        + name + "_rows);";
        return """

                /* The token's row of the embedding. */
                static void embed(float *out, u32 token) {
                    const matrix *m = &NAME_matrix;
                    stage_enter(STAGE_EMBEDDING);
                    TILE
                    dequantise_row(out, m, token, tile);
                }
                """.replace("NAME", name).replace("TILE", tile.replace("TILE_ROWS", "4u"));
    }

    private String attention() {
        String residual = config.valueResidual() ? """
                        if (layer == 0) {
                            memcpy(first_values[b], value[b], sizeof value[b]);
                        } else {
                            add_to(value[b], first_values[b], MODEL_KV_DIM);
                        }
                """ : "";
        return """

                /* out = the step's matrix times each input; results are `row` floats apart. `follows`: the next step's matrix is multiplied next. */
                static void project(stage s, u32 step, float *out, u32 row, u32 n, int follows) {
                    matrix m, next;
                    model_working();
                    stage_enter(s);
                    weights_matrix(step, &m);
                    follows = follows && step + 1 < MODEL_LAYERS * LAYER_MATRICES && weights_resident(step + 1, &next);
                    multiply(out, row, &m, input, n, follows ? &next : NULL);
                }

                /* Inputs: the stream's RMS norm with weights of a unique layer. */
                static void normalise(const u8 *weights, u32 unique, u32 n) {
                    const float *weight = (const float *) (const void *) weights + unique * MODEL_DIM;
                    stage_enter(STAGE_NORM);
                    for (u32 b = 0; b < n; b++) {
                        rmsnorm(normal[b], stream[b], weight, MODEL_DIM, float_of_bits(MODEL_EPSILON));
                        quantise(&input[b], normal[b], MODEL_DIM, MODEL_BIAS);
                    }
                }

                static void turn(float *v, u32 n, u32 position) {
                    const void *cosine = model_cosine[position], *sine = model_sine[position];
                    rope(v, n, MODEL_HEAD_DIM, cosine, sine);
                }

                static void attention(u32 layer, u32 first, u32 n) {
                    u32 step = layer * LAYER_MATRICES;

                    normalise(attention_norm, layer * MODEL_UNIQUE_LAYERS / MODEL_LAYERS, n);
                    project(STAGE_Q, step + WQ, query[0], DIM, n, 1);
                    project(STAGE_K, step + WK, key[0], KV_DIM, n, 1);
                    project(STAGE_V, step + WV, value[0], KV_DIM, n, 0);
                    stage_enter(STAGE_ATTENTION);
                    for (u32 b = 0; b < n; b++) {
                        turn(query[b], MODEL_HEADS, first + b);
                        turn(key[b], MODEL_KV_HEADS, first + b);
                VALUE_PART        attention_store(cache[layer], first + b, key[b], value[b]);
                        for (u32 h = 0; h < MODEL_KV_HEADS; h++) {
                            u32 at = h * GROUP_HEADS * MODEL_HEAD_DIM;
                            attention_heads(heads[b] + at, query[b] + at, &cache[layer][h], first + b + 1, weights, ROOM(first + b + 1));
                        }
                    }
                    stage_enter(STAGE_NORM);
                    for (u32 b = 0; b < n; b++) {
                        quantise(&input[b], heads[b], MODEL_DIM, MODEL_BIAS);
                    }
                    project(STAGE_O, step + WO, result[0], DIM, n, 1);
                    stage_enter(STAGE_RESIDUAL);
                    for (u32 b = 0; b < n; b++) {
                        add_to(stream[b], result[b], MODEL_DIM);
                    }
                }
                """.replace("VALUE_PART", residual);
    }

    private String feedForward() {
        return """

                static void feed_forward(u32 layer, u32 n) {
                    u32 step = layer * LAYER_MATRICES;

                    normalise(ffn_norm, layer * MODEL_UNIQUE_LAYERS / MODEL_LAYERS, n);
                    project(STAGE_GATE, step + W1, gate[0], HIDDEN_DIM, n, 1);
                    project(STAGE_UP, step + W3, up[0], HIDDEN_DIM, n, 1);
                    stage_enter(STAGE_SWIGLU);
                    for (u32 b = 0; b < n; b++) {
                        swiglu(gate[b], up[b], MODEL_HIDDEN_DIM);
                    }
                    stage_enter(STAGE_NORM);
                    for (u32 b = 0; b < n; b++) {
                        quantise(&input[b], gate[b], MODEL_HIDDEN_DIM, MODEL_BIAS);
                    }
                    project(STAGE_DOWN, step + W2, result[0], DIM, n, 1);
                    stage_enter(STAGE_RESIDUAL);
                    for (u32 b = 0; b < n; b++) {
                        add_to(stream[b], result[b], MODEL_DIM);
                    }
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
        out.line("    }").line("    weights_end_pass();").line("}");
    }

    private String logits() {
        String body = plan.outputResident() ? "    multiply(logits, 0, &NAME_matrix, input, 1, NULL);\n" : """
                    matrix part = NAME_matrix;
                    for (u32 first = 0; first < MODEL_VOCABULARY; first += ROWS) {
                        part.rows = MODEL_VOCABULARY - first < ROWS ? MODEL_VOCABULARY - first : ROWS;
                        model_working();
                        part.tiles = weights_load_part(
                            TENSOR_KIND, first / TILE_ROWS * part.tile_bytes,
                            (part.rows + TILE_ROWS - 1) / TILE_ROWS * part.tile_bytes, NAME_rows);
                        multiply(logits + first, 0, &part, input, 1, NULL);
                    }
                """;
        return """

                static float *compute_logits(const float *x) {
                    stage_enter(STAGE_NORM);
                    rmsnorm(normal[0], x, (const float *) (const void *) norm, MODEL_DIM, float_of_bits(MODEL_EPSILON));
                    quantise(&input[0], normal[0], MODEL_DIM, MODEL_BIAS);
                    stage_enter(STAGE_LOGITS);
                BODY    stage_enter(STAGE_OTHER);
                    return logits;
                }
                """.replace("BODY", body)
                .replace("TILE_ROWS", "4u")
                .replace("ROWS", outputName().toUpperCase(java.util.Locale.ROOT) + "_ROWS")
                .replace("KIND", model.outputKind().name())
                .replace("NAME", outputName());
    }

    private void interfaceFunctions() {
        out.blank();
        out.line("void model_open(void) {");
        out.line("    for (u32 b = 0; b < MODEL_VECTORS; b++) {");
        out.line("        input[b].codes = codes[b];");
        if (grouped()) {
            out.line("        input[b].group_sums = group_sums[b];");
        }
        out.line("    }");
        out.line("    load();");
        out.line("    FlushCache(CACHE_WRITE_BACK_DATA); /* keys and values are written past the cache */");
        out.line("}");
        if (config.registers() > 0) {
            out.block("""

                    float *model_read(const u32 *tokens, u32 n, u32 place, int logits_wanted) {
                        /* The registers go through the layers with the first tokens, which saves them a pass over the disc. */
                        u32 before = place == 0 ? MODEL_REGISTERS : 0;
                        for (u32 r = 0; r < before; r++) {
                            memcpy(stream[r], registers + r * MODEL_DIM * sizeof(float), MODEL_DIM * sizeof(float));
                        }
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
