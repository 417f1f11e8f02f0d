package soliloquy.ee;

import java.io.IOException;
import java.io.UncheckedIOException;
import soliloquy.bios.ElfFile;
import soliloquy.llm.build.BenchProgram;
import soliloquy.machine.Notices;
import soliloquy.machine.Ram;
import soliloquy.machine.Scheduler;

/** A processor with RDRAM and the program of {@code soliloquy bench ee} in it. */
final class BenchmarkMachine {
    /** Where the program lies. */
    static final int START = 0x0010_0000;

    static final int END = START + 0x4000;

    private static final int PREPARE = -1;
    /** All coprocessors usable, kernel mode, no interrupts. */
    private static final int STATUS = 0x7000_0000;

    private static final int A0 = 2 * 4;
    private static final int A1 = 2 * 5;

    final Ram ram = new Ram(32 << 20, EeBus.ROOM);
    final EeBus bus;
    final R5900 cpu;
    private final int entry;

    /** @param compiling false to interpret all */
    BenchmarkMachine(boolean compiling) {
        Notices notices = new Notices(notice -> {});
        bus = new EeBus(ram, notices);
        cpu = new R5900(bus, new Scheduler(), notices);
        cpu.recompile(compiling);
        cpu.exceptionHandler((code, epc, inDelaySlot, badAddress) -> {
            if (code != ExceptionCode.BREAKPOINT) {
                throw new IllegalStateException("the program raised %s at 0x%08x".formatted(code, epc));
            }
            cpu.stop();
        });
        try {
            ElfFile elf = ElfFile.parse(BenchProgram.NAME, BenchProgram.bytes());
            elf.load(ram);
            entry = elf.entry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(PREPARE);
    }

    /** Runs the kernel of that number in the table of {@code bench/kernels.c} once. */
    int run(int kernel) {
        cpu.gpr[A0] = kernel;
        cpu.gpr[A1] = 0;
        cpu.cop0().status(STATUS);
        cpu.jump(entry);
        cpu.run(Long.MAX_VALUE);
        return (int) cpu.gpr[2 * 2];
    }
}
