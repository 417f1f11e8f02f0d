package soliloquy.gs;

import java.util.ArrayList;
import java.util.List;
import soliloquy.machine.LineCounter;
import soliloquy.machine.Notices;
import soliloquy.machine.Scheduler;

/** A GS on a bench, with the register writes of the tests in the manual's terms. */
final class GsFixture {
    static final int CT32 = 0x00;
    static final int CT24 = 0x01;
    static final int CT16 = 0x02;
    static final int T8 = 0x13;
    static final int T4 = 0x14;

    /** Sprite. */
    static final int SPRITE = 6;

    static final int TRIANGLE = 3;
    static final int TEXTURED = 1 << 4;
    static final int BLENDED = 1 << 6;
    static final int UV = 1 << 8;

    final List<String> notices = new ArrayList<>();
    final List<String> interrupts = new ArrayList<>();
    /** Times at which lines ended that somebody was told of. */
    final List<Long> lines = new ArrayList<>();

    boolean counting;
    final Scheduler scheduler = new Scheduler();
    final GraphicsSynthesizer gs = new GraphicsSynthesizer(
            scheduler,
            () -> interrupts.add("GS@" + scheduler.now()),
            new Lines(),
            () -> interrupts.add("START@" + scheduler.now()),
            () -> interrupts.add("END@" + scheduler.now()),
            new Notices(notice -> notices.add(notice.text())));

    private final class Lines implements LineCounter {
        @Override
        public void lineEnds() {
            lines.add(scheduler.now());
        }

        @Override
        public boolean counting() {
            return counting;
        }
    }

    /** A frame of 640 pixels at the start of memory, everything else plain: no tests, no offset, the whole screen. */
    GsFixture() {
        frame(CT32, 0);
        gs.writeRegister(0x40, 639L << 16 | 447L << 48);
        gs.writeRegister(0x47, 1 << 16 | 1 << 17);
        gs.writeRegister(0x4E, 140 | 1L << 32);
        gs.writeRegister(0x46, 1);
        gs.writeRegister(0x1A, 1);
    }

    void frame(int psm, int keep) {
        gs.writeRegister(0x4C, 10L << 16 | (long) psm << 24 | (long) keep << 32);
    }

    void prim(int value) {
        gs.writeRegister(0x00, value);
    }

    void colour(int abgr) {
        gs.writeRegister(0x01, abgr & 0xFFFF_FFFFL | (long) Float.floatToRawIntBits(1) << 32);
    }

    /** A vertex at sixteenths of a pixel. */
    void vertex(int x16, int y16, int z) {
        gs.writeRegister(0x05, x16 & 0xFFFF | (y16 & 0xFFFFL) << 16 | (long) z << 32);
    }

    void uv(int u16, int v16) {
        gs.writeRegister(0x03, u16 | (long) v16 << 16);
    }

    /** A plain sprite, in pixels. */
    void rectangle(int x0, int y0, int x1, int y1, int abgr) {
        prim(SPRITE);
        colour(abgr);
        vertex(x0 * 16, y0 * 16, 0);
        vertex(x1 * 16, y1 * 16, 0);
    }

    void startUpload(int base, int width, int psm, int x, int y, int w, int h) {
        gs.writeRegister(0x50, (long) base << 32 | (long) width << 48 | (long) psm << 56);
        gs.writeRegister(0x51, (long) x << 32 | (long) y << 48);
        gs.writeRegister(0x52, w | (long) h << 32);
        gs.writeRegister(0x53, 0);
    }

    void upload(int base, int width, int psm, int w, int h, byte[] data) {
        startUpload(base, width, psm, 0, 0, w, h);
        gs.transferImage(data, 0, data.length);
    }

    static byte[] words(int... words) {
        byte[] bytes = new byte[words.length * 4];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (words[i / 4] >>> 8 * (i & 3));
        }
        return bytes;
    }

    /** The frame's pixel, as stored. */
    int pixel(int x, int y) {
        return gs.memory().pixel(CT32, 0, 10, x, y);
    }

    void advance(long time) {
        while (scheduler.nextEventTime() <= time) {
            scheduler.advanceTo(scheduler.nextEventTime());
            scheduler.fireDue();
        }
        scheduler.advanceTo(time);
    }
}
