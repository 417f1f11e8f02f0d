package soliloquy.ee;

/** A channel whose device does not exist in this emulator: it has its registers, and a transfer ends without moving data. */
final class MissingDmacChannel extends DmacChannel {
    private final String name;

    MissingDmacChannel(Dmac dmac, int number, String name) {
        super(dmac, number, CYCLES_PER_QUADWORD);
        this.name = name;
    }

    @Override
    void begin() {
        dmac.unimplemented(
                "channel " + number + " (" + name + ") was started; it is not emulated and ends without data");
        last = true;
    }

    @Override
    int move() {
        int done = qwc;
        madr = address(madr + (done << 4));
        qwc = 0;
        return done;
    }

    @Override
    int tag() {
        return 0;
    }
}
