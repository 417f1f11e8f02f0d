/**
 * What every chip of the console shares: time ({@link soliloquy.machine.Scheduler}), memory, interrupt lines, the wires
 * between chips, and notices. Depends on nothing.
 */
package soliloquy.machine;
