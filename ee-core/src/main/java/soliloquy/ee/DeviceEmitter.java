package soliloquy.ee;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import soliloquy.ee.RegionEmitter.Datum;

/**
 * Writes loads and stores that have been seen at devices, or at the uncached addresses of RDRAM: a call that does what the interpreter
 * does. The guest's registers stay where they are, since no device looks at them. What the access changes of the deadline is taken over;
 * if the deadline comes too near, or compiled code has been dropped, the region is left behind the instruction, or behind the branch
 * in whose slot it is.
 */
final class DeviceEmitter {
    private static final MethodTypeDesc LOAD = MethodTypeDesc.ofDescriptor("(IIIJI)J");
    private static final MethodTypeDesc STORE = MethodTypeDesc.ofDescriptor("(IIJIJI)V");
    private static final MethodTypeDesc LOAD_QUAD = MethodTypeDesc.ofDescriptor("(IIJI)J");
    private static final MethodTypeDesc STORE_QUAD = MethodTypeDesc.ofDescriptor("(IJJIJI)V");

    private final RegionEmitter emitter;
    private final CodeBuilder code;
    private final RegionRegisters registers;
    private final int address;

    DeviceEmitter(RegionEmitter emitter) {
        this.emitter = emitter;
        code = emitter.code;
        registers = emitter.registers;
        address = code.allocateLocal(TypeKind.INT);
    }

    /** True if {@code operation} was seen at devices and can be done at them here. */
    boolean takes(Operation operation) {
        return operation.inDevices() && !emitter.inRounds && !emitter.watched;
    }

    /** Does the access if it is at a device; else jumps to {@code memory}. */
    void emit(Operation operation, Label memory) {
        int bytes = operation.row().accessBytes();
        registers.pushInt(operation.s());
        if (operation.t() != 0) {
            code.loadConstant(operation.t()).iadd();
        }
        Label device = code.newLabel();
        code.dup().istore(address);
        code.loadConstant(EeBus.IO_MASK | bytes - 1).iand();
        code.loadConstant(EeBus.IO_START).if_icmpeq(device);
        code.iload(address).loadConstant(EeBus.SEGMENT_MASK | bytes - 1).iand();
        code.loadConstant(EeBus.UNCACHED_START).if_icmpne(memory);
        code.labelBinding(device);
        emitter.push(Datum.PROCESSOR);
        code.iload(address);
        switch (operation.row()) {
            case LQ -> loadQuad(operation);
            case SQ -> storeQuad(operation);
            default -> {
                code.loadConstant(bytes);
                if (operation.row().has(Instruction.Trait.STORE)) {
                    pushValue(operation);
                    pushTime(operation);
                    code.invokevirtual(RegionEmitter.PROCESSOR, "storeToDevice", STORE);
                } else {
                    pushTime(operation);
                    code.invokevirtual(RegionEmitter.PROCESSOR, "loadFromDevice", LOAD);
                    popValue(operation);
                }
            }
        }
        emitter.takeDeadline(operation);
    }

    private void loadQuad(Operation operation) {
        pushTime(operation);
        code.invokevirtual(RegionEmitter.PROCESSOR, "loadQuadFromDevice", LOAD_QUAD);
        registers.popLong(operation.d());
        emitter.push(Datum.PROCESSOR);
        code.getfield(RegionEmitter.PROCESSOR, "quadHigh", ConstantDescs.CD_long);
        registers.popLong(operation.d() + 1);
    }

    private void storeQuad(Operation operation) {
        registers.pushLong(operation.d());
        registers.pushLong(operation.d() + 1);
        pushTime(operation);
        code.invokevirtual(RegionEmitter.PROCESSOR, "storeQuadToDevice", STORE_QUAD);
    }

    private void pushTime(Operation operation) {
        code.loadConstant(operation.address());
        emitter.pushClockBefore();
        code.loadConstant(operation.cycles());
    }

    private void pushValue(Operation operation) {
        if (operation.row() == Instruction.SWC1) {
            registers.pushFloatBits(operation.d());
            code.i2l();
        } else {
            registers.pushLong(operation.d());
        }
    }

    private void popValue(Operation operation) {
        int d = operation.d();
        switch (operation.row()) {
            case LWU, LD -> registers.popLong(d);
            case LWC1 -> {
                code.l2i();
                registers.popFloatBits(d);
            }
            case LB -> {
                code.l2i().i2b();
                registers.popInt(d);
            }
            case LH -> {
                code.l2i().i2s();
                registers.popInt(d);
            }
            default -> {
                code.l2i();
                registers.popInt(d);
            }
        }
    }
}
