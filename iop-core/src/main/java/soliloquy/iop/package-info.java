/**
 * The I/O processor's side of the console: its memory map, interrupt controller, DMA, the serial interface to pads and memory
 * cards, timers and its end of the subsystem interface. Sources: ps2tek "IOP"; ps2sdk's {@code intrman}, {@code dmacman},
 * {@code sifman} and {@code sio2man}.
 */
package soliloquy.iop;
