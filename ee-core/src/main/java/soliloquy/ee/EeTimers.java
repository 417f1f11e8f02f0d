package soliloquy.ee;

import soliloquy.machine.EventType;
import soliloquy.machine.InterruptLine;
import soliloquy.machine.LineCounter;
import soliloquy.machine.MemoryMapped;
import soliloquy.machine.Notices;
import soliloquy.machine.Scheduler;

/** The four timers of the EE. Source: ps2tek "EE Timers". */
public final class EeTimers implements MemoryMapped {
    /** Physical address at which the registers start: a timer each 0x800 bytes. */
    public static final int BASE = 0x1000_0000;

    /** Bytes of the bus the registers take. */
    public static final int SIZE = 0x2000;

    private final EeTimer t0;
    private final EeTimer t1;
    private final EeTimer t2;
    private final EeTimer t3;
    private Runnable linesCounted = () -> {};

    public EeTimers(Scheduler scheduler, Intc intc, Notices notices) {
        t0 = new EeTimer(0, scheduler, EventType.EE_TIMER0, intc.line(IntcSource.TIMER0), notices);
        t1 = new EeTimer(1, scheduler, EventType.EE_TIMER1, intc.line(IntcSource.TIMER1), notices);
        t2 = new EeTimer(2, scheduler, EventType.EE_TIMER2, intc.line(IntcSource.TIMER2), notices);
        t3 = new EeTimer(3, scheduler, EventType.EE_TIMER3, intc.line(IntcSource.TIMER3), notices);
    }

    /** The HBLANK input, which timers count whose clock it is. */
    public LineCounter lineCounter() {
        return new LineCounter() {
            @Override
            public void lineEnds() {
                t0.hblank();
                t1.hblank();
                t2.hblank();
                t3.hblank();
            }

            @Override
            public boolean counting() {
                return t0.countsLines() || t1.countsLines() || t2.countsLines() || t3.countsLines();
            }
        };
    }

    /** Installs whom to tell when a timer may begin to count lines. */
    public void onLinesCounted(Runnable counted) {
        linesCounted = counted;
    }

    /** The input that latches COUNT of timers 0 and 1 into HOLD: the SBUS interrupt. */
    public InterruptLine holdInput() {
        return () -> {
            t0.latch();
            t1.latch();
        };
    }

    @Override
    public long read(int address, int bytes) {
        return timer(address).read(address & 0x7FF);
    }

    @Override
    public void write(int address, int bytes, long value) {
        EeTimer timer = timer(address);
        timer.write(address & 0x7FF, (int) value);
        if (timer.countsLines()) {
            linesCounted.run();
        }
    }

    private EeTimer timer(int address) {
        return switch (address >>> 11 & 3) {
            case 0 -> t0; // T0 0x10000000
            case 1 -> t1; // T1 0x10000800
            case 2 -> t2; // T2 0x10001000
            default -> t3; // T3 0x10001800
        };
    }
}
