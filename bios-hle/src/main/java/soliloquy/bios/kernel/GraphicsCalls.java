package soliloquy.bios.kernel;

import soliloquy.ee.EeBus;
import soliloquy.machine.Notices;

/**
 * What the kernel does with the GS: video modes, the interrupt mask and the VSync flag. Register values are those the
 * retail kernel writes, as its reimplementations record them.
 */
final class GraphicsCalls {
    private static final int SMODE1 = 0x1200_0010;
    private static final int SMODE2 = 0x1200_0020;
    private static final int SRFSH = 0x1200_0030;
    private static final int SYNCH1 = 0x1200_0040;
    private static final int SYNCH2 = 0x1200_0050;
    private static final int SYNCV = 0x1200_0060;
    private static final int CSR = 0x1200_1000;
    private static final int IMR = 0x1200_1010;

    /** SMODE1 bit 17 (SINT): the PLL starts; set by the first write of a mode, cleared by the last. */
    private static final long SMODE1_SINT = 1 << 17;

    private static final int INTC_VBLANK_START = 2;
    private static final long IMR_RESET = 0x7F00;
    private static final int MODE_NTSC = 2;
    private static final int MODE_PAL = 3;

    /** Sync values of a video mode; SYNCV differs without interlace. */
    private record Timing(long smode1, long synch1, long synch2, long syncvInterlaced, long syncv) {}

    private static final Timing NTSC =
            new Timing(0x7_4083_4504L, 0x7_F5B6_1F06_F040L, 0x33_A4D8L, 0xC7_8006_01A0_1801L, 0xC7_8006_01A0_1802L);
    private static final Timing PAL =
            new Timing(0x7_4083_6504L, 0x7_F5C2_1FC8_3030L, 0x34_84BCL, 0xA9_0005_0210_1401L, 0xA9_0005_0210_1404L);

    private final KernelMemory memory;
    private final EeBus bus;
    private final InterruptHandlers interrupts;
    private final Notices notices;
    private long imr = IMR_RESET;
    private int vsyncFlag;
    private int vsyncCsr;

    GraphicsCalls(KernelMemory memory, InterruptHandlers interrupts, Notices notices) {
        this.memory = memory;
        bus = memory.bus();
        this.interrupts = interrupts;
        this.notices = notices;
    }

    void reset() {
        imr = IMR_RESET;
        vsyncFlag = 0;
        vsyncCsr = 0;
        interrupts.kernelIntc(INTC_VBLANK_START, null);
    }

    /** SetGsCrt: all three arguments are 16-bit values. */
    int setCrt(int interlace, int mode, int frame) {
        short wanted = (short) mode;
        Timing timing = wanted == MODE_PAL || wanted == 0x73 ? PAL : NTSC;
        if (wanted != MODE_NTSC && wanted != MODE_PAL && wanted != 0 && wanted != 0x72 && wanted != 0x73) {
            notices.report(
                    Notices.Kind.UNIMPLEMENTED,
                    "EE kernel",
                    0,
                    "SetGsCrt: video mode 0x%x is shown with NTSC timing; expected 2 (NTSC) or 3 (PAL)"
                            .formatted(wanted));
        }
        boolean interlaced = (short) interlace != 0;
        bus.write64(SMODE1, timing.smode1);
        bus.write64(SYNCH1, timing.synch1);
        bus.write64(SYNCH2, timing.synch2);
        bus.write64(SYNCV, interlaced ? timing.syncvInterlaced : timing.syncv);
        bus.write64(SMODE2, interlaced ? (frame & 1) << 1 | 1 : 0);
        bus.write64(SRFSH, 8);
        bus.write64(SMODE1, timing.smode1 & ~SMODE1_SINT);
        return 0;
    }

    long imr() {
        return imr;
    }

    /** GsPutIMR: returns the mask before. */
    long imr(long value) {
        long old = imr;
        imr = value;
        bus.write64(IMR, value);
        return old;
    }

    /** SetVSyncFlag: at the next vertical blank 1 is stored at the first address and CSR at the second. */
    int setVSyncFlag(int flag, int csr) {
        vsyncFlag = flag;
        vsyncCsr = csr;
        interrupts.kernelIntc(INTC_VBLANK_START, this::vblank);
        interrupts.maskIntc(INTC_VBLANK_START, true);
        return 0;
    }

    private void vblank() {
        if (vsyncFlag != 0 && memory.check(vsyncFlag, 4, "SetVSyncFlag")) {
            bus.write32(vsyncFlag, 1);
        }
        if (vsyncCsr != 0 && memory.check(vsyncCsr, 8, "SetVSyncFlag")) {
            bus.write64(vsyncCsr, bus.read64(CSR));
        }
        vsyncFlag = 0;
        vsyncCsr = 0;
    }

    /** _GetGsDxDyOffset: how far the user moved the picture; not at all. */
    int displayOffset(int dx, int dy, int dw, int dh) {
        for (int address : new int[] {dx, dy, dw, dh}) {
            if (address != 0 && memory.check(address, 4, "_GetGsDxDyOffset")) {
                bus.write32(address, 0);
            }
        }
        return 0;
    }
}
