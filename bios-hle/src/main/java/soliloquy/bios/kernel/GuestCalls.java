package soliloquy.bios.kernel;

import soliloquy.ee.R5900;

/** Guest functions that the kernel wants called in interrupt context, in order. */
final class GuestCalls {
    private static final int WORDS = 5;
    private static final int CAPACITY = 128;

    private final int[] calls = new int[CAPACITY * WORDS];
    private int first;
    private int count;

    void clear() {
        count = 0;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Appends a call; there are never more than there are alarms, which the capacity covers. */
    void add(int function, int a0, int a1, int a2, int gp) {
        int at = (first + count++) % CAPACITY * WORDS;
        calls[at] = function;
        calls[at + 1] = a0;
        calls[at + 2] = a1;
        calls[at + 3] = a2;
        calls[at + 4] = gp;
    }

    /** Removes the first call and lets the processor run it. */
    void runFirst(R5900 cpu) {
        int at = first * WORDS;
        first = (first + 1) % CAPACITY;
        count--;
        run(cpu, calls[at], calls[at + 1], calls[at + 2], calls[at + 3], calls[at + 4]);
    }

    /** Lets the processor run a function on the kernel's stack; it returns through the handler stub. */
    static void run(R5900 cpu, int function, int a0, int a1, int a2, int gp) {
        set(cpu, Registers.A0, a0);
        set(cpu, Registers.A1, a1);
        set(cpu, Registers.A2, a2);
        set(cpu, Registers.GP, gp);
        set(cpu, Registers.SP, KernelMemory.INTERRUPT_STACK);
        set(cpu, Registers.RA, KernelMemory.HANDLER_RETURN);
        cpu.returnFromException(function);
    }

    private static void set(R5900 cpu, int register, int value) {
        cpu.gpr[2 * register] = value;
    }
}
