package soliloquy.ee;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which registers a region can keep as 32-bit integers: those to which it only assigns words with their sign extended. HotSpot makes
 * better loops of them than of 64-bit ones. Where the value at entry matters beyond its low word, it is tested there.
 */
final class RegionTypes {
    /** Registers the region reads or writes. */
    final BitSet used = new BitSet(RegisterEffects.COUNT);
    /** Registers the region writes. */
    final BitSet written = new BitSet(RegisterEffects.COUNT);
    /** General registers kept as 64 bits. */
    final BitSet wide = new BitSet(RegisterEffects.COUNT);

    /** Pairs of halves, by the lower, that are kept as one vector of 128 bits. */
    final BitSet vectors = new BitSet(RegisterEffects.COUNT);
    /** True if LO and HI are kept as one vector of 256 bits. */
    final boolean products;

    private final List<Operation> operations = new ArrayList<>();

    /**
     * @param shape the region
     * @param notWords registers that were found to hold other values than sign-extended words at entry
     * @param withVectors true to keep registers of 128 bits as vectors
     */
    RegionTypes(RegionShape shape, BitSet notWords, boolean withVectors) {
        for (RegionBlock block : shape.blocks) {
            operations.addAll(block.body);
            if (block.branch != null) {
                operations.add(block.branch);
                operations.add(block.slot);
            }
        }
        wide.or(notWords);
        products = withVectors && operations.stream().anyMatch(operation -> VectorEmitter.multiplies(operation.row()));
        if (withVectors) {
            operations.forEach(this::addVectors);
        }
        for (Operation operation : operations) {
            RegisterEffects effects = effects(operation);
            used.or(effects.reads);
            used.or(effects.writes);
            written.or(effects.writes);
        }
        for (int low = 0; low < R5900.SINK; low += 2) {
            wide.set(low + 1);
            if (used.get(low + 1) && low < R5900.LO || isVector(low)) {
                wide.set(low);
            }
        }
        while (widenOnce()) {}
    }

    /** The general registers of which {@code operation} reads or writes 128 bits. */
    private void addVectors(Operation operation) {
        RegisterEffects effects = RegisterEffects.of(operation);
        for (int low = 2; low < R5900.LO; low += 2) {
            vectors.set(low, vectors.get(low) || effects.reads.get(low + 1) || effects.writes.get(low + 1));
        }
    }

    /** True if a half of a register is part of a vector. */
    boolean isVector(int register) {
        return register < R5900.LO
                ? vectors.get(register & ~1)
                : products && register < R5900.SINK && register >= R5900.LO;
    }

    /** What {@code operation} reads and writes: of vectors the whole, which it also reads where it writes a part. */
    RegisterEffects effects(Operation operation) {
        RegisterEffects effects = RegisterEffects.of(operation);
        vectors.stream().forEach(low -> effects.join(low, 2));
        if (products) {
            effects.join(R5900.LO, 4);
        }
        return effects;
    }

    /** The words whose value at entry matters beyond its low 32 bits. */
    BitSet tested() {
        BitSet tested = (BitSet) written.clone();
        for (Operation operation : operations) {
            if (!takesWords(operation)) {
                tested.or(RegisterEffects.of(operation).reads);
            }
        }
        tested.andNot(wide);
        tested.clear(RegisterEffects.FPR, RegisterEffects.COUNT);
        return tested;
    }

    /** True if {@code operation} looks at no more than the low words of what it reads. */
    private static boolean takesWords(Operation operation) {
        return switch (operation.row()) {
            case ADDU, SUBU, ADDIU, SLL, SRL, SRA, SLLV, SRLV, SRAV, MULT, MULTU, DIV, DIVU -> true;
            case LB, LBU, LH, LHU, LW, LWU, LD, LQ, LWC1, SB, SH, SW, SWC1, MTC1, JR, JALR -> true;
            default -> false;
        };
    }

    boolean isWord(int register) {
        return register == 0 || register < RegisterEffects.FPR && !wide.get(register);
    }

    private boolean widenOnce() {
        int before = wide.cardinality();
        for (Operation operation : operations) {
            if (operation.row().unit == Instruction.Unit.FPU) {
                continue;
            }
            if (!writesWord(operation)) {
                wide.set(operation.d());
            }
            switch (operation.row()) {
                case MTLO -> follow(operation.s(), R5900.LO);
                case MTHI -> follow(operation.s(), R5900.HI);
                default -> {
                    if (operation.row().unit == Instruction.Unit.MMI) {
                        BitSet writes = RegisterEffects.of(operation).writes;
                        wide.or(writes);
                    }
                }
            }
        }
        return wide.cardinality() != before;
    }

    private void follow(int source, int destination) {
        if (!isWord(source)) {
            wide.set(destination);
        }
    }

    /** True if what {@code operation} writes to its operand {@code d} is a sign-extended word, or it writes none. */
    private boolean writesWord(Operation operation) {
        int s = operation.s();
        int t = operation.t();
        return switch (operation.row()) {
            case AND, OR, XOR, NOR -> isWord(s) && isWord(t);
            case MOVZ, MOVN -> isWord(s);
            case DADDU -> s == 0 && isWord(t) || t == 0 && isWord(s);
            case DADDIU -> s == 0;
            case ORI, XORI -> isWord(s);
            case MFLO -> isWord(R5900.LO);
            case MFHI -> isWord(R5900.HI);
            case MFLO1 -> isWord(R5900.LO + 1);
            case MFHI1 -> isWord(R5900.HI + 1);
            case DSRA32 -> true;
            case DSRL32 -> t > 0;
            case DSUBU, DSLL, DSRL, DSRA, DSLL32, DSLLV, DSRLV, DSRAV, LWU, LD, LQ -> false;
            default -> operation.row().unit != Instruction.Unit.MMI;
        };
    }
}
