package soliloquy.bios.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import soliloquy.bios.TestConsole;
import soliloquy.ee.IntcSource;
import soliloquy.machine.Clocks;
import soliloquy.machine.InputException;
import soliloquy.machine.Notices;

/** Calls and interrupts with guest code that runs; order of handlers as ps2autotests {@code kernel/ee/interrupt} recorded it. */
class KernelTest {
    private static final int HANDLERS = 0x180000;
    private static final int LOG = 0x190000;

    private final TestConsole console = new TestConsole();

    /** A handler that appends a0 and a1 to the log and returns {@code result}. */
    private int handler(int index, int tag, int result) {
        int at = HANDLERS + index * 0x40;
        int[] code = {
            0x3C080019, // lui t0, 0x19
            0x8D090000, // lw t1, 0(t0)
            0x25290004, // addiu t1, t1, 4
            0xAD090000, // sw t1, 0(t0)
            0x01094821, // addu t1, t0, t1
            0x240A0000 | tag, // addiu t2, zero, tag
            0xAD2A0000, // sw t2, 0(t1)
            0x3C020000 | result >>> 16, // lui v0
            0x34420000 | result & 0xFFFF, // ori v0
            0x03E00008, // jr ra
            0x00000000
        };
        for (int i = 0; i < code.length; i++) {
            console.bus.write32(at + 4 * i, code[i]);
        }
        return at;
    }

    private String log() {
        StringBuilder tags = new StringBuilder();
        for (int i = 4; i <= console.bus.read32(LOG); i += 4) {
            tags.append(console.bus.read32(LOG + i));
        }
        return tags.toString();
    }

    @Test
    void handlersRunInTheirOrder() {
        console.start();
        console.call(0x10, 2, handler(0, 1, 0), -1, 0);
        console.call(0x10, 2, handler(1, 2, 0), -1, 0);
        int third = console.call(0x10, 2, handler(2, 3, 0), -1, 0);
        console.call(0x10, 2, handler(3, 4, 0), 0, 0);
        console.call(0x10, 2, handler(4, 5, 0), third, 0);
        assertThat(console.call(0x14, 2)).isEqualTo(1);
        assertThat(console.call(0x14, 2)).isZero();
        console.intc.line(IntcSource.VBLANK_START).raise();
        console.run(2000);
        assertThat(log()).isEqualTo("41253");
        assertThat(console.cpu.pc & ~7).isEqualTo(TestConsole.PROGRAM);
        assertThat(console.call(0x11, 2, third)).isEqualTo(4);
        assertThat(console.call(0x11, 2, third)).isEqualTo(-1);
        assertThat(console.call(0x15, 2)).isEqualTo(1);
        console.intc.line(IntcSource.VBLANK_START).raise();
        console.run(2000);
        assertThat(log()).isEqualTo("41253");
    }

    @Test
    void aNegativeResultEndsTheChain() {
        console.start();
        console.call(0x10, 2, handler(0, 1, 0), -1, 0);
        console.call(0x10, 2, handler(1, 2, 0x7FFFFFFF), -1, 0);
        console.call(0x10, 2, handler(2, 3, 0x89ABCDEF), -1, 0);
        console.call(0x10, 2, handler(3, 4, 0), -1, 0);
        console.call(0x14, 2);
        console.intc.line(IntcSource.VBLANK_START).raise();
        console.run(2000);
        assertThat(log()).isEqualTo("123");
    }

    @Test
    void disabledHandlersAreSkipped() {
        console.start();
        int id = console.call(0x10, 2, handler(0, 1, 0), -1, 0);
        console.call(0x10, 2, handler(1, 2, 0), -1, 0);
        console.call(0x14, 2);
        console.call(0x5D, id);
        console.intc.line(IntcSource.VBLANK_START).raise();
        console.run(2000);
        assertThat(log()).isEqualTo("2");
    }

    @Test
    void interruptsLeaveTheRegistersAlone() {
        console.start();
        console.call(0x10, 2, handler(0, 1, 0), -1, 0);
        console.call(0x14, 2);
        for (int i = 1; i < 68; i++) {
            console.cpu.gpr[i] = i == 1 ? 0 : 0x0123_4567_89AB_0000L + i;
        }
        long[] before = console.cpu.gpr.clone();
        console.intc.line(IntcSource.VBLANK_START).raise();
        console.run(2000);
        assertThat(log()).isEqualTo("1");
        for (int i = 0; i < 68; i++) {
            assertThat(console.cpu.gpr[i]).as("gpr[%d]", i).isEqualTo(before[i]);
        }
    }

    @Test
    void alarmsComeAfterTheirLines() {
        console.start();
        assertThat(console.call(0xFC, 10, handler(0, 1, 0), 5)).isNotNegative();
        int late = console.call(0xFC, 20, handler(1, 2, 0), 5);
        console.call(0xFC, 15, handler(2, 3, 0), 5);
        assertThat(console.call(0xFE, late)).isEqualTo(late);
        assertThat(console.call(0xFE, late)).isEqualTo(-1);
        long line = Clocks.EE_HZ / 15_734;
        console.run(9 * line);
        assertThat(log()).isEmpty();
        console.run(2 * line);
        assertThat(log()).isEqualTo("1");
        console.run(20 * line);
        assertThat(log()).isEqualTo("13");
    }

    @Test
    void anInterruptWakesAThreadFromIdle() {
        console.start();
        console.bus.write32(0x200000 + 4, 10);
        int semaphore = console.call(0x40, 0x200000);
        // The alarm's function is iSignalSema(argument): a0 = a2, v1 = -0x43, syscall, return.
        int[] code = {0x00C02021, 0x2403FFBD, 0x0000000C, 0x03E00008, 0};
        for (int i = 0; i < code.length; i++) {
            console.bus.write32(HANDLERS + 4 * i, code[i]);
        }
        console.call(0xFC, 3, HANDLERS, semaphore);
        console.call(0x44, semaphore);
        assertThat(console.kernel.threadId()).isZero();
        console.run(Clocks.EE_HZ / 1000);
        assertThat(console.kernel.threadId()).isEqualTo(1);
        assertThat((int) console.cpu.gpr[4]).isEqualTo(semaphore);
    }

    @Test
    void setupThreadGivesStackAndArguments() {
        console.start("cdrom0:\\TEST.ELF;1", "--prompt", "Déjà vu");
        int area = 0x200000;
        // RAM end - 4 KB - the context of 0x2A0 bytes; the heap ends at the bottom of the stack.
        assertThat(console.call(0x3C, 0x123456, -1, 0x20000, area, 0x100100)).isEqualTo(0x02000000 - 0x1000 - 0x2A0);
        assertThat(console.call(0x3D, 0x180000, -1)).isEqualTo(0x02000000 - 0x1000 - 0x20000);
        assertThat(console.call(0x3E)).isEqualTo(0x02000000 - 0x1000 - 0x20000);
        assertThat(console.bus.read32(area)).isEqualTo(3);
        assertThat(text(console.bus.read32(area + 4))).isEqualTo("cdrom0:\\TEST.ELF;1");
        assertThat(console.bus.read32(area + 4)).isEqualTo(area + 4 + 64);
        assertThat(text(console.bus.read32(area + 8))).isEqualTo("--prompt");
        assertThat(console.bus.read8(console.bus.read32(area + 12) + 1)).isEqualTo(0xC3);
    }

    private String text(int address) {
        StringBuilder text = new StringBuilder();
        for (int i = address; console.bus.read8(i) != 0; i++) {
            text.append((char) console.bus.read8(i));
        }
        return text.toString();
    }

    @Test
    void setGsCrtWritesTheKernelsValues() {
        console.start();
        console.call(0x02, 1, 2, 0);
        assertThat(console.gsRegisters.value(0x12000010)).isEqualTo(0x740814504L);
        assertThat(console.gsRegisters.value(0x12000020)).isEqualTo(1);
        assertThat(console.gsRegisters.value(0x12000060)).isEqualTo(0xC7800601A01801L);
        console.call(0x02, 0, 3, 0);
        assertThat(console.gsRegisters.value(0x12000010)).isEqualTo(0x740816504L);
        assertThat(console.gsRegisters.value(0x12000020)).isZero();
        assertThat(console.call(0x71, 0xFF00)).isEqualTo(0x7F00);
        assertThat(console.call(0x70)).isEqualTo(0xFF00);
    }

    @Test
    void unknownCallsAreReported() {
        console.start();
        assertThat(console.call(0xC0)).isEqualTo(-1);
        assertThat(console.call(0x87)).isEqualTo(-1);
        assertThat(console.noticed)
                .extracting(Notices.Notice::kind)
                .contains(Notices.Kind.UNHANDLED, Notices.Kind.UNIMPLEMENTED);
    }

    @Test
    void replacedCallsRunGuestCodeAndReturn() {
        // v1 = 0x90; syscall; then v0 is moved to s0 and Exit(s0) follows.
        int[] program = {0x24030090, 0x0000000C, 0x00408021, 0x02002021, 0x24030004, 0x0000000C, 0x1000FFFF, 0};
        console.start(program);
        console.call(0x74, 0x90, handler(0, 1, 42));
        console.cpu.jump(TestConsole.PROGRAM);
        console.run(2000);
        assertThat(log()).isEqualTo("1");
        assertThat(console.exitStatus).isEqualTo(42);
    }

    @Test
    void theKernelsOwnFunctionCanBeCalledAndPutBack() {
        // jalr s1, which is the kernel's ReferThreadStatus, with a0 = 0 and a1 = 0; Exit(v0).
        int[] program = {0x0220F809, 0x00002821, 0x00402021, 0x24030004, 0x0000000C, 0x1000FFFF, 0};
        console.start(program);
        int own = console.call(0x5B, 0x30);
        console.call(0x74, 0x30, handler(0, 1, 42));
        assertThat(console.call(0x5B, 0x30)).isNotEqualTo(own);
        console.cpu.gpr[2 * 4] = 0;
        console.cpu.gpr[2 * 17] = own;
        console.cpu.jump(TestConsole.PROGRAM);
        console.run(2000);
        assertThat(console.exitStatus).as("status of the running thread").isEqualTo(1);
        console.start(program);
        console.call(0x74, 0x30, handler(0, 1, 42));
        console.call(0x74, 0x30, own);
        assertThat(console.call(0x30, 0, 0)).isEqualTo(1);
        assertThat(console.call(0x5B, 0x30)).isEqualTo(own);
    }

    @Test
    void execPs2StartsAProgramInMemoryWithItsArguments() {
        console.start();
        console.call(0x20, 0x200000);
        String path = "host:OTHER.ELF";
        for (int i = 0; i <= path.length(); i++) {
            console.bus.write8(0x210000 + i, i < path.length() ? path.charAt(i) : 0);
        }
        console.bus.write32(0x210100, 0x210000);
        console.call(0x07, 0x123450, 0x1000, 1, 0x210100);
        assertThat(console.cpu.pc).isEqualTo(0x123450);
        assertThat((int) console.cpu.gpr[2 * 28]).isEqualTo(0x1000);
        assertThat(console.kernel.threadId()).isEqualTo(1);
        console.call(0x3C, 0, -1, 0x20000, 0x220000, 0);
        assertThat(text(console.bus.read32(0x220004))).isEqualTo(path);
    }

    @Test
    void loadExecPs2AsksTheSourceAndEndsAtTheBrowser() {
        console.start();
        StringBuilder asked = new StringBuilder();
        console.kernel.programSource(path -> {
            asked.append(path);
            throw new InputException(path + " is not there");
        });
        console.bus.write64(0x210000, 0x3A30_6D6F_7264_63L | (long) 'A' << 56);
        console.call(0x06, 0x210000, 0, 0);
        assertThat(asked.toString()).isEqualTo("cdrom0:A");
        assertThat(console.crash).contains("cdrom0:A is not there");
        TestConsole other = new TestConsole();
        other.start();
        String browser = "rom0:OSDSYS";
        for (int i = 0; i < browser.length(); i++) {
            other.bus.write8(0x210000 + i, browser.charAt(i));
        }
        other.call(0x06, 0x210000, 0, 0);
        assertThat(other.exitStatus).isZero();
    }

    @Test
    void printReplacesItsConversions() {
        console.start();
        String format = "%s=%04x %d%%";
        for (int i = 0; i < format.length(); i++) {
            console.bus.write8(0x210000 + i, format.charAt(i));
        }
        console.bus.write32(0x210100, 'x');
        console.call(0x75, 0x210000, 0x210100, 0x2A, -1);
        assertThat(console.text).hasToString("x=002a -1%");
    }

    @Test
    void crashesNameThePlace() {
        console.start(new int[] {0x8C020000, 0}); // lw v0, 0(zero)
        console.run(1000);
        assertThat(console.crash).contains("not mapped").contains("0x00100000");
    }

    @Test
    void badPointersDoNoHarm() {
        console.start();
        assertThat(console.call(0x20, 0x50000000)).isEqualTo(-1);
        assertThat(console.call(0x40, 0x0)).isEqualTo(-1);
        assertThat(console.call(0x77, 0x1FFFFF8, 4)).isZero();
        assertThat(console.call(0x77, 0x200000, Integer.MAX_VALUE)).isZero();
        assertThat(console.call(0x5A, 0x1FFFFFF, 0x100000, 0x7FFFFFFF)).isZero();
        console.call(0x3C, 0, 0x7FFFFFFF, 0x7FFFFFFF, 0x70003FF0, 0);
        console.call(0x22, -5, 0);
        console.call(0x10, 99, 0, 0, 0);
        console.call(0x79, 0x80000055, 1);
        console.call(0x7C, 0x10, 0x3);
        assertThat(console.crash).isNull();
    }
}
