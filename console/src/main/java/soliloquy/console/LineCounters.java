package soliloquy.console;

import soliloquy.machine.LineCounter;

/** The wire of HBLANK to the timers of both processors. */
record LineCounters(LineCounter ee, LineCounter iop) implements LineCounter {
    @Override
    public void lineEnds() {
        ee.lineEnds();
        iop.lineEnds();
    }

    @Override
    public boolean counting() {
        return ee.counting() || iop.counting();
    }
}
