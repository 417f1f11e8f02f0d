package soliloquy.ee;

import soliloquy.machine.EventType;
import soliloquy.machine.MemoryMapped;
import soliloquy.machine.Scheduler;

/**
 * A device for random programs: what it reads as depends on the time, and stores bring an event nearer or touch the program's memory, as
 * a DMA controller may.
 */
final class FuzzDevice implements MemoryMapped {
    static final int START = 0x1000_0000;
    static final int SIZE = 0x300;

    private final EeBus bus;
    private final Scheduler scheduler;
    private long seen;

    FuzzDevice(EeBus bus, Scheduler scheduler) {
        this.bus = bus;
        this.scheduler = scheduler;
        scheduler.handle(EventType.DMAC_SPR_TO, (time, payload) -> seen = seen * 31 + payload);
    }

    /** What it was asked and told since the last call, and when. */
    long takeSeen() {
        long taken = seen;
        seen = 0;
        return taken;
    }

    @Override
    public long read(int address, int bytes) {
        seen = seen * 31 + address + scheduler.now();
        long value = seen ^ seen >>> 17;
        return lowBytes(value, bytes);
    }

    private static long lowBytes(long value, int bytes) {
        return bytes == 8 ? value : value & (1L << 8 * bytes) - 1;
    }

    @Override
    public void write(int address, int bytes, long register) {
        long value = lowBytes(register, bytes);
        seen = seen * 31 + value + address + scheduler.now();
        if ((value & 7) == 1) {
            scheduler.scheduleIn(EventType.DMAC_SPR_TO, value >>> 3 & 0xFF, value);
        } else if ((value & 31) == 2) {
            bus.codeWritten(FuzzProgram.CODE + (int) (value & 0xFC), 4);
        }
    }
}
