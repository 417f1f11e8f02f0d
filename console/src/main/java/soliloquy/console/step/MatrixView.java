package soliloquy.console.step;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import soliloquy.llm.psnt.PsntEncoding;
import soliloquy.llm.psnt.PsntLayout;
import soliloquy.llm.psnt.PsntTensor;
import soliloquy.llm.psnt.TileLayout;
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
        int first = weights.first() >= 0
                ? weights.first()
                : run.operation().row() >= 0
                        ? run.operation().row()
                        : run.place().offset();
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
        boolean tiled = tensor.encoding() != PsntEncoding.FLOAT32;
        int rowsTogether = tiled ? TileLayout.ROWS : 1;
        int unit = tiled ? tensor.tiles().tileBytes() : Float.BYTES * tensor.columns();
        long offset = (long) (first / rowsTogether) * unit;
        int bytes = (weights.rows() + rowsTogether - 1) / rowsTogether * unit;
        if (weights.rows() < tensor.rows()) {
            text.append("rows        %d to %d: byte 0x%x on, LSN %d to %d%n"
                    .formatted(
                            first,
                            first + weights.rows() - 1,
                            tensor.offset() + offset,
                            lsn(tensor.offset() + offset),
                            lsn(tensor.offset() + offset + bytes - 1)));
        }
        text.append("memory      from 0x%08x, %,d bytes for %s%n"
                .formatted(weights.address(), unit, tiled ? "a tile of four rows with their scales" : "a row"));
        int wrong = differing(state.model().file().stored(tensor), (int) offset, weights.address(), bytes);
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
