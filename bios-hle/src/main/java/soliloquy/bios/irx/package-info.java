/** Modules of the IOP: IRX files, loading and linking them, and the libraries of the ROM that they import, in Java. */
package soliloquy.bios.irx;
