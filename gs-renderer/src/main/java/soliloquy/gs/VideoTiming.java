package soliloquy.gs;

import soliloquy.machine.EventType;
import soliloquy.machine.InterruptLine;
import soliloquy.machine.LineCounter;
import soliloquy.machine.Scheduler;
import soliloquy.machine.TraceEvent;

/**
 * The beam: tells when lines and fields end. A field starts with its vertical blank; a new mode counts from the next one. While nobody
 * counts lines they end without an event, which the processors would have to stop for; CSR is told of them when it is looked at.
 * Sources: cycle counts measured on a console by DobieStation's author.
 */
final class VideoTiming {
    /** CSR's FIELD and VSINT change this many EE cycles after the INTC sees the vertical blank. Measured. */
    private static final int CSR_DELAY = 65_622;

    private final Scheduler scheduler;
    private final PrivilegedRegisters registers;
    private final LineCounter lines;
    private final InterruptLine vblankStart;
    private final InterruptLine vblankEnd;
    private VideoMode mode = VideoMode.NTSC_INTERLACED;
    private long lineOrigin;
    private long line = 1;
    private long fields;

    VideoTiming(
            Scheduler scheduler,
            PrivilegedRegisters registers,
            LineCounter lines,
            InterruptLine vblankStart,
            InterruptLine vblankEnd) {
        this.scheduler = scheduler;
        this.registers = registers;
        this.lines = lines;
        this.vblankStart = vblankStart;
        this.vblankEnd = vblankEnd;
        scheduler.handle(EventType.HBLANK, this::lineEnds);
        scheduler.handle(EventType.VBLANK_START, this::blankStarts);
        scheduler.handle(EventType.VBLANK_END, this::blankEnds);
        scheduler.handle(EventType.GS_VSYNC, (time, payload) -> registers.vsync());
        lineOrigin = scheduler.now();
        awaitLine();
        scheduler.scheduleAt(EventType.VBLANK_START, lineOrigin + mode.fieldCycles - mode.blankCycles, 0);
    }

    long fields() {
        return fields;
    }

    private void lineEnds(long time, long payload) {
        line++;
        registers.hsync();
        lines.lineEnds();
        awaitLine();
    }

    /** Makes an event of the present line's end if it is missed by anybody. */
    private void awaitLine() {
        if (lines.counting() || registers.interruptsAtLines()) {
            scheduler.scheduleAt(EventType.HBLANK, lineOrigin + mode.lineEnd(line), 0);
        }
    }

    /** Counts the lines that have ended without an event. Called before anybody looks at CSR, or begins to count. */
    void settle() {
        if (scheduler.timeOf(EventType.HBLANK) != Scheduler.NEVER) {
            return;
        }
        long now = mode.lineAt(scheduler.now() - lineOrigin);
        if (now != line) {
            line = now;
            registers.hsync();
        }
    }

    /** Somebody may have begun to count lines. */
    void linesCounted() {
        settle();
        if (scheduler.timeOf(EventType.HBLANK) == Scheduler.NEVER) {
            awaitLine();
        }
    }

    private void blankStarts(long time, long payload) {
        fields++;
        VideoMode next = registers.videoMode();
        if (next != mode) {
            settle();
            mode = next;
            lineOrigin = time;
            line = 1;
            awaitLine();
        }
        scheduler.scheduleAt(EventType.VBLANK_END, time + mode.blankCycles, 0);
        scheduler.scheduleAt(EventType.GS_VSYNC, time + CSR_DELAY, 0);
        scheduler.scheduleAt(EventType.VBLANK_START, time + mode.fieldCycles, 0);
        scheduler.trace().begin(TraceEvent.VBLANK, time, 0);
        vblankStart.raise();
    }

    private void blankEnds(long time, long payload) {
        scheduler.trace().end(TraceEvent.VBLANK, time, 0);
        vblankEnd.raise();
    }
}
