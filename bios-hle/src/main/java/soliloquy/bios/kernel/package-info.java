/**
 * The EE kernel: system calls, threads, semaphores, interrupt dispatch, alarms and the EE side of SIF transfers, done in Java
 * behind the processor's exceptions. One class for each subject; {@link soliloquy.bios.kernel.SystemCall} is the table.
 */
package soliloquy.bios.kernel;
