package soliloquy.iop;

import soliloquy.machine.Clocks;
import soliloquy.machine.DmaSource;
import soliloquy.machine.EventType;
import soliloquy.machine.Ram;
import soliloquy.machine.Scheduler;

/**
 * Channel 3: data of the drive into RAM. Waits while the drive has none. Each word takes
 * {@link IopDma#CDVD_CYCLES_PER_WORD} IOP cycles, after which the next data move.
 */
final class IopCdvdChannel extends IopDmaChannel {
    private final Ram ram;
    private final Scheduler scheduler;
    private final DmaSource drive;
    private int remaining;
    private boolean moving;

    IopCdvdChannel(IopDma dma, Ram ram, Scheduler scheduler, DmaSource drive) {
        super(dma, 3);
        this.ram = ram;
        this.scheduler = scheduler;
        this.drive = drive;
        scheduler.handle(EventType.IOP_DMA_CDVD, (time, payload) -> {
            moving = false;
            resume();
        });
        drive.onAvailable(this::resume);
    }

    @Override
    void start() {
        remaining = words() << 2;
    }

    @Override
    void stop() {
        scheduler.cancel(EventType.IOP_DMA_CDVD);
        moving = false;
    }

    @Override
    void resume() {
        if (moving || !running()) {
            return;
        }
        if (remaining == 0) {
            bcr &= 0xFFFF;
            end();
            return;
        }
        int length = Math.min(remaining, drive.available() & ~3);
        if (length == 0) {
            return;
        }
        moving = true;
        int offset = madr & ram.mask;
        int first = Math.min(length, ram.size() - offset);
        drive.read(ram.bytes, offset, first);
        if (first < length) {
            drive.read(ram.bytes, 0, length - first);
        }
        madr = madr + length & ADDRESS_MASK;
        remaining -= length;
        int block = Math.max((bcr & 0xFFFF) << 2, 4);
        bcr = bcr & 0xFFFF | (remaining + block - 1) / block << 16;
        scheduler.scheduleIn(
                EventType.IOP_DMA_CDVD,
                (long) (length >> 2) * IopDma.CDVD_CYCLES_PER_WORD * Clocks.EE_CYCLES_PER_IOP_CYCLE,
                0);
    }
}
