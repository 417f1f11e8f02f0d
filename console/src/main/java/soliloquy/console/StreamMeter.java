package soliloquy.console;

import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import soliloquy.cdvd.DiscImage;
import soliloquy.cdvd.DriveStatistics;
import soliloquy.iop.IopDma;
import soliloquy.machine.Clocks;

/** What the drive does from the first token of a story to the last: the phase in which weights are streamed for every token. */
final class StreamMeter {
    private static final long CYCLES_PER_WORD = (long) IopDma.CDVD_CYCLES_PER_WORD * Clocks.EE_CYCLES_PER_IOP_CYCLE;

    private final LongSupplier guestTime;
    private final IntSupplier tokens;
    private final Supplier<DriveStatistics> drive;
    private long startCycles;
    private long endCycles;
    private DriveStatistics start;
    private DriveStatistics end;

    /**
     * @param guestTime EE cycles since power-on
     * @param tokens number of tokens of this story so far
     */
    StreamMeter(LongSupplier guestTime, IntSupplier tokens, Supplier<DriveStatistics> drive) {
        this.guestTime = guestTime;
        this.tokens = tokens;
        this.drive = drive;
    }

    /** The guest has told a token. */
    void token() {
        end = drive.get();
        endCycles = guestTime.getAsLong();
        if (tokens.getAsInt() == 1) {
            start = end;
            startCycles = endCycles;
        }
    }

    /** The phase so far, or null while it has no length or the disc was not read in it. */
    RunReport.Streaming report() {
        if (start == null || endCycles == startCycles || end.sectorsDelivered() == start.sectorsDelivered()) {
            return null;
        }
        double cycles = endCycles - startCycles;
        double bytes = (double) (end.sectorsDelivered() - start.sectorsDelivered()) * DiscImage.SECTOR_BYTES;
        double seconds = cycles / Clocks.EE_HZ;
        long channelCycles = (end.bytesDelivered() - start.bytesDelivered()) / 4 * CYCLES_PER_WORD;
        long limitCycles = Math.max(end.limitCycles() - start.limitCycles(), channelCycles);
        return new RunReport.Streaming(
                bytes / seconds,
                bytes * Clocks.EE_HZ / limitCycles,
                limitCycles / cycles,
                (end.seekCycles() - start.seekCycles()) / cycles,
                (end.idleCycles() - start.idleCycles()) / cycles);
    }
}
