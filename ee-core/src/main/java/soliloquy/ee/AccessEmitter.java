package soliloquy.ee;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import soliloquy.ee.RegionEmitter.Datum;

/**
 * Writes loads and stores. Only RDRAM at its cached user addresses and the scratchpad are accessed here, and only where no decoded code
 * is overwritten; anything else leaves the region. The scratchpad is tested for where an access has been seen in it.
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
    private static final ClassDesc HANDLE = ClassDesc.of("java.lang.invoke.VarHandle");
    private static final MethodTypeDesc GET_WORD = MethodTypeDesc.ofDescriptor("([BI)I");
    private static final MethodTypeDesc GET_DOUBLEWORD = MethodTypeDesc.ofDescriptor("([BI)J");
    private static final MethodTypeDesc SET_WORD = MethodTypeDesc.ofDescriptor("([BII)V");
    private static final MethodTypeDesc SET_DOUBLEWORD = MethodTypeDesc.ofDescriptor("([BIJ)V");
    private static final ClassDesc INTEGER = ClassDesc.of("java.lang.Integer");
    private static final MethodTypeDesc BINARY = MethodTypeDesc.ofDescriptor("(II)I");
    /** Tells HotSpot that an address tested before is an index of RDRAM. */
    private static final int INDEX = EeBus.SCRATCHPAD_INDEX - 1;

    private final RegionEmitter emitter;
    private final CodeBuilder code;
    private final RegionRegisters registers;
    private final DeviceEmitter devices;
    /** Where the present access is. */
    private Place place;
    /** Local variable for accesses alone. */
    private final int single;
    /** Local variables for groups of the present block. */
    private final List<Integer> locals = new ArrayList<>();

    private Map<Integer, AccessGroup> groups = Map.of();
    /** The groups that have been tested, and the local variable of each. */
    private final Map<AccessGroup, Integer> tested = new HashMap<>();

    /**
     * An index of {@link EeBus#ramBytes}.
     *
     * @param local the local variable that holds the index
     * @param distance what is to be added to it
     * @param bounded false if HotSpot does not see that it is in RDRAM, where it is
     */
    record Place(int local, int distance, boolean bounded) {
        void push(CodeBuilder code) {
            code.iload(local);
            if (distance != 0) {
                code.loadConstant(distance).iadd();
            }
        }
    }

    AccessEmitter(RegionEmitter emitter) {
        this.emitter = emitter;
        code = emitter.code;
        registers = emitter.registers;
        single = code.allocateLocal(TypeKind.INT);
        devices = new DeviceEmitter(emitter);
    }

    /** Begins a block, or begins it again. */
    void begin(RegionBlock block) {
        groups = AccessGroup.of(block);
        tested.clear();
    }

    void emit(Operation operation) {
        if (!devices.takes(operation)) {
            emitInMemory(operation);
            return;
        }
        Label memory = code.newLabel();
        Label done = code.newLabel();
        devices.emit(operation, memory);
        code.goto_(done);
        code.labelBinding(memory);
        emitInMemory(operation);
        code.labelBinding(done);
    }

    private void emitInMemory(Operation operation) {
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
                load(operation, 2);
                registers.popInt(d);
            }
            case LHU -> {
                load(operation, 2);
                code.loadConstant(0xFFFF).iand();
                registers.popInt(d);
            }
            case LW -> {
                load(operation, 4);
                registers.popInt(d);
            }
            case LWU -> {
                load(operation, 4);
                code.i2l().loadConstant(0xFFFF_FFFFL).land();
                registers.popLong(d);
            }
            case LD -> {
                loadIndex(operation);
                get(0, 8);
                registers.popLong(d);
            }
            case LWC1 -> {
                load(operation, 4);
                registers.popFloatBits(d);
            }
            case LQ -> {
                loadIndex(operation);
                if (registers.isVector(d)) {
                    VectorEmitter.load(code, () -> pushIndex(0));
                    registers.popVector(d);
                    return;
                }
                get(0, 8);
                registers.popLong(d);
                get(8, 8);
                registers.popLong(d + 1);
            }
            case SB -> {
                storeIndex(operation);
                place(0);
                registers.pushInt(d);
                code.bastore();
            }
            case SH -> storeWord(operation, 2);
            case SW -> storeWord(operation, 4);
            case SWC1 -> {
                storeIndex(operation);
                set(0, 4, () -> {
                    registers.pushFloatBits(d);
                    code.i2l();
                });
            }
            case SD -> {
                storeIndex(operation);
                set(0, 8, () -> registers.pushLong(d));
            }
            case SQ -> {
                storeIndex(operation);
                if (registers.isVector(d)) {
                    registers.pushVector(d);
                    VectorEmitter.store(code, () -> pushIndex(0));
                    return;
                }
                set(0, 8, () -> registers.pushLong(d));
                set(8, 8, () -> registers.pushLong(d + 1));
            }
            default -> throw new IllegalStateException(operation.row() + " is no load or store");
        }
    }

    /** Finds the place of an access, or leaves the region. */
    private void index(Operation operation) {
        AccessGroup group = groups.get(operation.address());
        if (group == null) {
            group = AccessGroup.of(operation);
        }
        Integer local = tested.get(group);
        if (local == null) {
            local = group.isSingle() ? single : groupLocal();
            test(operation.s(), group, local);
            tested.put(group, local);
        }
        place = new Place(local, operation.t() - group.start(), !isApart(group) || group.inScratchpad());
    }

    /** True if alignment is tested by itself, so that HotSpot can do both tests before the loop; else one test tells both. */
    private boolean isApart(AccessGroup group) {
        return emitter.inRounds && !group.ofQuadwords();
    }

    private int groupLocal() {
        int used = (int)
                tested.keySet().stream().filter(group -> !group.isSingle()).count();
        if (used == locals.size()) {
            locals.add(code.allocateLocal(TypeKind.INT));
        }
        return locals.get(used);
    }

    private void test(int base, AccessGroup group, int index) {
        registers.pushInt(base);
        if (group.start() != 0) {
            code.loadConstant(group.start()).iadd();
        }
        code.istore(index);
        if (isApart(group) && group.alignment() > 0) {
            code.iload(index).loadConstant((1 << group.alignment()) - 1).iand().ifne(emitter.exitHere());
        }
        if (!group.inScratchpad()) {
            testPlace(group, index, EeBus.USER_START, EeBus.USER_SIZE, emitter.exitHere());
            keepIndex(group, index, INDEX, 0);
            return;
        }
        Label elsewhere = code.newLabel();
        Label found = code.newLabel();
        testPlace(group, index, EeBus.SCRATCHPAD_START, EeBus.SCRATCHPAD_SIZE, elsewhere);
        keepIndex(group, index, EeBus.SCRATCHPAD_SIZE - 1, EeBus.SCRATCHPAD_INDEX);
        code.goto_(found);
        code.labelBinding(elsewhere);
        testPlace(group, index, EeBus.USER_START, EeBus.USER_SIZE, emitter.exitHere());
        keepIndex(group, index, INDEX, 0);
        code.labelBinding(found);
    }

    /**
     * Jumps to {@code not} if the accesses are not all in one memory.
     *
     * @param index the local variable that holds the address of the first
     */
    private void testPlace(AccessGroup group, int index, int start, int size, Label not) {
        int rotation = isApart(group) || group.ofQuadwords() ? 0 : group.alignment();
        code.iload(index).loadConstant(start).isub();
        if (rotation > 0) {
            // in place, because HotSpot does not always take Integer.rotateRight in, and a call costs all registers
            code.dup().loadConstant(rotation).iushr();
            code.swap().loadConstant(Integer.SIZE - rotation).ishl().ior();
        }
        int places = group.places(size);
        code.loadConstant((places + (1 << rotation) - 1) >> rotation)
                .invokestatic(INTEGER, "compareUnsigned", BINARY)
                .ifge(not);
    }

    /** Makes an index of the address; in rounds as a difference, which HotSpot follows, else so that its bounds are seen. */
    private void keepIndex(AccessGroup group, int index, int mask, int offset) {
        if (isApart(group)) {
            if (offset != 0) {
                code.iload(index)
                        .loadConstant(EeBus.SCRATCHPAD_START - offset)
                        .isub()
                        .istore(index);
            }
            return;
        }
        code.iload(index).loadConstant(mask & -1 << group.alignment()).iand();
        if (offset != 0) {
            code.loadConstant(offset).iadd();
        }
        code.istore(index);
    }

    /** PREF, where accesses cost time. */
    void prefetch(Operation operation) {
        index(operation);
        emitter.times().prefetch(place, operation);
    }

    private void storeIndex(Operation operation) {
        index(operation);
        emitter.push(Datum.CODE_PAGES);
        pushIndex(0);
        code.loadConstant(EeBus.PAGE_SHIFT).ishr().baload().ifne(emitter.exitHere());
        if (emitter.times() != null) {
            emitter.times().store(place, operation);
        }
    }

    private void loadIndex(Operation operation) {
        index(operation);
        if (emitter.watched) {
            emitter.push(Datum.CODE_PAGES);
            pushIndex(0);
            code.loadConstant(EeBus.PAGE_SHIFT).ishr().baload();
            code.loadConstant(EeBus.PAGE_WITH_READS_WATCHED).iand().ifne(emitter.exitHere());
        }
        if (emitter.times() != null) {
            emitter.times().load(place, operation);
        }
    }

    private void loadByte(Operation operation) {
        loadIndex(operation);
        place(0);
        code.baload();
    }

    /** Pushes the halfword or word, sign-extended to an int. */
    private void load(Operation operation, int bytes) {
        loadIndex(operation);
        get(0, bytes);
        code.l2i();
    }

    private void storeWord(Operation operation, int bytes) {
        storeIndex(operation);
        set(0, bytes, () -> registers.pushLong(operation.d()));
    }

    private void pushIndex(int offset) {
        new Place(place.local, place.distance + offset, place.bounded).push(code);
    }

    private void place(int offset) {
        emitter.push(Datum.RAM);
        pushIndex(offset);
    }

    private void get(int offset, int bytes) {
        if (emitter.warmedUp && bytes > 2) {
            boolean words = bytes == 4;
            emitter.push(words ? Datum.WORDS : Datum.DOUBLEWORDS);
            place(offset);
            code.invokevirtual(HANDLE, "get", words ? GET_WORD : GET_DOUBLEWORD);
            if (words) {
                code.i2l();
            }
            return;
        }
        place(offset);
        code.loadConstant(bytes);
        code.invokestatic(MEMORY, "load", MethodTypeDesc.ofDescriptor("([BII)J"));
    }

    /** Stores the low bytes of what {@code value} pushes, 64 bits. */
    private void set(int offset, int bytes, Runnable value) {
        if (emitter.warmedUp && bytes > 2) {
            boolean words = bytes == 4;
            emitter.push(words ? Datum.WORDS : Datum.DOUBLEWORDS);
            place(offset);
            value.run();
            if (words) {
                code.l2i();
            }
            code.invokevirtual(HANDLE, "set", words ? SET_WORD : SET_DOUBLEWORD);
            return;
        }
        place(offset);
        value.run();
        code.loadConstant(bytes);
        code.invokestatic(MEMORY, "store", MethodTypeDesc.ofDescriptor("([BIJI)V"));
    }

    /** Does each access that is made through a handle once, to an array of its own. */
    static void resolve(CodeBuilder code) {
        int array = code.allocateLocal(TypeKind.REFERENCE);
        code.bipush(Long.BYTES).newarray(TypeKind.BYTE).astore(array);
        code.loadConstant(Datum.WORDS.constant).aload(array).iconst_0();
        code.loadConstant(Datum.WORDS.constant).aload(array).iconst_0().invokevirtual(HANDLE, "get", GET_WORD);
        code.invokevirtual(HANDLE, "set", SET_WORD);
        code.loadConstant(Datum.DOUBLEWORDS.constant).aload(array).iconst_0();
        code.loadConstant(Datum.DOUBLEWORDS.constant)
                .aload(array)
                .iconst_0()
                .invokevirtual(HANDLE, "get", GET_DOUBLEWORD);
        code.invokevirtual(HANDLE, "set", SET_DOUBLEWORD);
    }
}
