package soliloquy.console.bench;

import java.util.Arrays;
import soliloquy.bios.ElfFile;
import soliloquy.ee.Dmac;
import soliloquy.ee.EeBus;
import soliloquy.ee.ExceptionCode;
import soliloquy.ee.Gif;
import soliloquy.ee.R5900;
import soliloquy.ee.TimingProfile;
import soliloquy.machine.GraphicsPort;
import soliloquy.machine.InputException;
import soliloquy.machine.Notices;
import soliloquy.machine.Ram;
import soliloquy.machine.Scheduler;
import soliloquy.machine.SifFifo;

/** An R5900 with memory, a program in it, and a DMA controller; nothing else. */
final class BareMachine {
    private static final int RAM_BYTES = 32 << 20;
    /** All coprocessors usable, kernel mode, no interrupts. */
    private static final int STATUS = 0x7000_0000;

    private static final int V0 = 2 * 2;
    private static final int V1 = 2 * 3;
    private static final int A0 = 2 * 4;
    private static final int A1 = 2 * 5;

    /** Where programs and their data lie. */
    private static final int PROGRAM = 0x0010_0000;

    private static final int PROGRAM_BYTES = 4 << 20;

    private final Scheduler scheduler = new Scheduler();
    private final R5900 cpu;
    private final Ram ram;
    private final int entry;
    private boolean ended;
    private String failure;

    /**
     * @param name what the program is called in messages
     * @param program an ELF that ends at a BREAK
     * @param compiling false to interpret all of it
     */
    BareMachine(String name, byte[] program, boolean compiling) throws InputException {
        Notices notices = new Notices(notice -> {});
        ram = new Ram(RAM_BYTES, EeBus.ROOM);
        EeBus bus = new EeBus(ram, notices);
        cpu = new R5900(bus, scheduler, notices);
        Gif gif = new Gif(new NoGraphics(), notices);
        bus.map(
                Dmac.BASE,
                Dmac.SIZE,
                new Dmac(bus, scheduler, cpu.interruptPin(1), gif, new SifFifo(), new SifFifo(), notices));
        cpu.recompile(compiling);
        ElfFile elf = ElfFile.parse(name, program);
        elf.load(ram);
        entry = elf.entry();
        cpu.exceptionHandler((code, epc, inDelaySlot, badAddress) -> {
            failure = code == ExceptionCode.BREAKPOINT
                    ? null
                    : "%s at 0x%08x, address 0x%08x".formatted(code, epc, badAddress);
            ended = true;
            cpu.stop();
        });
    }

    /** The side of the GIF on which nothing is. */
    private static final class NoGraphics implements GraphicsPort {
        @Override
        public void writeRegister(int register, long value) {}

        @Override
        public void setQ(int floatBits) {}

        @Override
        public void transferImage(byte[] data, int offset, int length) {}
    }

    /** Counts cycles by {@code profile} from now on. */
    void timing(TimingProfile profile) {
        cpu.timing(profile);
    }

    /** Runs the program from its entry to its end with two arguments; the value it leaves. */
    int run(int first, int second) {
        cpu.gpr[A0] = first;
        cpu.gpr[A1] = second;
        cpu.cop0().status(STATUS);
        cpu.jump(entry);
        ended = false;
        while (!ended) {
            scheduler.fireDue();
            cpu.run(scheduler.nextEventTime());
        }
        if (failure != null) {
            throw new IllegalStateException("the measured program raised " + failure);
        }
        return (int) cpu.gpr[V0];
    }

    /** The program and its data as they are now. */
    byte[] memory() {
        return Arrays.copyOfRange(ram.bytes, PROGRAM, PROGRAM + PROGRAM_BYTES);
    }

    /** Puts back what {@link #memory} of another machine with the same program was. */
    void memory(byte[] memory) throws InputException {
        if (memory.length != PROGRAM_BYTES) {
            throw new InputException("The prepared data have " + memory.length + " bytes; expected " + PROGRAM_BYTES);
        }
        System.arraycopy(memory, 0, ram.bytes, PROGRAM, PROGRAM_BYTES);
    }

    /** The second value that the last run left, unsigned. */
    long secondValue() {
        return cpu.gpr[V1] & 0xFFFF_FFFFL;
    }

    /** Regions of guest code that are compiled now. */
    int regions() {
        return cpu.regions();
    }

    /** Bytes of JVM code in them. */
    int regionBytes() {
        return cpu.regionBytes();
    }

    /** Bytes of guest code in them, each counted once. */
    int regionGuestBytes() {
        return cpu.regionGuestBytes();
    }
}
