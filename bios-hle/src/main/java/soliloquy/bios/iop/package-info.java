/**
 * What the modules in the IOP's ROM do, in Java, one class for each module. They use the IOP's hardware only as code of its
 * processor would: through bus registers, RAM and interrupts, and their own time through the scheduler. An emulated
 * R3000A takes their place at this seam.
 */
package soliloquy.bios.iop;
