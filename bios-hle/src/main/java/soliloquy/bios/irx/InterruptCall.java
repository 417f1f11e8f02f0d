package soliloquy.bios.irx;

import java.util.function.IntConsumer;

/**
 * A module's function that is to run as an interrupt handler does: between two instructions, on the interrupt's stack.
 *
 * @param address of the function
 * @param returned told what it returns
 * @param first argument
 * @param second argument
 */
record InterruptCall(int address, IntConsumer returned, int first, int second) {}
