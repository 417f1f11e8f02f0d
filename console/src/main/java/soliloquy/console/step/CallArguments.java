package soliloquy.console.step;

import soliloquy.ee.R5900;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.machine.DebugMemory;

/** The arguments of a function at whose first instruction the EE stands: n32 calling convention, a0 to a7 in GPR 4 to 11. */
record CallArguments(R5900 ee, DebugMemory memory, ModelConfig config) {
    private static final int V0 = 2;
    private static final int A0 = 4;
    private static final int SP = 29;
    private static final int RA = 31;
    private static final int IN_REGISTERS = 8;
    private static final int SLOT_BYTES = 8;

    /** Argument {@code index} from 0 on: a word. */
    int word(int index) {
        return index < IN_REGISTERS
                ? register(A0 + index)
                : memory.peek32(stackPointer() + (index - IN_REGISTERS) * SLOT_BYTES);
    }

    /** The matrix that argument {@code index} points at. */
    GuestMatrix matrix(int index) {
        return GuestMatrix.at(memory, word(index));
    }

    int stackPointer() {
        return register(SP);
    }

    int returnAddress() {
        return register(RA);
    }

    /** What a function has returned. */
    int returned() {
        return register(V0);
    }

    private int register(int index) {
        return (int) ee.gpr[2 * index];
    }
}
