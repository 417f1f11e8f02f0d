package soliloquy.console;

import soliloquy.bios.ElfFile;
import soliloquy.bios.ExitListener;
import soliloquy.bios.iop.IopSoftware;
import soliloquy.bios.kernel.Kernel;
import soliloquy.cdvd.DiscImage;
import soliloquy.cdvd.Drive;
import soliloquy.ee.Dmac;
import soliloquy.ee.EeBus;
import soliloquy.ee.EeIo;
import soliloquy.ee.EeSio;
import soliloquy.ee.EeTimers;
import soliloquy.ee.Gif;
import soliloquy.ee.Intc;
import soliloquy.ee.IntcSource;
import soliloquy.ee.R5900;
import soliloquy.ee.SifRegisters;
import soliloquy.gs.GraphicsSynthesizer;
import soliloquy.iop.IopBus;
import soliloquy.iop.IopDma;
import soliloquy.iop.IopIntc;
import soliloquy.iop.IopSifRegisters;
import soliloquy.iop.Sio2;
import soliloquy.machine.Frame;
import soliloquy.machine.Notices;
import soliloquy.machine.Ram;
import soliloquy.machine.Scheduler;
import soliloquy.machine.SifFifo;
import soliloquy.machine.SifMailbox;
import soliloquy.machine.TextOutput;
import soliloquy.pad.DualShock2;
import soliloquy.pad.PadInput;

/**
 * The console: its constructor is the schematic. Chips are made in the order in which wires need their other end, then put at their
 * addresses.
 */
public final class Console implements ExitListener {
    /** Name of the timing profile: how EE cycles are counted. See docs/design.md, section 3. */
    public static final String TIMING = "simple";

    private static final int EE_RAM_BYTES = 32 << 20;
    private static final int SCRATCHPAD_BYTES = 16 << 10;
    private static final int IOP_RAM_BYTES = 2 << 20;

    private final Scheduler scheduler = new Scheduler();
    private final Notices notices;
    private final EeBus eeBus;
    private final R5900 ee;
    private final GraphicsSynthesizer gs;
    private final Drive drive;
    private final PadInput padInput = new PadInput();
    private final Kernel kernel;
    private final IopSoftware iopSoftware;
    private StopReason stopReason;
}
