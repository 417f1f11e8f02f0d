package soliloquy.gs;

import soliloquy.machine.InterruptLine;
import soliloquy.machine.Notices;

/**
 * The registers of the EE's side, 64 bits each, at 0x12000000. Only CSR, IMR and SIGLBLID can be read; every other address reads
 * as CSR. Sources: ps2tek "GS privileged registers", ps2autotests gs/signal and gs/label.
 */
final class PrivilegedRegisters {
    private static final int PMODE = 0x0000;
    private static final int SMODE1 = 0x0010;
    private static final int SMODE2 = 0x0020;
    private static final int SRFSH = 0x0030;
    private static final int SYNCH1 = 0x0040;
    private static final int SYNCH2 = 0x0050;
    private static final int SYNCV = 0x0060;
    private static final int DISPFB1 = 0x0070;
    private static final int DISPLAY1 = 0x0080;
    private static final int DISPFB2 = 0x0090;
    private static final int DISPLAY2 = 0x00A0;
    private static final int EXTBUF = 0x00B0;
    private static final int EXTDATA = 0x00C0;
    private static final int EXTWRITE = 0x00D0;
    private static final int BGCOLOR = 0x00E0;
    private static final int CSR = 0x1000;
    private static final int IMR = 0x1010;
    private static final int BUSDIR = 0x1040;
    private static final int SIGLBLID = 0x1080;

    private static final int CSR_SIGNAL = 1;
    private static final int CSR_FINISH = 1 << 1;
    private static final int CSR_HSINT = 1 << 2;
    private static final int CSR_VSINT = 1 << 3;
    private static final int CSR_EVENTS = 0x1F;
    private static final int CSR_RESET = 1 << 9;
    private static final int CSR_NFIELD = 1 << 12;
    private static final int CSR_FIELD = 1 << 13;
    /** REV 0x1B, ID 0x55, FIFO empty. */
    private static final int CSR_IDENTITY = 0x551B_4000;

    private static final int IMR_RESET = 0x7F00;
    private static final int IMR_ALWAYS = 0x6000;

    private final InterruptLine interrupt;
    private final Notices notices;
    private Runnable onReset = () -> {};

    private long pmode;
    private long smode1;
    private long smode2;
    private long dispfb1;
    private long display1;
    private long dispfb2;
    private long display2;
    private long bgcolor;
    private long siglblid;
    private long busdir;
    private int events;
    private int field;
    private int imr = IMR_RESET;
    private boolean signalWaits;
    private long waitingSignal;

    PrivilegedRegisters(InterruptLine interrupt, Notices notices) {
        this.interrupt = interrupt;
        this.notices = notices;
    }

    /** Installs what a write of CSR's RESET bit does to the rest of the chip. */
    void onReset(Runnable reset) {
        onReset = reset;
    }

    long read(int address, int bytes) {
        long value = switch (register(address)) {
            case IMR -> imr;
            case SIGLBLID -> siglblid;
            default -> csr();
        };
        long shifted = value >>> 8 * (address & 7);
        return bytes == 8 ? shifted : shifted & (1L << 8 * bytes) - 1;
    }

    void write(int address, int bytes, long value) {
        int shift = 8 * (address & 7);
        long mask = bytes == 8 ? -1 : (1L << 8 * bytes) - 1 << shift;
        long bits = value << shift & mask;
        switch (register(address)) {
            case PMODE -> pmode = pmode & ~mask | bits;
            case SMODE1 -> smode1 = smode1 & ~mask | bits;
            case SMODE2 -> smode2 = smode2 & ~mask | bits;
            case SRFSH, SYNCH1, SYNCH2, SYNCV -> {
                // The signal's timing is that of the mode SMODE1 and SMODE2 name, so these change nothing.
            }
            case DISPFB1 -> dispfb1 = dispfb1 & ~mask | bits;
            case DISPLAY1 -> display1 = display1 & ~mask | bits;
            case DISPFB2 -> dispfb2 = dispfb2 & ~mask | bits;
            case DISPLAY2 -> display2 = display2 & ~mask | bits;
            case EXTBUF, EXTDATA -> {
                // Parameters of the feedback write, which EXTWRITE starts.
            }
            case EXTWRITE -> {
                if ((bits & 1) != 0) {
                    unimplemented("EXTWRITE starts a feedback write of the display output, which is not emulated");
                }
            }
            case BGCOLOR -> bgcolor = bgcolor & ~mask | bits;
            case CSR -> writeCsr((int) bits);
            case IMR -> writeImr((int) (imr & ~mask | bits));
            case BUSDIR -> busdir = busdir & ~mask | bits;
            case SIGLBLID -> siglblid = siglblid & ~mask | bits;
            default ->
                notices.report(
                        Notices.Kind.UNHANDLED,
                        "GS",
                        0,
                        "write to 0x%08X, where the GS has no privileged register".formatted(address));
        }
    }

    private static int register(int address) {
        // 0x400 to 0xFFF mirror CSR; each register has sixteen bytes, of which eight count.
        int offset = address & 0x1FFF;
        return offset >= 0x400 && offset < 0x1000 ? CSR : offset & 0x1FF8;
    }

    private void writeCsr(int value) {
        if ((value & CSR_RESET) != 0) {
            reset();
        }
        events &= ~(value & CSR_EVENTS);
        if ((value & CSR_SIGNAL) != 0 && signalWaits) {
            signalWaits = false;
            signal(waitingSignal);
        }
    }

    private void reset() {
        events = 0;
        field = 0;
        imr = IMR_RESET;
        pmode = 0;
        siglblid = 0;
        busdir = 0;
        signalWaits = false;
        onReset.run();
    }

    private void writeImr(int value) {
        int unmasked = imr & ~value;
        imr = value & 0x1F00 | IMR_ALWAYS;
        if ((unmasked >> 8 & events) != 0) {
            interrupt.raise();
        }
    }

    private int csr() {
        return CSR_IDENTITY | events | field;
    }

    /** An event's bit is set; its interrupt comes with the change from 0 to 1. */
    private void event(int bit) {
        if ((events & bit) == 0) {
            events |= bit;
            if ((imr >> 8 & bit) == 0) {
                interrupt.raise();
            }
        }
    }

    /** The general register SIGNAL. A second one waits, and on a console stalls the GIF, until CSR's SIGNAL is cleared. */
    void signal(long value) {
        if ((events & CSR_SIGNAL) != 0) {
            if (signalWaits) {
                unimplemented(
                        "a third SIGNAL arrived before CSR's SIGNAL was cleared; the GIF would stall, here it is lost");
            }
            signalWaits = true;
            waitingSignal = value;
            return;
        }
        int mask = (int) (value >>> 32);
        siglblid = siglblid & ~(mask & 0xFFFF_FFFFL) | (int) value & mask & 0xFFFF_FFFFL;
        event(CSR_SIGNAL);
    }

    /** The general register FINISH: drawing is done as it comes, so the event is at once. */
    void finish() {
        event(CSR_FINISH);
    }

    /** The general register LABEL. */
    void label(long value) {
        long mask = value >>> 32;
        long label = siglblid >>> 32 & ~mask | value & mask;
        siglblid = siglblid & 0xFFFF_FFFFL | label << 32;
    }

    /** A line ends. */
    void hsync() {
        event(CSR_HSINT);
    }

    /** True if the end of a line can raise an interrupt. */
    boolean interruptsAtLines() {
        return (imr >> 8 & CSR_HSINT) == 0;
    }

    /** The field changes. NFIELD tells the field that FIELD had at the last vertical blank. */
    void vsync() {
        field = field & CSR_FIELD ^ CSR_FIELD | ((field & CSR_FIELD) != 0 ? CSR_NFIELD : 0);
        event(CSR_VSINT);
    }

    /** SMODE1's CMOD: 2 NTSC, 3 PAL, else one of the modes for monitors and high definition. */
    VideoMode videoMode() {
        return switch ((int) (smode1 >>> 13) & 3) {
            case 2 -> interlaced() ? VideoMode.NTSC_INTERLACED : VideoMode.NTSC_PROGRESSIVE;
            case 3 -> interlaced() ? VideoMode.PAL_INTERLACED : VideoMode.PAL_PROGRESSIVE;
            default -> {
                if (smode1 == 0) {
                    yield VideoMode.NTSC_INTERLACED;
                }
                notices.report(
                        Notices.Kind.UNVERIFIED,
                        "GS",
                        0,
                        "SMODE1 0x%X selects a video mode that is neither NTSC nor PAL; its timing is that of 480p"
                                .formatted(smode1));
                yield VideoMode.HIGH_RESOLUTION;
            }
        };
    }

    /** SMODE2's INT. */
    boolean interlaced() {
        return (smode2 & 1) != 0;
    }

    /** SMODE2's FFMD, with INT: every field shows every line of the buffer. */
    boolean frameMode() {
        return (smode2 & 3) == 3;
    }

    long pmode() {
        return pmode;
    }

    /** DISPFB1 or DISPFB2. */
    long dispfb(int circuit) {
        return circuit == 1 ? dispfb1 : dispfb2;
    }

    /** DISPLAY1 or DISPLAY2. */
    long display(int circuit) {
        return circuit == 1 ? display1 : display2;
    }

    long bgcolor() {
        return bgcolor;
    }

    private void unimplemented(String text) {
        notices.report(Notices.Kind.UNIMPLEMENTED, "GS", 0, text);
    }
}
