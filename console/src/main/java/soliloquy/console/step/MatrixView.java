package soliloquy.console.step;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import soliloquy.llm.psnt.PsntEncoding;
import soliloquy.llm.psnt.PsntLayout;
import soliloquy.llm.psnt.PsntTensor;
import soliloquy.machine.DebugMemory;
import soliloquy.machine.InputException;

/** The weights of an operation: where their bytes are on the disc and in memory, and whether these are the same. */
record MatrixView(StepState state) {
    String text() throws IOException {
        OperationRun run = state.run();
        PsntTensor tensor = run.operation() == null ? null : run.operation().tensor();
        if (tensor == null || run.call().weights() == null) {
            throw new InputException("'" + run.call().function().symbol()
                    + "' uses no weights; 'matrix' is for operations such as q, gate or attention norm");
        }
        Call.Weights weights = run.call().weights();
        int first = weights.first() < 0 ? run.operation().row() : weights.first();
        int last = first + weights.rows() - 1;
        StringBuilder text = new StringBuilder();
        text.append("tensor      %s: %,d x %,d %s, %,d bytes%n"
                .formatted(
                        tensor.name(),
                        tensor.rows(),
                        tensor.columns(),
                        tensor.encoding().name().toLowerCase(Locale.ROOT),
                        tensor.bytes()));
        text.append("disc        MODEL.PSN from byte 0x%x on, LSN %d to %d%n"
                .formatted(tensor.offset(), lsn(tensor.offset()), lsn(tensor.offset() + tensor.bytes() - 1)));
        int rowBytes = tensor.encoding() == PsntEncoding.FLOAT32 ? Float.BYTES * tensor.columns() : tensor.rowStride();
        long offset = tensor.codesOffset() + (long) first * rowBytes;
        if (weights.rows() < tensor.rows()) {
            text.append("rows        %d to %d: byte 0x%x on, LSN %d to %d%n"
                    .formatted(
                            first,
                            last,
                            tensor.offset() + offset,
                            lsn(tensor.offset() + offset),
                            lsn(tensor.offset() + offset + (long) rowBytes * weights.rows() - 1)));
        }
        GuestMatrix matrix = run.call().matrix();
        text.append("memory      %s0x%08x, %,d bytes a row%n"
                .formatted(
                        matrix == null || tensor.encoding() == PsntEncoding.FLOAT32
                                ? "rows from "
                                : "scales from 0x%08x, codes from ".formatted(matrix.scales()),
                        weights.address(),
                        rowBytes));
        ByteBuffer stored = state.model().file().stored(tensor);
        int wrong = differing(stored, (int) offset, weights.address(), rowBytes * weights.rows());
        if (matrix != null) {
            wrong += differing(stored, 0, matrix.scales(), Float.BYTES * tensor.rows() * tensor.scalesPerRow());
        }
        text.append(
                wrong == 0
                        ? "bytes       in memory and on the disc are the same\n"
                        : "bytes       %,d in memory are not those of the disc%n".formatted(wrong));
        return text.toString();
    }

    private long lsn(long offset) {
        return state.model().lsn() + offset / PsntLayout.SECTOR;
    }

    private int differing(ByteBuffer stored, int offset, int address, int count) {
        DebugMemory memory = state.console().eeView();
        int wrong = 0;
        for (int i = 0; i < count; i++) {
            wrong += memory.peek(address + i) == (stored.get(offset + i) & 0xFF) ? 0 : 1;
        }
        return wrong;
    }
}
