package soliloquy.console.step;

import soliloquy.llm.psnt.PsntTensor;
import soliloquy.machine.DebugMemory;

/**
 * The engine's {@code struct matrix} (multiply.h) as it is in guest memory.
 *
 * @param tiles address of the first tile that the call works on
 * @param rows that the call works on
 * @param encoding as in MODEL.PSN
 */
record GuestMatrix(int tiles, int rows, int columns, int encoding) {
    /** Reads the struct at {@code address}. */
    static GuestMatrix at(DebugMemory memory, int address) {
        return new GuestMatrix(
                memory.peek32(address),
                memory.peek32(address + 4),
                memory.peek32(address + 8),
                memory.peek32(address + 12));
    }

    /** True if it has the columns and encoding of {@code tensor}, and not more rows. */
    boolean fits(PsntTensor tensor) {
        return rows <= tensor.rows()
                && columns == tensor.columns()
                && encoding == tensor.encoding().code();
    }
}
