package soliloquy.console;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import soliloquy.bios.Boot;
import soliloquy.bios.ExitListener;
import soliloquy.bios.iop.IopServices;
import soliloquy.bios.irx.IopKernel;
import soliloquy.bios.kernel.Kernel;
import soliloquy.cdvd.Drive;
import soliloquy.cdvd.DriveProfile;
import soliloquy.cdvd.DriveStatistics;
import soliloquy.cdvd.Fault;
import soliloquy.console.debug.DebugPort;
import soliloquy.console.debug.Halt;
import soliloquy.ee.Dmac;
import soliloquy.ee.EeBus;
import soliloquy.ee.EeDebugView;
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
import soliloquy.iop.IopDebugView;
import soliloquy.iop.IopDma;
import soliloquy.iop.IopIntc;
import soliloquy.iop.IopIo;
import soliloquy.iop.IopSifRegisters;
import soliloquy.iop.IopTimers;
import soliloquy.iop.R3000A;
import soliloquy.iop.Sio2;
import soliloquy.machine.Notices;
import soliloquy.machine.Ram;
import soliloquy.machine.Scheduler;
import soliloquy.machine.SifFifo;
import soliloquy.machine.SifMailbox;
import soliloquy.machine.TraceEvent;
import soliloquy.pad.ButtonSource;
import soliloquy.pad.DualShock2;

/**
 * The console: its constructor is the schematic. Chips are made in the order in which wires need their other end, then put at their
 * addresses.
 */
public final class Console implements ExitListener {
    private static final int EE_RAM_BYTES = 32 << 20;
    private static final int IOP_RAM_BYTES = 2 << 20;

    private final Scheduler scheduler = new Scheduler();
    private final Notices notices;
    private final GuestTranscript transcript;
    private final EeBus eeBus;
    private final IopBus iopBus;
    private final R5900 ee;
    private final Intc intc;
    private final GraphicsSynthesizer gs;
    private final Drive drive;
    private final StreamMeter streamMeter;
    private final Kernel kernel;
    private final IopServices iopServices;
    private final R3000A iop;
    private final IopIntc iopIntc;
    private final IopKernel iopKernel;
    private final DebugPort debugPort;
    private StopReason stopReason;
    private DriveProfile discSpeed;
    private String discProfile = "no disc";

    /**
     * A console with an empty drive, not yet booted.
     *
     * @param noticed told of each notice when it first occurs
     * @param text takes what the guest prints
     */
    public Console(Consumer<Notices.Notice> noticed, OutputStream text) {
        this(noticed, text, () -> 0, new DebugPort());
        debugPort.connect(ee.stopPoints(), ee::restHere, iop.stopPoints(), iop::restHere);
    }

    /**
     * The same with a pad in the first port.
     *
     * @param debugPort the way in for debuggers; it is not connected yet
     */
    Console(Consumer<Notices.Notice> noticed, OutputStream text, ButtonSource pad, DebugPort debugPort) {
        this.debugPort = debugPort;
        notices = new Notices(noticed);
        transcript = new GuestTranscript(text, scheduler::now, System::nanoTime, notices);

        // The Emotion Engine: processor, interrupt controller, timers, and the port to the GS.
        eeBus = new EeBus(Ram.switchedOn(EE_RAM_BYTES, EeBus.ROOM), notices);
        ee = new R5900(eeBus, scheduler, notices);
        intc = new Intc(ee.interruptPin(0));
        ee.vu0().interruptLine(intc.line(IntcSource.VU0));
        EeTimers eeTimers = new EeTimers(scheduler, intc, notices);

        // The I/O processor's side: the processor with its kernel, which takes the interrupts; the drive and the pads
        // hang on its bus.
        iopBus = new IopBus(Ram.switchedOn(IOP_RAM_BYTES), notices);
        iop = new R3000A(iopBus);
        iopKernel = new IopKernel(iop, iopBus, scheduler, transcript, notices, new ModuleEnd());
        iopServices = new IopServices(iopKernel, iopBus, transcript, notices);
        iopIntc = new IopIntc(iopKernel.interruptPin());
        IopTimers iopTimers = new IopTimers(scheduler, iopIntc, notices);
        drive = new Drive(scheduler, iopIntc.line(IopIntc.CDVD), notices);
        streamMeter = new StreamMeter(scheduler::now, () -> transcript.tokens().size(), drive::statistics);
        transcript.onToken(() -> {
            streamMeter.token();
            scheduler
                    .trace()
                    .instant(
                            TraceEvent.TOKEN,
                            scheduler.now(),
                            transcript.tokens().size());
        });
        drive.onPowerOff(() -> exited(0));
        Sio2 sio2 = new Sio2(scheduler, iopIntc.line(IopIntc.SIO2));
        sio2.connect(0, new DualShock2(pad));

        // The subsystem interface between the two, and the DMA controllers at its ends.
        SifMailbox mailbox = new SifMailbox();
        SifFifo sif0 = new SifFifo();
        SifFifo sif1 = new SifFifo();
        IopDma iopDma = new IopDma(iopBus, scheduler, iopIntc.line(IopIntc.DMA), drive, sif0, sif1, sio2, notices);

        // The Graphics Synthesizer gives the console its video timing.
        gs = new GraphicsSynthesizer(
                scheduler,
                intc.line(IntcSource.GS),
                new LineCounters(eeTimers.lineCounter(), iopTimers.lineCounter()),
                () -> {
                    intc.line(IntcSource.VBLANK_START).raise();
                    iopIntc.line(IopIntc.VBLANK).raise();
                },
                () -> {
                    intc.line(IntcSource.VBLANK_END).raise();
                    iopIntc.line(IopIntc.EVBLANK).raise();
                },
                notices);
        eeTimers.onLinesCounted(gs::linesCounted);
        iopTimers.onLinesCounted(gs::linesCounted);
        Gif gif = new Gif(gs, notices);
        Dmac dmac = new Dmac(eeBus, scheduler, ee.interruptPin(1), gif, sif0, sif1, notices);
        ee.dmaCondition(dmac::condition);

        // Where the EE finds them.
        eeBus.map(EeTimers.BASE, EeTimers.SIZE, eeTimers);
        eeBus.map(Gif.BASE, Gif.SIZE, gif);
        eeBus.map(Gif.FIFO, Gif.FIFO_SIZE, gif);
        eeBus.map(Dmac.BASE, Dmac.SIZE, dmac);
        eeBus.map(Dmac.ENABLE_BASE, Dmac.ENABLE_SIZE, dmac);
        eeBus.map(Intc.BASE, Intc.SIZE, intc);
        eeBus.map(EeSio.BASE, EeSio.SIZE, new EeSio(transcript));
        eeBus.map(SifRegisters.BASE, SifRegisters.SIZE, new SifRegisters(mailbox));
        eeBus.map(0x1200_0000, 0x2000, gs);
        new EeIo(notices).mapOn(eeBus);

        // Where the I/O processor finds them.
        iopBus.map(IopSifRegisters.BASE, IopSifRegisters.SIZE, new IopSifRegisters(mailbox));
        iopBus.map(Drive.BASE, Drive.SIZE, drive);
        iopBus.map(IopIntc.BASE, IopIntc.SIZE, iopIntc);
        iopBus.map(IopDma.BASE, IopDma.SIZE, iopDma);
        iopBus.map(IopDma.BASE2, IopDma.SIZE2, iopDma);
        iopBus.map(IopTimers.BASE, IopTimers.SIZE, iopTimers);
        iopBus.map(IopTimers.BASE2, IopTimers.SIZE2, iopTimers);
        iopBus.map(Sio2.BASE, Sio2.SIZE, sio2);
        new IopIo(scheduler, notices).mapOn(iopBus);

        // The software in their ROMs.
        kernel = new Kernel(ee, eeBus, scheduler, intc.line(IntcSource.TIMER3), transcript, notices, this);
        ee.exceptionHandler(kernel);
    }

    /** The way in for debuggers. */
    public DebugPort debugPort() {
        return debugPort;
    }

    /** The EE without side effects. */
    public EeDebugView eeView() {
        return new EeDebugView(ee, eeBus);
    }

    /** The IOP without side effects. */
    public IopDebugView iopView() {
        return new IopDebugView(iop, iopBus);
    }

    /** Reads words of the EE's memory without side effects; 0 where there is none. */
    public IntUnaryOperator eeMemory() {
        return eeBus::peek32;
    }

    /** The interrupt controller of the EE. */
    public Intc intc() {
        return intc;
    }

    /** The interrupt controller of the IOP. */
    public IopIntc iopIntc() {
        return iopIntc;
    }

    /** The kernel of the EE: its program and threads. */
    public Kernel kernel() {
        return kernel;
    }

    /** The kernel of the IOP: its modules and threads. */
    public IopKernel iopKernel() {
        return iopKernel;
    }

    /** The drive: what it does now, and what it has done. */
    public Drive drive() {
        return drive;
    }

    /** Gives the drive the speed of {@code profile} whatever the disc; null is the speed that fits it. */
    void discSpeed(DriveProfile profile) {
        discSpeed = profile;
        drive.profile(profile);
    }

    /** Makes the drive fail on demand. */
    void faults(List<Fault> faults) {
        drive.faults(faults);
    }

    /** Shows folders of the host to the guest: as {@code host:}, and as a memory card; null for none. */
    void folders(Path host, Path memoryCard, boolean writable) throws IOException {
        if (host != null) {
            iopServices.hostFolder(host, writable);
        }
        if (memoryCard != null) {
            iopServices.memoryCard(memoryCard, writable);
        }
    }

    /** Puts the disc into the drive, loads the program and sets the EE to its first instruction. */
    public void boot(BootMedium medium, List<String> words) throws IOException {
        if (medium.disc() != null) {
            drive.insert(medium.disc());
            discProfile =
                    (discSpeed == null ? DriveProfile.forType(medium.disc().type()) : discSpeed).name();
        }
        iopServices.start();
        kernel.programSource(medium.programs());
        switch (medium.program()) {
            case Boot.Program program -> kernel.start(program.elf(), words);
            case Boot.Module module -> {
                kernel.startIdle();
                iopKernel.start(module.irx(), module.path(), scheduler.now());
            }
        }
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    public R5900 ee() {
        return ee;
    }

    public GraphicsSynthesizer gs() {
        return gs;
    }

    public GuestTranscript transcript() {
        return transcript;
    }

    public Notices notices() {
        return notices;
    }

    /** What the drive has done, for a report. */
    RunReport.Disc discReport() {
        DriveStatistics statistics = drive.statistics();
        return new RunReport.Disc(
                statistics.sectorsDelivered(),
                statistics.seeks(),
                statistics.bytesDelivered(),
                statistics.retries(),
                statistics.failedSectors(),
                statistics.faultHits(),
                discProfile,
                streamMeter.report());
    }

    /** Why the console stopped, or null while it runs. */
    StopReason stopReason() {
        return stopReason;
    }

    /** True while the IOP executes instructions, and must be given time. */
    boolean iopRunning() {
        return iopKernel.running();
    }

    /** The IOP has waited until now. */
    void idleIop() {
        iopKernel.idleUntil(scheduler.now());
    }

    /** Lets the IOP execute up to now. */
    void runIop() {
        iopKernel.run(scheduler.now());
    }

    public R3000A iop() {
        return iop;
    }

    /** Stops the console at the next instruction; the first reason counts. */
    public void stop(StopReason reason) {
        if (stopReason == null) {
            stopReason = reason;
        }
        ee.stop();
    }

    /** Name and offset of the program's function at {@code address}; empty where it has none. */
    public String symbol(int address) {
        return kernel.program() == null ? "" : kernel.program().symbols().describe(address);
    }

    /** A module that was started without a program ends the console when its entry returns. */
    private final class ModuleEnd implements IopKernel.Listener {
        @Override
        public void returned(int result) {
            exited(result < 0 ? 1 : 0);
        }

        @Override
        public void crashed(String reason, int pc) {
            debugPort.halt(DebugPort.Cpu.IOP, new Halt.Crashed(reason, pc));
            stop(new StopReason.Crashed(reason, CrashReport.ofIop(reason, pc, iop, iopBus::peek32, notices.all())));
        }
    }

    @Override
    public void exited(int status) {
        stop(new StopReason.Exited(status));
    }

    @Override
    public void crashed(String reason, int pc) {
        debugPort.halt(DebugPort.Cpu.EE, new Halt.Crashed(reason, pc));
        stop(new StopReason.Crashed(
                reason, CrashReport.of(reason, pc, ee, eeBus::peek32, this::symbol, notices.all())));
    }
}
