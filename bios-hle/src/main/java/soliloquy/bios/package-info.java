/**
 * The high-level BIOS: starting programs from a disc or a file, the EE kernel ({@link soliloquy.bios.kernel}) and the
 * services of the I/O processor ({@link soliloquy.bios.iop}).
 */
package soliloquy.bios;
