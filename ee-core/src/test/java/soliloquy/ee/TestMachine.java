package soliloquy.ee;

import java.util.ArrayList;
import java.util.List;
import soliloquy.machine.Notices;
import soliloquy.machine.Ram;
import soliloquy.machine.Scheduler;

/** A processor with memory and nothing else, for programs of a few words. */
final class TestMachine {
    static final int PROGRAM = 0x0010_0000;

    /** An exception that the program raised. */
    record Raised(ExceptionCode code, int epc, boolean inDelaySlot, int badAddress) {}

    final Ram ram = new Ram(32 << 20, EeBus.ROOM);
    final Notices notices = new Notices(notice -> {});
    final Scheduler scheduler = new Scheduler();
    final EeBus bus = new EeBus(ram, notices);
    final R5900 cpu = new R5900(bus, scheduler, notices);
    final List<Raised> raised = new ArrayList<>();

    TestMachine() {
        cpu.exceptionHandler((code, epc, inDelaySlot, badAddress) -> {
            raised.add(new Raised(code, epc, inDelaySlot, badAddress));
            cpu.stop();
        });
    }

    /** Puts {@code words} at {@link #PROGRAM} and runs them to a BREAK behind the last. */
    void run(int... words) {
        for (int i = 0; i < words.length; i++) {
            ram.write32(PROGRAM + 4 * i, words[i]);
        }
        ram.write32(PROGRAM + 4 * words.length, Instruction.BREAK.encoding.match());
        bus.codeWritten(PROGRAM, 4 * words.length + 4);
        runAgain();
    }

    /** Runs the program that is in memory, decoded as it is: some instructions are executed elsewhere the first time. */
    void runAgain() {
        cpu.jump(PROGRAM);
        cpu.run(cpu.cycles() + 10_000);
    }

    long low(int register) {
        return cpu.gpr[2 * register];
    }

    long high(int register) {
        return cpu.gpr[2 * register + 1];
    }

    void set(int register, long low, long high) {
        cpu.gpr[2 * register] = low;
        cpu.gpr[2 * register + 1] = high;
    }

    /** {@code row rd, rs, rt}. */
    static int three(Instruction row, int rd, int rs, int rt) {
        return row.encoding.match() | rs << 21 | rt << 16 | rd << 11;
    }

    /** {@code row rd, rt, sa}. */
    static int shift(Instruction row, int rd, int rt, int sa) {
        return row.encoding.match() | rt << 16 | rd << 11 | sa << 6;
    }

    /** {@code row rt, rs, immediate}; also loads, stores and branches. */
    static int immediate(Instruction row, int rt, int rs, int immediate) {
        return row.encoding.match() | rs << 21 | rt << 16 | immediate & 0xFFFF;
    }
}
