package soliloquy.ee;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Writes multimedia instructions on the two 64-bit halves of registers, by the functions of {@link Lanes} and {@link LaneShuffle}. */
final class MmiEmitter {
    /** The instructions of this class. */
    static final Set<Instruction> ROWS = new HashSet<>();

    /** Instructions that do the same to both halves: a function of {@link Lanes} and the width of its lanes. */
    private record EachHalf(String function, long tops) {}

    private static final Map<Instruction, EachHalf> EACH_HALF = new EnumMap<>(Instruction.class);

    /** Shifts by a constant count. */
    private static final Map<Instruction, String> SHIFTS = new EnumMap<>(Instruction.class);

    static {
        of("add", Instruction.PADDB, Instruction.PADDH, Instruction.PADDW);
        of("subtract", Instruction.PSUBB, Instruction.PSUBH, Instruction.PSUBW);
        of("addSigned", Instruction.PADDSB, Instruction.PADDSH, Instruction.PADDSW);
        of("subtractSigned", Instruction.PSUBSB, Instruction.PSUBSH, Instruction.PSUBSW);
        of("addUnsigned", Instruction.PADDUB, Instruction.PADDUH, Instruction.PADDUW);
        of("subtractUnsigned", Instruction.PSUBUB, Instruction.PSUBUH, Instruction.PSUBUW);
        of("greater", Instruction.PCGTB, Instruction.PCGTH, Instruction.PCGTW);
        of("equal", Instruction.PCEQB, Instruction.PCEQH, Instruction.PCEQW);
        EACH_HALF.put(Instruction.PMAXH, new EachHalf("max", Lanes.HALVES));
        EACH_HALF.put(Instruction.PMAXW, new EachHalf("max", Lanes.WORDS));
        EACH_HALF.put(Instruction.PMINH, new EachHalf("min", Lanes.HALVES));
        EACH_HALF.put(Instruction.PMINW, new EachHalf("min", Lanes.WORDS));
        SHIFTS.put(Instruction.PSLLH, "shiftLeftHalves");
        SHIFTS.put(Instruction.PSRLH, "shiftRightHalves");
        SHIFTS.put(Instruction.PSRAH, "shiftArithmeticHalves");
        SHIFTS.put(Instruction.PSLLW, "shiftLeftWords");
        SHIFTS.put(Instruction.PSRLW, "shiftRightWords");
        SHIFTS.put(Instruction.PSRAW, "shiftArithmeticWords");
        ROWS.addAll(EACH_HALF.keySet());
        ROWS.addAll(SHIFTS.keySet());
        ROWS.addAll(Set.of(
                Instruction.PAND,
                Instruction.POR,
                Instruction.PXOR,
                Instruction.PNOR,
                Instruction.PABSH,
                Instruction.PABSW,
                Instruction.PEXTLW,
                Instruction.PEXTUW,
                Instruction.PEXTLH,
                Instruction.PEXTUH,
                Instruction.PEXTLB,
                Instruction.PEXTUB,
                Instruction.PPACW,
                Instruction.PPACH,
                Instruction.PPACB,
                Instruction.PCPYLD,
                Instruction.PCPYUD));
        ROWS.addAll(Set.of(
                Instruction.PCPYH,
                Instruction.PEXEH,
                Instruction.PEXCH,
                Instruction.PREVH,
                Instruction.PEXEW,
                Instruction.PEXCW,
                Instruction.PROT3W,
                Instruction.PMFHI,
                Instruction.PMFLO,
                Instruction.PMTHI,
                Instruction.PMTLO,
                Instruction.PMULTH,
                Instruction.PMADDH,
                Instruction.PMSUBH,
                Instruction.PMULTW,
                Instruction.PMADDW,
                Instruction.PMSUBW));
    }

    private static void of(String function, Instruction bytes, Instruction halves, Instruction words) {
        EACH_HALF.put(bytes, new EachHalf(function, Lanes.BYTES));
        EACH_HALF.put(halves, new EachHalf(function, Lanes.HALVES));
        EACH_HALF.put(words, new EachHalf(function, Lanes.WORDS));
    }

    private static final ClassDesc LANES = ClassDesc.of("soliloquy.ee.Lanes");
    private static final ClassDesc SHUFFLE = ClassDesc.of("soliloquy.ee.LaneShuffle");
    private static final ClassDesc PRODUCTS = ClassDesc.of("soliloquy.ee.LaneProducts");
    private static final MethodTypeDesc UNARY = MethodTypeDesc.ofDescriptor("(J)J");
    private static final MethodTypeDesc BINARY = MethodTypeDesc.ofDescriptor("(JJ)J");
    private static final MethodTypeDesc TERNARY = MethodTypeDesc.ofDescriptor("(JJJ)J");
    private static final MethodTypeDesc COUNTED = MethodTypeDesc.ofDescriptor("(JI)J");
    private static final int LO = R5900.LO;
    private static final int HI = R5900.HI;

    private final CodeBuilder code;
    private final RegionRegisters registers;

    MmiEmitter(RegionEmitter emitter) {
        code = emitter.code;
        registers = emitter.registers;
    }

    void emit(Operation operation) {
        int d = operation.d();
        int s = operation.s();
        int t = operation.t();
        Instruction row = operation.row();
        EachHalf each = EACH_HALF.get(row);
        if (each != null) {
            lanes(each, s, t);
            lanes(each, s + 1, t + 1);
            take(d);
            return;
        }
        String shift = SHIFTS.get(row);
        if (shift != null) {
            int count = shift.endsWith("Halves") ? t & 15 : t;
            push(s);
            code.loadConstant(count).invokestatic(LANES, shift, COUNTED);
            push(s + 1);
            code.loadConstant(count).invokestatic(LANES, shift, COUNTED);
            take(d);
            return;
        }
        switch (row) {
            case PAND -> eachHalf(d, s, t, code::land);
            case POR -> eachHalf(d, s, t, code::lor);
            case PXOR -> eachHalf(d, s, t, code::lxor);
            case PNOR -> eachHalf(d, s, t, () -> code.lor().loadConstant(-1L).lxor());
            case PABSH -> magnitude(d, s, Lanes.HALVES);
            case PABSW -> magnitude(d, s, Lanes.WORDS);
            case PEXTLW -> interleave(d, s, t, "Words");
            case PEXTUW -> interleave(d, s + 1, t + 1, "Words");
            case PEXTLH -> interleave(d, s, t, "Halves");
            case PEXTUH -> interleave(d, s + 1, t + 1, "Halves");
            case PEXTLB -> interleave(d, s, t, "Bytes");
            case PEXTUB -> interleave(d, s + 1, t + 1, "Bytes");
            case PPACW -> pack(d, s, t, "packWords");
            case PPACH -> pack(d, s, t, "packHalves");
            case PPACB -> pack(d, s, t, "packBytes");
            case PCPYLD -> copy(d, t, s);
            case PCPYUD -> copy(d, s + 1, t + 1);
            case PCPYH -> rearrange(d, s, "copyHalf");
            case PEXEH -> rearrange(d, s, "exchangeEvenHalves");
            case PEXCH -> rearrange(d, s, "exchangeCenterHalves");
            case PREVH -> rearrange(d, s, "reverseHalves");
            case PEXEW -> cross(d, s, "exchangeEvenWordsLow", "exchangeEvenWordsHigh");
            case PEXCW -> cross(d, s, "exchangeCenterWordsLow", "exchangeCenterWordsHigh");
            case PROT3W -> cross(d, s, "rotateWordsLow", "rotateWordsHigh");
            case PMFHI -> copy(d, HI, HI + 1);
            case PMFLO -> copy(d, LO, LO + 1);
            case PMTHI -> copy(HI, s, s + 1);
            case PMTLO -> copy(LO, s, s + 1);
            case PMULTH -> products(d, s, t, "low", "high");
            case PMADDH -> products(d, s, t, "addLow", "addHigh");
            case PMSUBH -> products(d, s, t, "subtractLow", "subtractHigh");
            case PMULTW -> wordProducts(d, s, t, "multiply");
            case PMADDW -> wordProducts(d, s, t, "add");
            case PMSUBW -> wordProducts(d, s, t, "subtract");
            default -> throw new IllegalStateException(row + " is no multimedia instruction of regions");
        }
    }

    private void push(int register) {
        registers.pushLong(register);
    }

    /** Pops the high half, then the low one. */
    private void take(int d) {
        registers.popLong(d + 1);
        registers.popLong(d);
    }

    private void lanes(EachHalf each, int s, int t) {
        push(s);
        push(t);
        code.loadConstant(each.tops).invokestatic(LANES, each.function, TERNARY);
    }

    private void eachHalf(int d, int s, int t, Runnable operator) {
        push(s);
        push(t);
        operator.run();
        push(s + 1);
        push(t + 1);
        operator.run();
        take(d);
    }

    private void magnitude(int d, int s, long tops) {
        push(s);
        code.loadConstant(tops).invokestatic(LANES, "magnitude", BINARY);
        push(s + 1);
        code.loadConstant(tops).invokestatic(LANES, "magnitude", BINARY);
        take(d);
    }

    private void interleave(int d, int s, int t, String lanes) {
        push(t);
        push(s);
        code.invokestatic(SHUFFLE, "interleaveLow" + lanes, BINARY);
        push(t);
        push(s);
        code.invokestatic(SHUFFLE, "interleaveHigh" + lanes, BINARY);
        take(d);
    }

    private void pack(int d, int s, int t, String function) {
        push(t);
        push(t + 1);
        code.invokestatic(SHUFFLE, function, BINARY);
        push(s);
        push(s + 1);
        code.invokestatic(SHUFFLE, function, BINARY);
        take(d);
    }

    private void copy(int d, int low, int high) {
        push(low);
        push(high);
        take(d);
    }

    private void rearrange(int d, int s, String function) {
        push(s);
        code.invokestatic(SHUFFLE, function, UNARY);
        push(s + 1);
        code.invokestatic(SHUFFLE, function, UNARY);
        take(d);
    }

    private void cross(int d, int s, String low, String high) {
        push(s);
        push(s + 1);
        code.invokestatic(SHUFFLE, low, BINARY);
        push(s);
        push(s + 1);
        code.invokestatic(SHUFFLE, high, BINARY);
        take(d);
    }

    /**
     * Eight products of halfwords: those of words 0 and 1 of each half in LO, the others in HI; even words in {@code d}.
     *
     * @param low function of {@link LaneProducts} for words 0 and 1
     * @param high that for the others
     */
    private void products(int d, int s, int t, String low, String high) {
        for (int half = 0; half < 2; half++) {
            product(LO + half, low, s + half, t + half);
            product(HI + half, high, s + half, t + half);
        }
        if (d < R5900.SINK) {
            for (int half = 0; half < 2; half++) {
                push(LO + half);
                push(HI + half);
                code.invokestatic(PRODUCTS, "evenWords", BINARY);
            }
            take(d);
        }
    }

    private void product(int register, String function, int s, int t) {
        boolean accumulates = function.startsWith("add") || function.startsWith("subtract");
        if (accumulates) {
            push(register);
        }
        push(s);
        push(t);
        code.invokestatic(PRODUCTS, function, accumulates ? TERNARY : BINARY);
        registers.popLong(register);
    }

    private void wordProducts(int d, int s, int t, String function) {
        boolean whole = function.equals("multiply");
        for (int half = 0; half < 2; half++) {
            if (!whole) {
                push(LO + half);
                push(HI + half);
                code.invokestatic(PRODUCTS, "evenWords", BINARY);
            }
            push(s + half);
            push(t + half);
            code.invokestatic(PRODUCTS, "word", BINARY);
            if (function.equals("add")) {
                code.ladd();
            } else if (!whole) {
                code.lsub();
            }
            if (d < R5900.SINK) {
                code.dup2();
            }
            code.dup2().l2i().i2l();
            registers.popLong(LO + half);
            code.bipush(32).lshr();
            registers.popLong(HI + half);
        }
        if (d < R5900.SINK) {
            take(d);
        }
    }
}
