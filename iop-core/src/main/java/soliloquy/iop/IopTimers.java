package soliloquy.iop;

import soliloquy.machine.LineCounter;
import soliloquy.machine.MemoryMapped;
import soliloquy.machine.Notices;
import soliloquy.machine.Scheduler;

/** The six timers of the IOP: 0 to 2 of 16 bits at {@link #BASE}, 3 to 5 of 32 bits at {@link #BASE2}. Source: ps2tek. */
public final class IopTimers implements MemoryMapped {
    /** Physical address of timers 0 to 2. */
    public static final int BASE = 0x1F80_1100;

    /** Bytes from {@link #BASE}. */
    public static final int SIZE = 0x30;

    /** Physical address of timers 3 to 5. */
    public static final int BASE2 = 0x1F80_1480;

    /** Bytes from {@link #BASE2}. */
    public static final int SIZE2 = 0x30;

    private final IopTimer[] timers = new IopTimer[6];
    private Runnable linesCounted = () -> {};

    public IopTimers(Scheduler scheduler, IopIntc intc, Notices notices) {
        for (int i = 0; i < timers.length; i++) {
            int line = i < 3 ? IopIntc.TIMER0 + i : IopIntc.TIMER3 + i - 3;
            timers[i] = new IopTimer(i, scheduler, intc.line(line), notices);
        }
    }

    /** The HBLANK input, which timers 1 and 3 count if it is their clock. */
    public LineCounter lineCounter() {
        return new LineCounter() {
            @Override
            public void lineEnds() {
                timers[1].hblank();
                timers[3].hblank();
            }

            @Override
            public boolean counting() {
                return timers[1].countsLines() || timers[3].countsLines();
            }
        };
    }

    /** Installs whom to tell when a timer may begin to count lines. */
    public void onLinesCounted(Runnable counted) {
        linesCounted = counted;
    }

    private IopTimer timer(int address) {
        int base = address < BASE2 ? BASE : BASE2;
        return timers[(address - base >> 4) + (base == BASE ? 0 : 3)];
    }

    @Override
    public long read(int address, int bytes) {
        return timer(address).read(address & 0xF);
    }

    @Override
    public void write(int address, int bytes, long value) {
        IopTimer timer = timer(address);
        timer.write(address & 0xF, value);
        if (timer.countsLines()) {
            linesCounted.run();
        }
    }

    @Override
    public long peek(int address, int bytes) {
        return timer(address).peek(address & 0xF);
    }
}
