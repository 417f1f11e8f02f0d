package soliloquy.bios;

import java.util.function.IntToLongFunction;

/**
 * A thread as debuggers show it.
 *
 * @param id the kernel's number
 * @param running true if the processor has its registers
 * @param state what it does or waits for, in a few words
 * @param pc where it goes on; of the running thread not up to date
 * @param gpr what it goes on with, by the indices of the processor's array of general registers; of the running thread not up to
 *     date
 */
public record ThreadView(int id, boolean running, String state, int priority, int pc, IntToLongFunction gpr) {}
