package soliloquy.iop;

import java.util.Arrays;
import soliloquy.machine.Clocks;
import soliloquy.machine.MemoryMapped;
import soliloquy.machine.Scheduler;

/**
 * The USB controller with nothing plugged into its two ports: it can be reset and started and counts frames, but has no work and
 * never interrupts. Source: OpenHCI 1.0a, chapter 7.
 */
final class UsbHostController implements MemoryMapped {
    /** Physical address of HcRevision. */
    static final int BASE = 0x1F80_1600;

    /** Bytes from {@link #BASE}. */
    static final int SIZE = 0x100;

    private static final int FRAMES_PER_SECOND = 1000;
    private static final int REVISION = 0x10;
    private static final int OPERATIONAL = 2 << 6;
    private static final int STATE = 3 << 6;
    private static final int SUSPENDED = 3 << 6;
    private static final int RESET = 1;
    private static final int FRAME_INTERVAL = 0x2EDF;
    private static final int LOW_SPEED_THRESHOLD = 0x628;
    /** Two ports, which power up after 2 ms. */
    private static final int DESCRIPTOR_A = 0x0100_0002;

    private static final int PORT_POWER = 0x100;
    private static final int SET_POWER = 1 << 16;
    private static final int CLEAR_POWER = 1;
    private static final int CLEAR_PORT_POWER = 0x200;

    private final Scheduler scheduler;
    private final int[] registers = new int[SIZE / 4];
    private final boolean[] powered = new boolean[2];
    private int enabled;

    UsbHostController(Scheduler scheduler) {
        this.scheduler = scheduler;
        reset(0);
    }

    private void reset(int state) {
        Arrays.fill(registers, 0);
        registers[0x04 / 4] = state;
        registers[0x34 / 4] = FRAME_INTERVAL;
        registers[0x44 / 4] = LOW_SPEED_THRESHOLD;
        enabled = 0;
    }

    private int frame() {
        boolean counts = (registers[0x04 / 4] & STATE) == OPERATIONAL;
        return counts ? (int) (scheduler.now() / (Clocks.EE_HZ / FRAMES_PER_SECOND)) & 0xFFFF : 0;
    }

    private int word(int offset) {
        return switch (offset) {
            case 0x00 -> REVISION; // HcRevision
            case 0x08, 0x0C -> 0; // HcCommandStatus, HcInterruptStatus
            case 0x10, 0x14 -> enabled; // HcInterruptEnable, HcInterruptDisable
            case 0x3C -> frame(); // HcFmNumber
            case 0x48 -> DESCRIPTOR_A; // HcRhDescriptorA
            case 0x50 -> 0; // HcRhStatus
            case 0x54, 0x58 -> powered[(offset - 0x54) / 4] ? PORT_POWER : 0; // HcRhPortStatus
            default -> registers[offset / 4];
        };
    }

    @Override
    public long read(int address, int bytes) {
        int offset = address - BASE;
        return word(offset & ~3) >>> 8 * (offset & 3) & (1L << 8 * bytes) - 1;
    }

    @Override
    public void write(int address, int bytes, long value) {
        int offset = address - BASE & ~3;
        int word = (int) value;
        switch (offset) {
            case 0x08 -> { // HcCommandStatus: a reset is over at once and suspends
                if ((word & RESET) != 0) {
                    reset(SUSPENDED);
                }
            }
            case 0x10 -> enabled |= word; // HcInterruptEnable
            case 0x14 -> enabled &= ~word; // HcInterruptDisable
            case 0x50 -> { // HcRhStatus
                if ((word & (SET_POWER | CLEAR_POWER)) != 0) {
                    Arrays.fill(powered, (word & SET_POWER) != 0);
                }
            }
            case 0x54, 0x58 -> { // HcRhPortStatus
                if ((word & (PORT_POWER | CLEAR_PORT_POWER)) != 0) {
                    powered[(offset - 0x54) / 4] = (word & PORT_POWER) != 0;
                }
            }
            default -> registers[offset / 4] = word;
        }
    }

    @Override
    public long peek(int address, int bytes) {
        return read(address, bytes);
    }
}
