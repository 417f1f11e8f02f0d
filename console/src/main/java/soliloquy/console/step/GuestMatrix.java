package soliloquy.console.step;

import soliloquy.llm.psnt.PsntTensor;
import soliloquy.machine.DebugMemory;

/**
 * The engine's {@code struct matrix} (kernels.h) as it is in guest memory.
 *
 * @param scales address of the scales
 * @param codes address of the first row of codes that the call works on
 * @param stride bytes from one row to the next
 * @param encoding as in MODEL.PSN
 */
record GuestMatrix(int scales, int codes, int rows, int columns, int stride, int encoding) {
    /** Reads the struct at {@code address}. */
    static GuestMatrix at(DebugMemory memory, int address) {
        return new GuestMatrix(
                memory.peek32(address),
                memory.peek32(address + 4),
                memory.peek32(address + 8),
                memory.peek32(address + 12),
                memory.peek32(address + 16),
                memory.peek32(address + 20));
    }

    /** True if it has the shape and encoding of {@code tensor}. */
    boolean fits(PsntTensor tensor) {
        return rows == tensor.rows()
                && columns == tensor.columns()
                && encoding == tensor.encoding().code();
    }
}
