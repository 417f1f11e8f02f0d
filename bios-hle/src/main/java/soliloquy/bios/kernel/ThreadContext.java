package soliloquy.bios.kernel;

import java.util.Arrays;
import soliloquy.ee.R5900;

/** What a thread has in the processor while it runs: the general, HI, LO and float registers, SA and the place in its code. */
final class ThreadContext {
    /** FCR31 of a program that has touched no flag: two bits are always one. Source: ps2autotests cpu/ee_fpu/fcr. */
    private static final int FCR31_START = 0x0100_0001;

    final long[] gpr = new long[68];
    private final int[] fpr = new int[32];
    private int sa;
    private int accumulator;
    private int fcr31 = FCR31_START;
    int pc;

    /** Takes the registers from the processor; the thread will continue at {@code resumeAddress}. */
    void save(R5900 cpu, int resumeAddress) {
        System.arraycopy(cpu.gpr, 0, gpr, 0, gpr.length);
        System.arraycopy(cpu.fpr, 0, fpr, 0, fpr.length);
        sa = cpu.sa;
        accumulator = cpu.acc;
        fcr31 = cpu.fcr31;
        pc = resumeAddress;
    }

    /** Gives the registers to the processor; returns where to continue. */
    int restore(R5900 cpu) {
        System.arraycopy(gpr, 0, cpu.gpr, 0, gpr.length);
        System.arraycopy(fpr, 0, cpu.fpr, 0, fpr.length);
        cpu.sa = sa;
        cpu.acc = accumulator;
        cpu.fcr31 = fcr31;
        return pc;
    }

    /** The registers of a thread that has not run yet. */
    void start(int function, int argument, int gp, int sp, int ra) {
        Arrays.fill(gpr, 0);
        fcr31 = FCR31_START;
        set(Registers.A0, argument);
        set(Registers.GP, gp);
        set(Registers.SP, sp);
        set(Registers.RA, ra);
        pc = function;
    }

    /** Sets a general register to a sign-extended word. */
    void set(int register, int value) {
        gpr[2 * register] = value;
    }
}
