package soliloquy.llm.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Writes functions that multiply rows of floats with a vector: part of the vector is in the FPU's registers while all rows pass by, one number a
 * cycle. A row's sum goes on from what is in {@code out}, number by number in order, in the FPU's accumulator.
 */
final class RowKernels {
    /** Numbers of the vector in registers at once. */
    private static final int LONGEST = 16;

    private static final int LOADED = 16;
    private static final int RESULT = 20;
    private static final int ZERO = 21;

    private final SortedSet<Integer> lengths = new TreeSet<>();

    /** The pieces into which a vector of {@code n} numbers is cut. */
    List<Integer> pieces(int n) {
        List<Integer> pieces = new ArrayList<>();
        for (int left = n; left > 0; left -= LONGEST) {
            pieces.add(Math.min(left, LONGEST));
        }
        lengths.addAll(pieces);
        return pieces;
    }

    /** Writes a function for each length of piece that was asked for. */
    void write(CSource out) {
        for (int length : lengths) {
            write(out, length);
        }
    }

    /** The function's name. */
    static String name(int length) {
        return "rows_" + length;
    }

    private static void write(CSource out, int length) {
        out.blank();
        out.line("/* out[r] = out[r] + x[0] * row r's number 0 + ... + x[" + (length - 1) + "] * its number "
                + (length - 1) + "; rows are `stride` bytes apart. */");
        out.line("static void " + name(length)
                + "(float *out, const float *row, u32 stride, const float *x, u32 rows) {");
        out.line("    const float *end = out + rows;");
        Assembly code = new Assembly();
        for (int i = 0; i < length; i++) {
            code.add("lwc1", "$f" + i + ", " + 4 * i + "(%[x])");
        }
        code.add("mtc1", "$0, $f" + ZERO);
        code.label(1);
        code.add("lwc1", "$f" + RESULT + ", 0(%[out])");
        for (int i = 0; i < Math.min(2, length); i++) {
            code.add("lwc1", "$f" + (LOADED + i) + ", " + 4 * i + "(%[row])");
        }
        code.add("adda.s", "$f" + RESULT + ", $f" + ZERO);
        for (int i = 0; i < length; i++) {
            if (i + 2 < length) {
                code.add("lwc1", "$f" + (LOADED + (i + 2) % 4) + ", " + 4 * (i + 2) + "(%[row])");
            }
            boolean last = i == length - 1;
            code.add(
                    last ? "madd.s" : "madda.s",
                    (last ? "$f" + RESULT + ", " : "") + "$f" + i + ", $f" + (LOADED + i % 4));
        }
        code.add("addu", "%[row], %[row], %[stride]");
        code.add("addiu", "%[out], %[out], 4");
        code.add("bne", "%[out], %[end], 1b");
        code.add("swc1", "$f" + RESULT + ", -4(%[out])");
        StringBuilder clobbers = new StringBuilder("\"$f0\"");
        for (int i = 1; i <= ZERO; i++) {
            clobbers.append(", \"$f").append(i).append('"');
        }
        code.write(
                out,
                "[out] \"+r\"(out), [row] \"+r\"(row)",
                "[end] \"r\"(end), [stride] \"r\"(stride), [x] \"r\"(x)",
                clobbers.toString());
        out.line("}");
    }
}
