package soliloquy.ee;

import soliloquy.machine.Notices;

/**
 * Vector unit 0 as the processor's COP2: its registers, macro instructions, and micro programs.
 *
 * <p>A micro program is executed where it is called, up to its end. The processor's clock goes on beside it: instructions that wait
 * for the unit (macro instructions, and transfers with the interlock bit) advance the clock to the program's end, CFC2 of VPU_STAT
 * reads the program as running before that, and other transfers see its results early. A program that is not at its end after
 * {@link #FIRST_WORDS} words goes on a little whenever COP2 is used, so that it can wait for what the processor writes. Bit M, which lets an
 * interlocked transfer go on before the end, is not looked at.
 */
final class Vu0 {
    /** Words that a call executes at once. */
    private static final int FIRST_WORDS = 1 << 16;
    /** Words that each later use of COP2 adds for a program that goes on. */
    private static final int MORE_WORDS = 1 << 10;
    /** A program for which the processor waits longer than this would keep it for ever. */
    private static final int LONGEST_WAIT = 1 << 24;

    private static final int INTERLOCK = 1;
    private static final int CMSAR0 = 27;
    private static final int FBRST = 28;
    private static final int VPU_STAT = 29;
    private static final int CMSAR1 = 31;

    private final R5900 cpu;
    private final Notices notices;
    private final Vu0Registers registers;
    private final Vu0Macro macro;
    private final Vu0Micro micro;
    private long endCycle;

    Vu0(R5900 cpu, EeBus bus, Notices notices) {
        this.cpu = cpu;
        this.notices = notices;
        registers = cpu.vu0();
        Vu0Memory data = new Vu0Memory(index -> {});
        macro = new Vu0Macro(registers, data);
        micro = new Vu0Micro(registers, macro, notices);
        registers.onInterruptLine(micro::interrupt);
        bus.map(Vu0Memory.MICRO, Vu0Memory.WINDOW, micro.memory());
        bus.map(Vu0Memory.DATA, Vu0Memory.WINDOW, data);
    }

    /** Executes a macro instruction; {@code VCALLMS} takes its place from the word, {@code VCALLMSR} from CMSAR0. */
    void execute(Instruction row, int word) {
        waitForEnd();
        switch (row) {
            case VCALLMS -> call(word >>> 6 & 0x7FFF);
            case VCALLMSR -> call(registers.vi[CMSAR0]);
            default -> macro.execute(row, word);
        }
    }

    /** Comes before a transfer between the processor and the unit; with the interlock bit it waits for the program's end. */
    void transfer(int word) {
        if ((word & INTERLOCK) != 0) {
            waitForEnd();
        } else {
            goOn();
        }
    }

    /** CFC2. */
    int control(int register) {
        if (register == VPU_STAT) {
            return micro.running() || cpu.cycles() < endCycle ? micro.state() | 1 : micro.state();
        }
        return registers.control(register);
    }

    /** CTC2. */
    void control(int register, int value) {
        switch (register) {
            case FBRST -> {
                micro.control(value);
                endCycle = cpu.cycles();
            }
            case CMSAR1 -> {
                registers.control(register, value);
                notices.report(
                        Notices.Kind.UNIMPLEMENTED,
                        "VU1",
                        cpu.accessPc,
                        "a program was started by CMSAR1; VU1 is not emulated and ends it at once");
            }
            default -> registers.control(register, value);
        }
    }

    private void call(int pair) {
        micro.start(pair);
        endCycle = cpu.cycles() + micro.run(FIRST_WORDS);
    }

    private void goOn() {
        if (micro.running()) {
            endCycle = Math.max(cpu.cycles(), endCycle) + micro.run(MORE_WORDS);
        }
    }

    private void waitForEnd() {
        if (micro.running()) {
            endCycle = Math.max(cpu.cycles(), endCycle) + micro.run(LONGEST_WAIT);
            if (micro.running()) {
                micro.abandon();
                notices.report(
                        Notices.Kind.UNUSUAL,
                        "VU0",
                        cpu.accessPc,
                        "the processor waits for a micro program that does not end; it was stopped after "
                                + LONGEST_WAIT + " words");
            }
        }
        cpu.waitUntil(endCycle);
    }
}
