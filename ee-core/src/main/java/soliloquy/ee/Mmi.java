package soliloquy.ee;

import static soliloquy.ee.Lanes.BYTES;
import static soliloquy.ee.Lanes.HALVES;
import static soliloquy.ee.Lanes.WORDS;
import static soliloquy.ee.Lanes.word;
import static soliloquy.ee.Lanes.words;

/**
 * The multimedia instructions: lane by lane on 128-bit registers. Arithmetic, comparison and shifts are here, rearrangement in
 * {@link MmiShuffle}, multiplication and division in {@link MmiMultiply}. Source: ps2autotests cpu/ee_simd, every row.
 */
final class Mmi {
    private final R5900 cpu;
    final MmiShuffle shuffle;
    final MmiMultiply multiply;

    Mmi(R5900 cpu) {
        this.cpu = cpu;
        shuffle = new MmiShuffle(cpu);
        multiply = new MmiMultiply(cpu);
    }

    /** Executes an instruction with decoded operands. */
    void execute(Instruction row, int d, int s, int t) {
        long[] g = cpu.gpr;
        long a = g[s];
        long b = g[t];
        long c = g[s + 1];
        long e = g[t + 1];
        switch (row) {
            case PADDB -> set(d, Lanes.add(a, b, BYTES), Lanes.add(c, e, BYTES));
            case PADDH -> set(d, Lanes.add(a, b, HALVES), Lanes.add(c, e, HALVES));
            case PADDW -> set(d, Lanes.add(a, b, WORDS), Lanes.add(c, e, WORDS));
            case PSUBB -> set(d, Lanes.subtract(a, b, BYTES), Lanes.subtract(c, e, BYTES));
            case PSUBH -> set(d, Lanes.subtract(a, b, HALVES), Lanes.subtract(c, e, HALVES));
            case PSUBW -> set(d, Lanes.subtract(a, b, WORDS), Lanes.subtract(c, e, WORDS));
            case PADDSB -> set(d, Lanes.addSigned(a, b, BYTES), Lanes.addSigned(c, e, BYTES));
            case PADDSH -> set(d, Lanes.addSigned(a, b, HALVES), Lanes.addSigned(c, e, HALVES));
            case PADDSW -> set(d, Lanes.addSigned(a, b, WORDS), Lanes.addSigned(c, e, WORDS));
            case PSUBSB -> set(d, Lanes.subtractSigned(a, b, BYTES), Lanes.subtractSigned(c, e, BYTES));
            case PSUBSH -> set(d, Lanes.subtractSigned(a, b, HALVES), Lanes.subtractSigned(c, e, HALVES));
            case PSUBSW -> set(d, Lanes.subtractSigned(a, b, WORDS), Lanes.subtractSigned(c, e, WORDS));
            case PADDUB -> set(d, Lanes.addUnsigned(a, b, BYTES), Lanes.addUnsigned(c, e, BYTES));
            case PADDUH -> set(d, Lanes.addUnsigned(a, b, HALVES), Lanes.addUnsigned(c, e, HALVES));
            case PADDUW -> set(d, Lanes.addUnsigned(a, b, WORDS), Lanes.addUnsigned(c, e, WORDS));
            case PSUBUB -> set(d, Lanes.subtractUnsigned(a, b, BYTES), Lanes.subtractUnsigned(c, e, BYTES));
            case PSUBUH -> set(d, Lanes.subtractUnsigned(a, b, HALVES), Lanes.subtractUnsigned(c, e, HALVES));
            case PSUBUW -> set(d, Lanes.subtractUnsigned(a, b, WORDS), Lanes.subtractUnsigned(c, e, WORDS));
            case PCGTB -> set(d, Lanes.greater(a, b, BYTES), Lanes.greater(c, e, BYTES));
            case PCGTH -> set(d, Lanes.greater(a, b, HALVES), Lanes.greater(c, e, HALVES));
            case PCGTW -> set(d, Lanes.greater(a, b, WORDS), Lanes.greater(c, e, WORDS));
            case PCEQB -> set(d, Lanes.equal(a, b, BYTES), Lanes.equal(c, e, BYTES));
            case PCEQH -> set(d, Lanes.equal(a, b, HALVES), Lanes.equal(c, e, HALVES));
            case PCEQW -> set(d, Lanes.equal(a, b, WORDS), Lanes.equal(c, e, WORDS));
            case PMAXH -> set(d, Lanes.max(a, b, HALVES), Lanes.max(c, e, HALVES));
            case PMAXW -> set(d, Lanes.max(a, b, WORDS), Lanes.max(c, e, WORDS));
            case PMINH -> set(d, Lanes.min(a, b, HALVES), Lanes.min(c, e, HALVES));
            case PMINW -> set(d, Lanes.min(a, b, WORDS), Lanes.min(c, e, WORDS));
            case PADSBH -> set(d, Lanes.subtract(a, b, HALVES), Lanes.add(c, e, HALVES));
            case PABSH -> set(d, Lanes.magnitude(a, HALVES), Lanes.magnitude(c, HALVES));
            case PABSW -> set(d, Lanes.magnitude(a, WORDS), Lanes.magnitude(c, WORDS));
            case PAND -> set(d, a & b, c & e);
            case POR -> set(d, a | b, c | e);
            case PXOR -> set(d, a ^ b, c ^ e);
            case PNOR -> set(d, ~(a | b), ~(c | e));
            case PSLLH -> set(d, Lanes.shiftLeftHalves(a, t & 15), Lanes.shiftLeftHalves(c, t & 15));
            case PSRLH -> set(d, Lanes.shiftRightHalves(a, t & 15), Lanes.shiftRightHalves(c, t & 15));
            case PSRAH -> set(d, Lanes.shiftArithmeticHalves(a, t & 15), Lanes.shiftArithmeticHalves(c, t & 15));
            case PSLLW -> set(d, Lanes.shiftLeftWords(a, t), Lanes.shiftLeftWords(c, t));
            case PSRLW -> set(d, Lanes.shiftRightWords(a, t), Lanes.shiftRightWords(c, t));
            case PSRAW -> set(d, Lanes.shiftArithmeticWords(a, t), Lanes.shiftArithmeticWords(c, t));
            case PSLLVW -> set(d, (int) a << (int) b, (int) c << (int) e);
            case PSRLVW -> set(d, (int) a >>> (int) b, (int) c >>> (int) e);
            case PSRAVW -> set(d, (int) a >> (int) b, (int) c >> (int) e);
            case PLZCW -> g[d] = words(leadingSigns((int) a), leadingSigns(word(a, 1)));
            default -> throw new IllegalStateException(row + " is not multimedia arithmetic");
        }
    }

    private static int leadingSigns(int value) {
        return Integer.numberOfLeadingZeros(value < 0 ? ~value : value) - 1;
    }

    private void set(int d, long low, long high) {
        cpu.gpr[d] = low;
        cpu.gpr[d + 1] = high;
    }
}
