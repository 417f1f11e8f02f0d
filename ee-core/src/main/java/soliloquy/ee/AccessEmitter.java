package soliloquy.ee;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.EnumSet;
import java.util.Set;
import soliloquy.ee.RegionEmitter.Datum;

/**
 * Writes loads and stores. Only RDRAM at its cached user addresses is accessed here, and only where no decoded code is overwritten;
 * anything else leaves the region.
 */
final class AccessEmitter {
    /** The instructions of this class. */
    static final Set<Instruction> ROWS = EnumSet.of(
            Instruction.LB,
            Instruction.LBU,
            Instruction.LH,
            Instruction.LHU,
            Instruction.LW,
            Instruction.LWU,
            Instruction.LD,
            Instruction.LQ,
            Instruction.SB,
            Instruction.SH,
            Instruction.SW,
            Instruction.SD,
            Instruction.SQ,
            Instruction.LWC1,
            Instruction.SWC1);

    private static final ClassDesc MEMORY = ClassDesc.of("soliloquy.ee.RegionMemory");
    private static final ClassDesc INTEGER = ClassDesc.of("java.lang.Integer");
    private static final MethodTypeDesc BINARY = MethodTypeDesc.ofDescriptor("(II)I");
    /** Tells HotSpot that an address tested before is an index of RDRAM. */
    private static final int INDEX = 0x01FF_FFFF;

    private final RegionEmitter emitter;
    private final CodeBuilder code;
    private final RegionRegisters registers;
    private final int index;

    AccessEmitter(RegionEmitter emitter) {
        this.emitter = emitter;
        code = emitter.code;
        registers = emitter.registers;
        index = code.allocateLocal(TypeKind.INT);
    }

    void emit(Operation operation) {
        int d = operation.d();
        switch (operation.row()) {
            case LB -> {
                loadByte(operation);
                registers.popInt(d);
            }
            case LBU -> {
                loadByte(operation);
                code.loadConstant(0xFF).iand();
                registers.popInt(d);
            }
            case LH -> {
                load(operation, 1);
                registers.popInt(d);
            }
            case LHU -> {
                load(operation, 1);
                code.loadConstant(0xFFFF).iand();
                registers.popInt(d);
            }
            case LW -> {
                load(operation, 2);
                registers.popInt(d);
            }
            case LWU -> {
                load(operation, 2);
                code.i2l().loadConstant(0xFFFF_FFFFL).land();
                registers.popLong(d);
            }
            case LD -> {
                loadIndex(operation, 3);
                get(0, 8);
                registers.popLong(d);
            }
            case LWC1 -> {
                load(operation, 2);
                registers.popFloatBits(d);
            }
            case LQ -> {
                loadIndex(operation, 4);
                if (registers.isVector(d)) {
                    VectorEmitter.load(code, index);
                    registers.popVector(d);
                    return;
                }
                get(0, 8);
                registers.popLong(d);
                get(8, 8);
                registers.popLong(d + 1);
            }
            case SB -> {
                storeIndex(operation, 0);
                emitter.push(Datum.RAM);
                code.iload(index);
                registers.pushInt(d);
                code.bastore();
            }
            case SH -> storeWord(operation, 1);
            case SW -> storeWord(operation, 2);
            case SWC1 -> {
                storeIndex(operation, 2);
                place(0);
                registers.pushFloatBits(d);
                code.i2l();
                set(4);
            }
            case SD -> {
                storeIndex(operation, 3);
                place(0);
                registers.pushLong(d);
                set(8);
            }
            case SQ -> {
                storeIndex(operation, 4);
                if (registers.isVector(d)) {
                    registers.pushVector(d);
                    VectorEmitter.store(code, index);
                    return;
                }
                place(0);
                registers.pushLong(d);
                set(8);
                place(8);
                registers.pushLong(d + 1);
                set(8);
            }
            default -> throw new IllegalStateException(operation.row() + " is no load or store");
        }
    }

    /**
     * Leaves in {@link #index} the place in RDRAM, or leaves the region.
     *
     * @param alignment logarithm of the size; quadwords, with 4, ignore the low bits of the address instead of testing them
     */
    private void index(Operation operation, int alignment) {
        registers.pushInt(operation.s());
        if (operation.t() != 0) {
            code.loadConstant(operation.t()).iadd();
        }
        code.istore(index);
        if (emitter.inRounds && alignment < 4) {
            testInRounds(alignment);
            return;
        }
        int tested = alignment == 4 ? 0 : alignment;
        code.iload(index).loadConstant(EeBus.USER_START).isub();
        if (tested > 0) {
            code.loadConstant(tested).invokestatic(INTEGER, "rotateRight", BINARY);
        }
        code.loadConstant(EeBus.USER_SIZE >> tested).invokestatic(INTEGER, "compareUnsigned", BINARY);
        code.ifge(emitter.exitHere());
        code.iload(index).loadConstant(INDEX & -1 << alignment).iand().istore(index);
    }

    /** PREF, where accesses cost time. */
    void prefetch(Operation operation) {
        index(operation, 0);
        emitter.times().prefetch(index, operation);
    }

    /** Tests alignment and place one after the other, and leaves the address as it is: so HotSpot can do both before the loop. */
    private void testInRounds(int alignment) {
        if (alignment > 0) {
            code.iload(index).loadConstant((1 << alignment) - 1).iand().ifne(emitter.exitHere());
        }
        code.iload(index).loadConstant(EeBus.USER_START).isub();
        code.loadConstant(EeBus.USER_SIZE).invokestatic(INTEGER, "compareUnsigned", BINARY);
        code.ifge(emitter.exitHere());
    }

    private void storeIndex(Operation operation, int alignment) {
        index(operation, alignment);
        emitter.push(Datum.CODE_PAGES);
        code.iload(index).loadConstant(EeBus.PAGE_SHIFT).ishr().baload().ifne(emitter.exitHere());
        if (emitter.times() != null) {
            emitter.times().store(index, operation);
        }
    }

    private void loadIndex(Operation operation, int alignment) {
        index(operation, alignment);
        if (emitter.watched) {
            emitter.push(Datum.CODE_PAGES);
            code.iload(index).loadConstant(EeBus.PAGE_SHIFT).ishr().baload();
            code.loadConstant(EeBus.PAGE_WITH_READS_WATCHED).iand().ifne(emitter.exitHere());
        }
        if (emitter.times() != null) {
            emitter.times().load(index, operation);
        }
    }

    private void loadByte(Operation operation) {
        loadIndex(operation, 0);
        emitter.push(Datum.RAM);
        code.iload(index).baload();
    }

    /** Pushes the halfword or word, sign-extended to an int. */
    private void load(Operation operation, int alignment) {
        loadIndex(operation, alignment);
        get(0, 1 << alignment);
        code.l2i();
    }

    private void storeWord(Operation operation, int alignment) {
        storeIndex(operation, alignment);
        place(0);
        registers.pushLong(operation.d());
        set(1 << alignment);
    }

    private void place(int offset) {
        emitter.push(Datum.RAM);
        code.iload(index);
        if (offset != 0) {
            code.loadConstant(offset).iadd();
        }
    }

    private void get(int offset, int bytes) {
        place(offset);
        code.loadConstant(bytes);
        code.invokestatic(MEMORY, "load", MethodTypeDesc.ofDescriptor("([BII)J"));
    }

    private void set(int bytes) {
        code.loadConstant(bytes);
        code.invokestatic(MEMORY, "store", MethodTypeDesc.ofDescriptor("([BIJI)V"));
    }
}
