package soliloquy.llm.generate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import soliloquy.llm.psnt.PsntEncoding;
import soliloquy.llm.psnt.PsntTensor;

/** Writes {@code model_kernels.c}: the inner loops of one model, each for one shape. */
final class ModelKernels {
    private final EngineModel model;
    private final CSource out = new CSource();
    private final RowKernels rows = new RowKernels();

    ModelKernels(EngineModel model) {
        this.model = model;
    }

    String source() {
        out.line("/*");
        out.line(
                " * The inner loops of the model, generated for its shapes. A tile is four rows of a matrix (PSNT.md, section 4.4); sums and their order are");
        out.line(" * those of ARITHMETIC.md.");
        out.line(" */");
        out.line("#include \"ee_float.h\"");
        out.line("#include \"model.h\"");
        out.line("#include \"multiply.h\"");
        out.line("#include \"scratchpad.h\"");
        Map<String, PsntTensor> shapes = new LinkedHashMap<>();
        for (PsntTensor tensor : model.tensors()) {
            if (!tensor.kind().alwaysFloat()) {
                shapes.putIfAbsent(name(tensor), tensor);
            }
        }
        PsntEncoding encoding = model.header().encoding();
        if (encoding != PsntEncoding.FLOAT32) {
            mask(encoding);
        }
        CSource functions = new CSource();
        for (PsntTensor tensor : shapes.values()) {
            if (encoding == PsntEncoding.FLOAT32) {
                floatTiles(functions, tensor);
            } else {
                TileKernel.write(functions, tensor);
            }
        }
        choice(functions, shapes);
        rows.write(out);
        out.block(functions.toString());
        return out.toString();
    }

    private static String name(PsntTensor tensor) {
        return TileKernel.name(tensor);
    }

    private void mask(PsntEncoding encoding) {
        String one = String.format("0x%04x", (1 << encoding.bits()) - 1);
        out.blank();
        out.line("/* The lowest field of each halfword of codes. */");
        out.line("static const u16 mask[8] __attribute__((aligned(16))) = {"
                + String.join(", ", java.util.Collections.nCopies(8, one)) + "};");
    }

    private void floatTiles(CSource functions, PsntTensor tensor) {
        functions.blank();
        functions.line("/* Rows of " + tensor.columns() + " floats. */");
        functions.line(
                "static void " + name(tensor) + "(float *out, const u8 *tiles, u32 count, const activation *a) {");
        functions.line("    const float *row = (const float *) (const void *) tiles;");
        clear(functions, "out", "count * TILE_ROWS");
        pieces(functions, tensor.columns(), "out", "row", tensor.columns() * 4 + "", "a->values", "count * TILE_ROWS");
        functions.line("}");
    }

    private static void clear(CSource functions, String sums, String count) {
        functions.line("    for (u32 r = 0; r < " + count + "; r++) {");
        functions.line("        " + sums + "[r] = ZERO;");
        functions.line("    }");
    }

    private void pieces(CSource functions, int n, String sums, String row, String stride, String x, String count) {
        int at = 0;
        for (int length : rows.pieces(n)) {
            String from = at == 0 ? "" : " + " + at;
            functions.line("    " + RowKernels.name(length) + "(" + sums + ", " + row + from + ", " + stride + ", " + x
                    + from + ", " + count + ");");
            at += length;
        }
    }

    private void choice(CSource functions, Map<String, PsntTensor> shapes) {
        functions.blank();
        functions.line("tile_kernel *model_kernel(u32 columns, u32 grouped) {");
        List<PsntTensor> all = List.copyOf(shapes.values());
        for (PsntTensor tensor : all.subList(1, all.size())) {
            functions.line("    if (columns == " + tensor.columns() + " && grouped == " + (tensor.group() > 0 ? 1 : 0)
                    + ") {");
            functions.line("        return " + name(tensor) + ";");
            functions.line("    }");
        }
        if (all.size() == 1) {
            functions.line("    (void) columns;");
            functions.line("    (void) grouped;");
        }
        functions.line("    return " + name(all.getFirst()) + ";");
        functions.line("}");
    }
}
