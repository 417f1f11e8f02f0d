package soliloquy.bios.irx;

import java.util.function.IntUnaryOperator;

/**
 * How a library's function goes on when a function of a module that it called has returned, or a wait has ended.
 *
 * @param then takes what came back, gives the result of the library's function
 * @param returnAddress where the caller of the library goes on; 0: nowhere, its thread is at its end
 * @param stackPointer of the caller
 */
record Continuation(IntUnaryOperator then, int returnAddress, int stackPointer) {}
