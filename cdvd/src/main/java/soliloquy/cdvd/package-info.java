/**
 * The drive of the console and its discs: the register file and mechanism of the CD/DVD drive
 * ({@link soliloquy.cdvd.Drive}), disc images, and a reader and writer of ISO 9660 file systems.
 */
package soliloquy.cdvd;
