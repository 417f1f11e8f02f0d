package soliloquy.ee;

import static soliloquy.ee.TestMachine.PROGRAM;
import static soliloquy.ee.TestMachine.immediate;
import static soliloquy.ee.TestMachine.three;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A guest program that writes a function into memory, calls it, and goes on to write the next one elsewhere, for ever. Function number
 * n adds n modulo 256 to t1 {@link #TURNS} times and jumps back by a register that is not the return address.
 */
final class SelfModifyingProgram {
    /** Times each function goes round. */
    static final int TURNS = 100;

    private static final int FIRST_PLACE = 0x0020_0000;
    /** Bytes from one function to the next, so that some lie in two pages. */
    private static final int PLACE_BYTES = 0x7F4;

    private static final int A0 = 4;
    private static final int A1 = 5;
    private static final int T0 = 8;
    private static final int T1 = 9;
    private static final int T2 = 10;
    private static final int T3 = 11;
    private static final int S0 = 16;
    private static final int S1 = 17;
    private static final int S2 = 18;

    private static final int[] FUNCTION = {
        immediate(Instruction.ADDIU, T1, T1, 0),
        three(Instruction.PADDW, T2, T2, T1),
        immediate(Instruction.ADDIU, T0, T0, -1),
        immediate(Instruction.BNE, 0, T0, -4),
        0,
        Instruction.JR.encoding.match() | A1 << 21,
        0,
    };

    private final TestMachine machine;
    private final int places;

    /** @param places how many functions are in memory at a time */
    SelfModifyingProgram(TestMachine machine, int places) {
        this.machine = machine;
        this.places = places;
        List<Integer> words = new ArrayList<>();
        load(words, S0, FIRST_PLACE);
        load(words, S1, FIRST_PLACE + places * PLACE_BYTES);
        int loop = words.size();
        load(words, A0, FUNCTION[0]);
        words.add(immediate(Instruction.ANDI, T3, S2, 0xFF));
        words.add(three(Instruction.OR, A0, A0, T3));
        words.add(immediate(Instruction.SW, A0, S0, 0));
        for (int i = 1; i < FUNCTION.length; i++) {
            load(words, A0, FUNCTION[i]);
            words.add(immediate(Instruction.SW, A0, S0, 4 * i));
        }
        words.add(immediate(Instruction.ORI, T0, 0, TURNS));
        words.add(three(Instruction.JALR, A1, S0, 0));
        words.add(immediate(Instruction.ADDIU, S2, S2, 1));
        words.add(immediate(Instruction.ADDIU, S0, S0, PLACE_BYTES));
        words.add(immediate(Instruction.BNE, S1, S0, loop - words.size() - 1));
        words.add(0);
        words.add(immediate(Instruction.BEQ, 0, 0, -words.size() - 1));
        words.add(0);
        for (int i = 0; i < words.size(); i++) {
            machine.ram.write32(PROGRAM + 4 * i, words.get(i));
        }
        machine.bus.codeWritten(PROGRAM, 4 * words.size());
        machine.cpu.jump(PROGRAM);
    }

    private static void load(List<Integer> words, int register, int value) {
        words.add(Instruction.LUI.encoding.match() | register << 16 | value >>> 16);
        words.add(immediate(Instruction.ORI, register, register, value));
    }

    /** Runs it until {@code number} functions have been called since it began. */
    void runTo(int number) {
        while (machine.low(S2) < number) {
            machine.cpu.run(machine.cpu.cycles() + TURNS);
        }
    }

    /** Number of functions called. */
    int called() {
        return (int) machine.low(S2);
    }

    /** Overwrites all functions. */
    void erase() {
        Arrays.fill(machine.ram.bytes, FIRST_PLACE, FIRST_PLACE + places * PLACE_BYTES, (byte) 0);
        machine.bus.codeWritten(FIRST_PLACE, places * PLACE_BYTES);
    }

    /** Where the function stands that was called after {@code number} others. */
    int place(int number) {
        return FIRST_PLACE + number % places * PLACE_BYTES;
    }

    /** The sum in t1. */
    long sum() {
        return machine.low(T1);
    }

    /** What the sum is when {@code number} functions have come to their ends. */
    static long sumAfter(int number) {
        int sum = 0;
        for (int n = 0; n < number; n++) {
            sum += (n & 0xFF) * TURNS;
        }
        return sum;
    }
}
