package soliloquy.bios;

/**
 * A module in IOP RAM, as debuggers show it.
 *
 * @param id the kernel's number
 * @param name as the module gives it
 * @param base address of its first byte
 * @param size bytes of code and data
 * @param entry address of its first instruction
 * @param state what has become of it, in one word
 */
public record ModuleView(int id, String name, int base, int size, int entry, String state) {}
