package soliloquy.bios;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import soliloquy.bios.iop.IopServices;
import soliloquy.bios.irx.IopKernel;
import soliloquy.bios.kernel.Kernel;
import soliloquy.cdvd.Drive;
import soliloquy.ee.Dmac;
import soliloquy.ee.EeBus;
import soliloquy.ee.ExceptionCode;
import soliloquy.ee.Gif;
import soliloquy.ee.Intc;
import soliloquy.ee.IntcSource;
import soliloquy.ee.R5900;
import soliloquy.ee.SifRegisters;
import soliloquy.iop.IopBus;
import soliloquy.iop.IopDma;
import soliloquy.iop.IopIntc;
import soliloquy.iop.IopIo;
import soliloquy.iop.IopSifRegisters;
import soliloquy.iop.IopTimers;
import soliloquy.iop.R3000A;
import soliloquy.iop.Sio2;
import soliloquy.machine.GraphicsPort;
import soliloquy.machine.InputException;
import soliloquy.machine.MemoryMapped;
import soliloquy.machine.Notices;
import soliloquy.machine.Ram;
import soliloquy.machine.Scheduler;
import soliloquy.machine.SifFifo;
import soliloquy.machine.SifMailbox;
import soliloquy.pad.Button;
import soliloquy.pad.DualShock2;

/** Both processors' sides without a GS, with a program that does nothing; tests make its system calls for it. */
public final class TestConsole implements ExitListener {
    /** Address of the program, a branch to itself. */
    public static final int PROGRAM = 0x100000;

    public final Scheduler scheduler = new Scheduler();
    public final List<Notices.Notice> noticed = new ArrayList<>();
    public final Notices notices = new Notices(noticed::add);
    public final EeBus bus = new EeBus(new Ram(32 << 20, EeBus.ROOM), notices);
    public final R5900 cpu = new R5900(bus, scheduler, notices);
    public final Intc intc = new Intc(cpu.interruptPin(0));
    public final IopBus iopBus = new IopBus(new Ram(2 << 20), notices);
    public final StringBuilder text = new StringBuilder();
    public final R3000A iop = new R3000A(iopBus);
    public final IopKernel iopKernel =
            new IopKernel(iop, iopBus, scheduler, octet -> text.append((char) octet), notices, new NoModule());
    public final IopServices services = new IopServices(iopKernel, iopBus, octet -> text.append((char) octet), notices);
    public final IopIntc iopIntc = new IopIntc(iopKernel.interruptPin());
    public final Drive drive = new Drive(scheduler, iopIntc.line(IopIntc.CDVD), notices);
    public final Kernel kernel;
    public int pressed;
    public Integer exitStatus;
    public String crash;

    public TestConsole() {
        Sio2 sio2 = new Sio2(scheduler, iopIntc.line(IopIntc.SIO2));
        sio2.connect(0, new DualShock2(() -> pressed & Button.ALL));
        SifMailbox mailbox = new SifMailbox();
        SifFifo sif0 = new SifFifo();
        SifFifo sif1 = new SifFifo();
        IopDma iopDma = new IopDma(iopBus, scheduler, iopIntc.line(IopIntc.DMA), drive, sif0, sif1, sio2, notices);
        Gif gif = new Gif(new NoGraphics(), notices);
        Dmac dmac = new Dmac(bus, scheduler, cpu.interruptPin(1), gif, sif0, sif1, notices);
        cpu.dmaCondition(dmac::condition);
        bus.map(Dmac.BASE, Dmac.SIZE, dmac);
        bus.map(Dmac.ENABLE_BASE, Dmac.ENABLE_SIZE, dmac);
        bus.map(Intc.BASE, Intc.SIZE, intc);
        bus.map(SifRegisters.BASE, SifRegisters.SIZE, new SifRegisters(mailbox));
        bus.map(0x12000000, 0x2000, gsRegisters);
        iopBus.map(IopSifRegisters.BASE, IopSifRegisters.SIZE, new IopSifRegisters(mailbox));
        iopBus.map(Drive.BASE, Drive.SIZE, drive);
        iopBus.map(IopIntc.BASE, IopIntc.SIZE, iopIntc);
        iopBus.map(IopDma.BASE, IopDma.SIZE, iopDma);
        iopBus.map(IopDma.BASE2, IopDma.SIZE2, iopDma);
        iopBus.map(Sio2.BASE, Sio2.SIZE, sio2);
        new IopIo(scheduler, notices).mapOn(iopBus);
        IopTimers timers = new IopTimers(scheduler, iopIntc, notices);
        iopBus.map(IopTimers.BASE, IopTimers.SIZE, timers);
        iopBus.map(IopTimers.BASE2, IopTimers.SIZE2, timers);
        kernel = new Kernel(
                cpu, bus, scheduler, intc.line(IntcSource.TIMER3), octet -> text.append((char) octet), notices, this);
        cpu.exceptionHandler(kernel);
    }

    /** The last values written to GS privileged registers. */
    public final GsRegisters gsRegisters = new GsRegisters();

    /** Starts the program that does nothing, with arguments. */
    public void start(String... words) {
        start(new int[] {0x1000FFFF, 0}, words);
    }

    /** Starts a program of these instructions at {@link #PROGRAM}. */
    public void start(int[] code, String... words) {
        ByteBuffer file = ByteBuffer.allocate(84 + 4 * code.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7F, 'E', 'L', 'F', 1, 1, 1});
        file.putShort(16, (short) 2).putShort(18, (short) 8).putInt(20, 1).putInt(24, PROGRAM);
        file.putInt(28, 52).putShort(42, (short) 32).putShort(44, (short) 1);
        file.putInt(52, 1).putInt(56, 84).putInt(60, PROGRAM);
        file.putInt(68, 4 * code.length).putInt(72, 4 * code.length);
        for (int i = 0; i < code.length; i++) {
            file.putInt(84 + 4 * i, code[i]);
        }
        services.start();
        try {
            kernel.start(ElfFile.parse("test", file.array()), List.of(words));
        } catch (InputException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs the machine for {@code cycles} EE cycles. */
    public void run(long cycles) {
        long end = scheduler.now() + cycles;
        while (scheduler.now() < end && exitStatus == null && crash == null) {
            boolean both = iopKernel.running();
            if (both) {
                iopKernel.idleUntil(scheduler.now());
            }
            cpu.run(Math.min(both ? scheduler.now() + 1024 : end, Math.min(end, scheduler.nextEventTime())));
            if (both) {
                iopKernel.run(scheduler.now());
            }
            scheduler.fireDue();
        }
    }

    /** Makes a system call as the running thread, which then goes on where it was; returns v0. */
    public int call(int number, int... arguments) {
        cpu.gpr[2 * 3] = number;
        for (int i = 0; i < arguments.length; i++) {
            cpu.gpr[2 * (4 + i)] = arguments[i];
        }
        kernel.enter(ExceptionCode.SYSCALL, cpu.pc - 4, false, 0);
        return (int) cpu.gpr[2 * 2];
    }

    @Override
    public void exited(int status) {
        exitStatus = status;
    }

    @Override
    public void crashed(String reason, int pc) {
        crash = reason;
    }

    /** Remembers what is written. */
    public static final class GsRegisters implements MemoryMapped {
        private final long[] values = new long[0x400];

        public long value(int address) {
            return values[(address & 0x1FFF) >> 3];
        }

        @Override
        public long read(int address, int bytes) {
            return value(address);
        }

        @Override
        public void write(int address, int bytes, long value) {
            values[(address & 0x1FFF) >> 3] = value;
        }
    }

    /** The IOP ends what no test starts. */
    private final class NoModule implements IopKernel.Listener {
        @Override
        public void returned(int result) {
            exited(result);
        }

        @Override
        public void crashed(String reason, int pc) {
            TestConsole.this.crashed(reason, pc);
        }
    }

    private static final class NoGraphics implements GraphicsPort {
        @Override
        public void writeRegister(int register, long value) {}

        @Override
        public void setQ(int floatBits) {}

        @Override
        public void transferImage(byte[] data, int offset, int length) {}
    }
}
