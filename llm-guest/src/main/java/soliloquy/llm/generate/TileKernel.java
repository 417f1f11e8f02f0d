package soliloquy.llm.generate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import soliloquy.llm.psnt.PsntEncoding;
import soliloquy.llm.psnt.PsntTensor;
import soliloquy.llm.psnt.TileLayout;

/**
 * Writes the function that multiplies tiles of one shape with a vector: four rows after each other, a turn of sixteen bytes of codes at a time, in
 * the processor's multimedia instructions.
 *
 * <p>A field of a turn is masked or shifted out of its halfwords and multiplied with eight codes of the vector by PMADDH, which keeps the multiplier
 * for two cycles: eight multiply-accumulates. What else a field needs, one or two instructions on 128 bits and a load, fits beside it. The eight sums of
 * a row are in LO and HI, which begin with the correction for the number that is added to each code.
 */
final class TileKernel {
    private static final int CORRECTION = 2;
    private static final int MASK = 3;
    private static final int[] WEIGHTS = {8, 9};
    private static final int[] VECTOR = {10, 11, 12, 13};
    private static final int[] FIELD = {14, 15};
    private static final String CLOBBERS =
            "\"$2\", \"$3\", \"$8\", \"$9\", \"$10\", \"$11\", \"$12\", \"$13\", \"$14\", \"$15\", "
                    + "\"$f0\", \"$f1\", \"$f2\", \"$f3\", \"$f4\", \"$f5\", \"$f6\", \"$f7\", "
                    + "\"$f8\", \"$f9\", \"$f10\", \"$f11\", \"hi\", \"lo\"";

    /** Turns of a loop's body at most: a body is 7 to 25 instructions for each. */
    private static final int UNROLLED_INSTRUCTIONS = 150;

    private final PsntEncoding encoding;
    private final int columns;
    private final TileLayout tiles;
    private final int fields;
    private final Assembly code = new Assembly();

    private TileKernel(PsntTensor tensor) {
        encoding = tensor.encoding();
        columns = tensor.columns();
        tiles = tensor.tiles();
        fields = Short.SIZE / encoding.bits();
    }

    /** The function's name. */
    static String name(PsntTensor tensor) {
        return "tiles_" + tensor.encoding().name().toLowerCase(Locale.ROOT) + (tensor.group() > 0 ? "_grouped_" : "_")
                + tensor.columns();
    }

    /** Writes the function for the shape of {@code tensor}. */
    static void write(CSource out, PsntTensor tensor) {
        TileKernel kernel = new TileKernel(tensor);
        out.blank();
        if (tensor.group() > 0) {
            kernel.grouped(out, name(tensor));
        } else {
            kernel.wholeRows(out, name(tensor));
        }
    }

    private void wholeRows(CSource out, String name) {
        int turns = tiles.turns();
        int unrolled = unrolled(turns);
        int rowBytes = turns * TileLayout.QUADWORD;
        boolean loops = unrolled < turns;
        out.line("/*");
        out.line(" * Rows of " + columns + " codes of " + encoding.bits() + " bits with one scale: " + turns
                + " turns of 16 bytes, " + unrolled
                + " in a loop's body. Beside the products of a tile's rows, the FPU");
        out.line(" * scales the sums of the tile before it; at first zeros, of a tile that is none.");
        out.line(" */");
        out.line("static void " + name + "(float *out, const u8 *tiles, u32 count, const activation *a) {");
        out.line("    s32 (*parts)[4] = SCRATCHPAD_WORK; /* of each row's sum; then the sums */");
        out.line("    float *none = (float *) (void *) parts[TILE_ROWS + 1];");
        out.line("    const u8 *end = tiles + count * " + tiles.tileBytes() + "u;");
        out.line("    const float *scale = none;");
        out.line("    float *to = none;");
        out.line("    const void *w = a->correction, *p = mask, *s;" + (loops ? " const void *x, *stop;" : ""));
        code.add("lq", "$" + CORRECTION + ", 0(%[w])");
        code.add("lq", "$" + MASK + ", 0(%[p])");
        code.add("sq", "$0, 64(%[parts])");
        code.add("sq", "$0, 80(%[parts])");
        code.label(1);
        code.add("addiu", "%[w], %[tiles], 16");
        code.add("move", "%[p], %[parts]");
        code.add("addiu", "%[s], %[parts], 64");
        loadFirst();
        code.label(2);
        code.add("pmtlo", "$" + CORRECTION);
        code.add("pmthi", "$0");
        String vector = "%[codes]";
        if (loops) {
            code.add("addiu", "%[stop], %[w], " + rowBytes);
            code.add("move", "%[x], %[codes]");
            code.label(3);
            vector = "%[x]";
        }
        turns(unrolled, vector, loops);
        // While the last product is under way.
        if (loops) {
            loadFirst();
        } else {
            code.add("addiu", "%[w], %[w], " + rowBytes);
        }
        code.add("addiu", "%[p], %[p], 16");
        code.add("addiu", "%[s], %[s], 4");
        code.add("addiu", "%[scale], %[scale], 4");
        code.add("addiu", "%[to], %[to], 4");
        code.add("pmflo", "$14");
        code.add("pmfhi", "$15");
        code.add("paddw", "$14, $14, $15");
        code.add("bne", "%[p], %[last], 2b");
        code.add("sq", "$14, -16(%[p])");
        code.add("lq", "$8, 0(%[parts])");
        code.add("move", "%[scale], %[tiles]");
        code.add("lq", "$9, 16(%[parts])");
        code.add("move", "%[to], %[out]");
        code.add("lq", "$10, 32(%[parts])");
        code.add("addiu", "%[tiles], %[tiles], " + tiles.tileBytes());
        code.add("lq", "$11, 48(%[parts])");
        code.add("addiu", "%[out], %[out], 16");
        sumRows(8, 9, 10, 11);
        code.add("bne", "%[tiles], %[end], 1b");
        code.add("sq", "$8, 64(%[parts])");
        scales("%[scale]", "64+", "%[parts]");
        for (int row = 0; row < TileLayout.ROWS; row++) {
            code.add("mul.s", "$f" + (4 + row) + ", $f" + (4 + row) + ", %[step]");
        }
        for (int row = 0; row < TileLayout.ROWS; row++) {
            code.add("mul.s", "$f" + row + ", $f" + row + ", $f" + (4 + row));
        }
        for (int row = 0; row < TileLayout.ROWS; row++) {
            code.add("swc1", "$f" + row + ", " + 4 * row + "(%[to])");
        }
        code.write(
                out,
                "[out] \"+r\"(out), [tiles] \"+r\"(tiles), [scale] \"+r\"(scale), [to] \"+r\"(to), [w] \"+r\"(w), [p] \"+r\"(p), "
                        + "[s] \"=&r\"(s)" + (loops ? ", [x] \"=&r\"(x), [stop] \"=&r\"(stop)" : ""),
                "[end] \"r\"(end), [codes] \"r\"(a->codes), [parts] \"r\"(parts), [last] \"r\"(parts + TILE_ROWS), "
                        + "[step] \"f\"(a->step)",
                CLOBBERS);
        out.line("}");
    }

    /** Weights and vector of a row's first products. */
    private void loadFirst() {
        code.add("lq", "$" + WEIGHTS[0] + ", 0(%[w])");
        code.add("lq", "$" + VECTOR[0] + ", 0(%[codes])");
        code.add("lq", "$" + VECTOR[1] + ", 16(%[codes])");
    }

    /** How many turns a loop's body has: a divisor of all. */
    private int unrolled(int turns) {
        int instructions = fields * 4 + 1;
        int most = Math.max(1, UNROLLED_INSTRUCTIONS / instructions);
        for (int divisor = Math.min(most, turns); divisor > 1; divisor--) {
            if (turns % divisor == 0) {
                return divisor;
            }
        }
        return 1;
    }

    /**
     * The turns of a body. Weights and vector are loaded ahead, at the end those that the body begins with the next time: for more turns of the row, or
     * for the next row.
     */
    private void turns(int count, String vector, boolean loops) {
        int all = count * fields;
        Deque<String[]> scaling = scaling();
        int free = 0;
        for (int turn = 0; turn < count; turn++) {
            boolean last = turn == count - 1;
            int weights = WEIGHTS[turn % 2];
            for (int field = 0; field < fields; field++) {
                int at = turn * fields + field;
                int register = FIELD[at % 2];
                extract(register, weights, field);
                if (field > 0 && !scaling.isEmpty() && ++free >= Integer.parseInt(scaling.peek()[2])) {
                    String[] next = scaling.remove();
                    code.add(next[0], next[1]);
                }
                if (!last && field == 0) {
                    code.add("lq", "$" + WEIGHTS[(turn + 1) % 2] + ", " + (turn + 1) * TileLayout.QUADWORD + "(%[w])");
                }
                if (at == all - 1) {
                    code.add("lq", "$" + WEIGHTS[0] + ", " + count * TileLayout.QUADWORD + "(%[w])");
                    if (loops) {
                        code.add("addiu", "%[w], %[w], " + count * TileLayout.QUADWORD);
                        code.add("addiu", "%[x], %[x], " + all * TileLayout.QUADWORD);
                    }
                }
                code.add("pmaddh", "$0, $" + register + ", $" + VECTOR[vectorRegister(at, all)]);
                int ahead = at + 2;
                if (ahead < all) {
                    code.add(
                            "lq",
                            "$" + VECTOR[vectorRegister(ahead, all)] + ", " + ahead * TileLayout.QUADWORD + "(" + vector
                                    + ")");
                } else if (ahead == all || !loops) {
                    int next = loops ? all : ahead - all;
                    code.add("lq", "$" + VECTOR[ahead - all] + ", " + next * TileLayout.QUADWORD + "(" + vector + ")");
                }
            }
        }
        scaling.forEach(left -> code.add(left[0], left[1]));
        if (loops) {
            code.add("bne", "%[w], %[stop], 3b");
            code.add("lq", "$" + VECTOR[1] + ", 16(" + vector + ")");
        }
    }

    /**
     * What scales a sum, and behind how many of a body's products each instruction finds its operands ready; then the line of the cache that the next
     * sums go to is asked for.
     */
    private static Deque<String[]> scaling() {
        return new ArrayDeque<>(List.of(
                new String[] {"lwc1", "$f0, 0(%[s])", "1"},
                new String[] {"lwc1", "$f1, 0(%[scale])", "2"},
                new String[] {"cvt.s.w", "$f0, $f0", "3"},
                new String[] {"mul.s", "$f1, $f1, %[step]", "4"},
                new String[] {"mul.s", "$f0, $f0, $f1", "5"},
                new String[] {"swc1", "$f0, 0(%[to])", "6"},
                new String[] {"pref", "0, 64(%[to])", "7"}));
    }

    private static int vectorRegister(int index, int all) {
        return index < all ? index % VECTOR.length : index - all;
    }

    /** Field {@code field} of the halfwords in a register: a positive number in each. */
    private void extract(int to, int from, int field) {
        int shift = field * encoding.bits();
        if (shift > 0) {
            code.add("psrlh", "$" + to + ", $" + from + ", " + shift);
        }
        if (field < fields - 1) {
            code.add("pand", "$" + to + ", $" + (shift > 0 ? to : from) + ", $" + MASK);
        }
    }

    /** The four words of each of four registers are added up; the four sums are in the first. */
    private void sumRows(int a, int b, int c, int d) {
        code.add("pextlw", "$14, $" + b + ", $" + a);
        code.add("pextuw", "$15, $" + b + ", $" + a);
        code.add("pextlw", "$12, $" + d + ", $" + c);
        code.add("paddw", "$14, $14, $15");
        code.add("pextuw", "$13, $" + d + ", $" + c);
        code.add("paddw", "$12, $12, $13");
        code.add("pcpyld", "$" + a + ", $12, $14");
        code.add("pcpyud", "$" + b + ", $14, $12");
        code.add("paddw", "$" + a + ", $" + a + ", $" + b);
    }

    /** Loads four scales, and four sums as floats. */
    private void scales(String from, String sumsAt, String sums) {
        for (int row = 0; row < TileLayout.ROWS; row++) {
            code.add("lwc1", "$f" + (4 + row) + ", " + 4 * row + "(" + from + ")");
        }
        for (int row = 0; row < TileLayout.ROWS; row++) {
            code.add("lwc1", "$f" + row + ", " + sumsAt + 4 * row + "(" + sums + ")");
        }
        for (int row = 0; row < TileLayout.ROWS; row++) {
            code.add("cvt.s.w", "$f" + row + ", $f" + row);
        }
    }

    /** Rows with a scale for each turn: the four rows of a tile go through their groups together. */
    private void grouped(CSource out, String name) {
        int groups = tiles.groups();
        int groupBytes = tiles.tileBytes() / groups;
        out.line("/* Rows of " + columns + " codes of " + encoding.bits() + " bits with a scale for each of " + groups
                + " groups of " + tiles.turnColumns() + ". */");
        out.line("static void " + name + "(float *out, const u8 *tiles, u32 count, const activation *a) {");
        out.line("    s32 *sums = SCRATCHPAD_WORK;");
        out.line("    const u8 *end = tiles + count * " + tiles.tileBytes() + "u, *stop;");
        out.line("    const s16 *x;");
        out.line("    const s32 *g;");
        code.add("lq", "$" + MASK + ", 0(%[mask])");
        code.label(1);
        code.add("addiu", "%[stop], %[tiles], " + tiles.tileBytes());
        code.add("move", "%[x], %[codes]");
        code.add("move", "%[g], %[groups]");
        for (int row = 0; row < TileLayout.ROWS; row++) {
            code.add("mtc1", "$0, $f" + (8 + row));
        }
        code.label(2);
        for (int field = 0; field < fields; field++) {
            code.add("lq", "$" + VECTOR[field] + ", " + field * TileLayout.QUADWORD + "(%[x])");
        }
        int[] rows = {2, 8, 9, 24};
        for (int row = 0; row < TileLayout.ROWS; row++) {
            int weights = rows[row];
            code.add("lq", "$" + weights + ", " + (row + 1) * TileLayout.QUADWORD + "(%[tiles])");
            for (int field = 0; field < fields; field++) {
                extract(FIELD[field % 2], weights, field);
                code.add(field == 0 ? "pmulth" : "pmaddh", "$0, $" + FIELD[field % 2] + ", $" + VECTOR[field]);
            }
            code.add("pmflo", "$14");
            code.add("pmfhi", "$15");
            code.add("paddw", "$" + weights + ", $14, $15");
        }
        // The last row's register is one of those that adding up needs.
        code.add("por", "$10, $24, $0");
        sumRows(2, 8, 9, 10);
        code.add("lw", "$8, 0(%[g])");
        code.add("pextlw", "$8, $8, $8");
        code.add("pcpyld", "$8, $8, $8");
        code.add("paddw", "$2, $2, $8");
        code.add("sq", "$2, 0(%[sums])");
        scales("%[tiles]", "", "%[sums]");
        for (int row = 0; row < TileLayout.ROWS; row++) {
            code.add("mul.s", "$f" + row + ", $f" + row + ", $f" + (4 + row));
        }
        code.add("addiu", "%[tiles], %[tiles], " + groupBytes);
        code.add("addiu", "%[x], %[x], " + 2 * tiles.turnColumns());
        code.add("addiu", "%[g], %[g], 4");
        for (int row = 0; row < TileLayout.ROWS; row++) {
            code.add("add.s", "$f" + (8 + row) + ", $f" + (8 + row) + ", $f" + row);
        }
        code.add("bne", "%[tiles], %[stop], 2b");
        code.add("nop", "");
        for (int row = 0; row < TileLayout.ROWS; row++) {
            code.add("mul.s", "$f" + row + ", $f" + (8 + row) + ", %[step]");
        }
        code.add("addiu", "%[out], %[out], 16");
        for (int row = 0; row < TileLayout.ROWS; row++) {
            code.add("swc1", "$f" + row + ", " + (4 * row - 16) + "(%[out])");
        }
        code.add("bne", "%[tiles], %[end], 1b");
        code.add("nop", "");
        code.write(
                out,
                "[out] \"+r\"(out), [tiles] \"+r\"(tiles), [x] \"=&r\"(x), [g] \"=&r\"(g), [stop] \"=&r\"(stop)",
                "[end] \"r\"(end), [codes] \"r\"(a->codes), [groups] \"r\"(a->group_sums), [mask] \"r\"(mask), "
                        + "[sums] \"r\"(sums), [step] \"f\"(a->step)",
                "\"$24\", " + CLOBBERS);
        out.line("}");
    }
}
