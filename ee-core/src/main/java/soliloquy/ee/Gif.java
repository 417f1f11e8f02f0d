package soliloquy.ee;

import soliloquy.machine.GraphicsPort;
import soliloquy.machine.MemoryMapped;
import soliloquy.machine.Notices;
import soliloquy.machine.Ram;

/**
 * The graphics interface, PATH3: unpacks GIF packets from DMA channel 2 and the FIFO into writes of GS registers. A packet may
 * come in any number of pieces; what is left of its tag is kept between them. Source: ps2tek "GIF".
 */
public final class Gif implements MemoryMapped {
    /** Physical address at which the registers start. */
    public static final int BASE = 0x1000_3000;

    /** Bytes of the bus the registers take. */
    public static final int SIZE = 0x100;

    /** Physical address of the FIFO. */
    public static final int FIFO = 0x1000_6000;

    /** Bytes of the bus the FIFO takes. */
    public static final int FIFO_SIZE = 0x100;

    private static final int CTRL_RST = 1;
    private static final int CTRL_PSE = 1 << 3;
    private static final int MODE_M3R = 1;
    private static final int MODE_IMT = 1 << 2;
    private static final int STAT_IP3 = 1 << 5;

    private final Notices notices;
    private final GifUnpacker unpacker;
    private final Ram fifo = new Ram(16);
    private boolean paused;
    private int mode;

    /** @param gs takes the register writes and image data */
    public Gif(GraphicsPort gs, Notices notices) {
        this.notices = notices;
        unpacker = new GifUnpacker(gs);
    }

    /** Takes {@code quadwords} of PATH3 data from {@code memory} at {@code offset}; they must lie within it. */
    public void receive(Ram memory, int offset, int quadwords) {
        unpacker.receive(memory, offset, quadwords);
    }

    @Override
    public long read(int address, int bytes) {
        int value = switch (address) {
            case 0x10003020 -> stat(); // GIF_STAT
            case 0x10003040 -> (int) unpacker.tagLow(); // GIF_TAG0
            case 0x10003050 -> (int) (unpacker.tagLow() >>> 32); // GIF_TAG1
            case 0x10003060 -> (int) unpacker.tagHigh(); // GIF_TAG2
            case 0x10003070 -> (int) (unpacker.tagHigh() >>> 32); // GIF_TAG3
            case 0x10003080 -> unpacker.loopsLeft(); // GIF_CNT
            case 0x10003090 -> unpacker.loopsLeft() & 0x7FFF; // GIF_P3CNT
            case 0x100030A0 -> (int) unpacker.tagLow() & 0x7FFF; // GIF_P3TAG
            default -> 0;
        };
        return value & 0xFFFF_FFFFL;
    }

    private int stat() {
        return mode & (MODE_M3R | MODE_IMT) | (paused ? CTRL_PSE : 0) | (unpacker.idle() ? 0 : STAT_IP3);
    }

    @Override
    public void write(int address, int bytes, long value) {
        switch (address) {
            case 0x10003000 -> { // GIF_CTRL
                paused = (value & CTRL_PSE) != 0;
                if ((value & CTRL_RST) != 0) {
                    unpacker.reset();
                    mode = 0;
                    paused = false;
                }
                if (paused) {
                    missing("GIF_CTRL.PSE");
                }
            }
            case 0x10003010 -> { // GIF_MODE
                mode = (int) value & (MODE_M3R | MODE_IMT);
                if ((mode & MODE_M3R) != 0) {
                    missing("GIF_MODE.M3R");
                }
            }
            case 0x10006000 -> fifo.write64(0, value);
            case 0x10006008 -> {
                fifo.write64(8, value);
                receive(fifo, 0, 1);
            }
            default -> {}
        }
    }

    private void missing(String bit) {
        notices.report(Notices.Kind.UNIMPLEMENTED, "GIF", 0, bit + " was set; transfers go on as if it were not");
    }

    @Override
    public long peek(int address, int bytes) {
        return read(address, bytes);
    }
}
