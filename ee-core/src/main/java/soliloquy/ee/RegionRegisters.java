package soliloquy.ee;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.BitSet;
import soliloquy.ee.RegionEmitter.Datum;

/** The guest's registers as local variables of a region's method: where each is, and how it gets there and back. */
final class RegionRegisters {
    private static final int FPR = RegisterEffects.FPR;
    private static final ClassDesc PROCESSOR = ClassDesc.of("soliloquy.ee.R5900");
    private static final ClassDesc WIDE_FLOAT = ClassDesc.of("soliloquy.ee.WideFloat");
    private static final ClassDesc FLOAT = ClassDesc.of("java.lang.Float");
    private static final ClassDesc DOUBLE = ClassDesc.of("java.lang.Double");
    private static final MethodTypeDesc WIDEN = MethodTypeDesc.ofDescriptor("(I)J");
    private static final MethodTypeDesc NARROW = MethodTypeDesc.ofDescriptor("(J)I");

    final RegionTypes types;
    private final CodeBuilder code;
    private final int[] slots = new int[RegisterEffects.COUNT];
    /** Local variable: 64 bits on the way into a vector. */
    private final int half;
    /** Local variable: the upper word of a wide form on the way to memory. */
    private final int high;
    /** Local variables: the bits of FPU registers as they were loaded; 0: none yet. */
    private final int[] bits = new int[RegisterEffects.COUNT - FPR];
    /** The FPU registers whose bits are in those variables, where code is being written. */
    private final BitSet withBits = new BitSet();

    RegionRegisters(CodeBuilder code, RegionTypes types) {
        this.code = code;
        this.types = types;
        types.used.stream().forEach(this::allocate);
        high = code.allocateLocal(TypeKind.INT);
        half = types.vectors.isEmpty() && !types.products ? 0 : code.allocateLocal(TypeKind.LONG);
    }

    private void allocate(int register) {
        int first = firstOf(register);
        if (first != register) {
            slots[register] = slots[first];
        } else if (types.isVector(register)) {
            slots[register] = code.allocateLocal(TypeKind.REFERENCE);
        } else {
            slots[register] = code.allocateLocal(isInt(register) ? TypeKind.INT : TypeKind.LONG);
        }
    }

    /** The first half of the vector that {@code register} is part of, or itself. */
    private int firstOf(int register) {
        if (!types.isVector(register)) {
            return register;
        }
        return register >= R5900.LO ? R5900.LO : register & ~1;
    }

    /** Which 64 bits of its vector a half is; in the vector of LO and HI, halves of the two alternate. */
    private static int laneOf(int register) {
        return register >= R5900.LO ? (register & 1) << 1 | register >> 1 & 1 : register & 1;
    }

    private static int bitsOf(int register) {
        return register >= R5900.LO ? 256 : 128;
    }

    private CodeBuilder push(Datum datum) {
        return code.loadConstant(datum.constant);
    }

    private boolean isInt(int register) {
        return register < FPR ? types.isWord(register) : register == RegisterEffects.FCR31;
    }

    /** Loads registers; jumps to {@code refused} if one is not the word it is taken for. */
    void load(BitSet registers, BitSet tested, Label refused) {
        registers.stream().forEach(register -> load(register, tested.get(register) ? refused : null));
    }

    /** Gives the vectors that are not in {@code loaded} some value, so that parts of them can be set. */
    void clearVectors(BitSet loaded) {
        types.used.stream()
                .filter(register -> types.isVector(register) && firstOf(register) == register && !loaded.get(register))
                .forEach(register -> {
                    VectorEmitter.pushZero(code, bitsOf(register));
                    code.astore(slots[register]);
                });
    }

    private void load(int register, Label refused) {
        if (register == RegisterEffects.FCR31) {
            push(Datum.PROCESSOR)
                    .getfield(PROCESSOR, "fcr31", ConstantDescs.CD_int)
                    .istore(slots[register]);
        } else if (register == RegisterEffects.ACC) {
            push(Datum.PROCESSOR).getfield(PROCESSOR, "acc", ConstantDescs.CD_int);
            code.invokestatic(WIDE_FLOAT, "widen", WIDEN).lstore(slots[register]);
        } else if (register >= FPR) {
            push(Datum.FPR).loadConstant(register - FPR).iaload();
            code.invokestatic(WIDE_FLOAT, "widen", WIDEN).lstore(slots[register]);
        } else if (types.isVector(register)) {
            if (firstOf(register) == register) {
                VectorEmitter.loadRegisters(code, register, bitsOf(register));
                code.astore(slots[register]);
            }
        } else {
            push(Datum.GPR).loadConstant(register).laload();
            if (!types.isWord(register)) {
                code.lstore(slots[register]);
                return;
            }
            if (refused != null) {
                code.dup2().l2i().dup().istore(slots[register]).i2l().lcmp().ifne(refused);
                return;
            }
            code.l2i().istore(slots[register]);
        }
    }

    void store(BitSet registers) {
        registers.stream().forEach(this::store);
    }

    private void store(int register) {
        if (register == RegisterEffects.FCR31) {
            push(Datum.PROCESSOR).iload(slots[register]).putfield(PROCESSOR, "fcr31", ConstantDescs.CD_int);
        } else if (register == RegisterEffects.ACC) {
            push(Datum.PROCESSOR).lload(slots[register]).invokestatic(WIDE_FLOAT, "narrow", NARROW);
            code.putfield(PROCESSOR, "acc", ConstantDescs.CD_int);
        } else if (register >= FPR) {
            push(Datum.FPR).loadConstant(register - FPR).lload(slots[register]);
            code.invokestatic(WIDE_FLOAT, "narrow", NARROW).iastore();
        } else if (types.isVector(register)) {
            if (firstOf(register) == register) {
                code.aload(slots[register]);
                VectorEmitter.storeRegisters(code, register, bitsOf(register));
            }
        } else {
            push(Datum.GPR).loadConstant(register);
            pushLong(register);
            code.lastore();
        }
    }

    boolean isWord(int register) {
        return types.isWord(register);
    }

    /** Pushes the low word of a general register. */
    void pushInt(int register) {
        if (register == 0) {
            code.iconst_0();
        } else if (types.isWord(register)) {
            code.iload(slots[register]);
        } else {
            pushLong(register);
            code.l2i();
        }
    }

    /** Pushes the 64 bits of a general register or half of one. */
    void pushLong(int register) {
        if (register <= 1) {
            code.lconst_0();
        } else if (types.isVector(register)) {
            code.aload(slots[register]);
            VectorEmitter.pushLane(code, laneOf(register));
        } else if (types.isWord(register)) {
            code.iload(slots[register]).i2l();
        } else {
            code.lload(slots[register]);
        }
    }

    /** Pops a word, to be kept sign-extended. */
    void popInt(int register) {
        if (register >= R5900.SINK) {
            code.pop();
        } else if (types.isWord(register)) {
            code.istore(slots[register]);
        } else {
            code.i2l();
            popLong(register);
        }
    }

    /** Pops 64 bits; of a register kept as a word, they are known to be one. */
    void popLong(int register) {
        if (register >= R5900.SINK) {
            code.pop2();
        } else if (types.isVector(register)) {
            code.lstore(half).aload(slots[register]);
            VectorEmitter.replaceLane(code, laneOf(register), half);
            code.astore(slots[register]);
        } else if (types.isWord(register)) {
            code.l2i().istore(slots[register]);
        } else {
            code.lstore(slots[register]);
        }
    }

    /** True if a register of 128 bits is kept as a vector. */
    boolean isVector(int register) {
        return types.isVector(register);
    }

    /** Pushes a register of 128 bits, by its lower half, as a vector. */
    void pushVector(int register) {
        if (register == 0) {
            VectorEmitter.pushZero(code, 128);
        } else {
            code.aload(slots[register]);
        }
    }

    /** Pops the vector of a register of 128 bits. */
    void popVector(int register) {
        if (register >= R5900.SINK) {
            code.pop();
        } else {
            code.astore(slots[register]);
        }
    }

    /** Pushes LO and HI as one vector, where they are kept so. */
    void pushProducts() {
        code.aload(slots[R5900.LO]);
    }

    void popProducts() {
        code.astore(slots[R5900.LO]);
    }

    /** Code that is jumped to begins here: nothing is known of the bits of FPU registers. */
    void forgetBits() {
        withBits.clear();
    }

    /** Pushes the wide form of an FPU register, {@link RegisterEffects#ACC} minus {@link RegisterEffects#FPR} for the accumulator. */
    void pushFloat(int register) {
        code.lload(slots[FPR + register]);
    }

    void popFloat(int register) {
        code.lstore(slots[FPR + register]);
        withBits.clear(register);
    }

    /** Pushes the bits of an FPU register. */
    void pushFloatBits(int register) {
        if (withBits.get(register)) {
            code.iload(bits[register]);
            return;
        }
        Label small = code.newLabel();
        pushFloat(register);
        code.loadConstant(32).lushr().l2i().istore(high);
        pushFloat(register);
        code.loadConstant(29).lushr().l2i();
        code.iload(high).loadConstant(WideFloat.HIGH_EXPONENT).iand().ifeq(small);
        code.loadConstant(WideFloat.UNBIAS).iadd();
        code.labelBinding(small).loadConstant(Integer.MAX_VALUE).iand();
        code.iload(high).loadConstant(Integer.MIN_VALUE).iand().ior();
    }

    /** Pops the bits of an FPU register. They are kept beside the wide form, which HotSpot leaves out where only the bits are used. */
    void popFloatBits(int register) {
        if (bits[register] == 0) {
            bits[register] = code.allocateLocal(TypeKind.INT);
        }
        int local = bits[register];
        code.istore(local);
        Label ordinary = code.newLabel();
        Label small = code.newLabel();
        Label done = code.newLabel();
        code.iload(local)
                .iconst_1()
                .ishl()
                .loadConstant(WideFloat.FIRST_ORDINARY ^ Integer.MIN_VALUE)
                .isub();
        code.loadConstant(WideFloat.ORDINARY ^ Integer.MIN_VALUE).if_icmplt(ordinary);
        code.iload(local).i2l().loadConstant(29).lshl();
        code.loadConstant(WideFloat.WITHOUT_REBIAS).land();
        code.iload(local).loadConstant(WideFloat.FLOAT_EXPONENT).iand().ifeq(small);
        code.loadConstant(WideFloat.REBIAS).ladd();
        code.labelBinding(small).lstore(slots[FPR + register]).goto_(done);
        code.labelBinding(ordinary).iload(local);
        code.invokestatic(FLOAT, "intBitsToFloat", MethodTypeDesc.ofDescriptor("(I)F"));
        code.f2d().invokestatic(DOUBLE, "doubleToRawLongBits", MethodTypeDesc.ofDescriptor("(D)J"));
        code.lstore(slots[FPR + register]).labelBinding(done);
        withBits.set(register);
    }

    void pushControl() {
        code.iload(slots[RegisterEffects.FCR31]);
    }

    void popControl() {
        code.istore(slots[RegisterEffects.FCR31]);
    }
}
