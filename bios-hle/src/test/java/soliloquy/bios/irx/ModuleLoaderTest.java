package soliloquy.bios.irx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import soliloquy.iop.IopBus;
import soliloquy.iop.IopIntc;
import soliloquy.iop.R3000A;
import soliloquy.machine.InputException;
import soliloquy.machine.Notices;
import soliloquy.machine.Ram;
import soliloquy.machine.Scheduler;

class ModuleLoaderTest {
    private static final int WORD = 2;
    private static final int JUMP = 4;
    private static final int HIGH = 5;
    private static final int LOW = 6;
    private static final int NOP = 0;
    private static final int JR_RA = 0x03E0_0008;
    private static final int BASE = 0x000C_0030;

    private final Ram ram = Ram.switchedOn(IopBus.RAM_SIZE);
    private final List<String> notices = new ArrayList<>();
    private final Notices noticed = new Notices(notice -> notices.add(notice.text()));
    private final IopBus bus = new IopBus(ram, noticed);
    private final R3000A cpu = new R3000A(bus);
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final List<String> ends = new ArrayList<>();
    private final IopKernel kernel =
            new IopKernel(cpu, bus, new Scheduler(), printed::write, noticed, new IopKernel.Listener() {
                @Override
                public void returned(int result) {
                    ends.add("returned " + result);
                }

                @Override
                public void crashed(String reason, int pc) {
                    ends.add("crashed: %s at 0x%08x".formatted(reason, pc));
                }
            });

    @BeforeEach
    void boot() {
        bus.map(IopIntc.BASE, IopIntc.SIZE, new IopIntc(kernel.interruptPin()));
        kernel.boot();
    }

    private void run(TestModule module) throws InputException {
        kernel.start(IrxFile.parse("test.irx", module.irx()), "host:test.irx", 0);
        kernel.run(100_000_000);
    }

    /** lui a0,%hi(text); jal printf; addiu a0,a0,%lo(text); then back by the address kept in s0, with v0 = 2. */
    private static TestModule greeting(int textOffset, int stub) {
        return new TestModule()
                .entry()
                .word(0x03E0_8021) // move s0,ra
                .word(0x3C04_0000 | textOffset + 0x8000 >>> 16, HIGH)
                .word(0x0C00_0000 | stub >>> 2, JUMP)
                .word(0x2484_0000 | textOffset & 0xFFFF, LOW)
                .word(0x2402_0002) // li v0,2
                .word(0x0200_0008) // jr s0
                .word(NOP);
    }

    @Test
    void relocatesLinksAndRunsAModule() throws Exception {
        TestModule measured = greeting(0, 0);
        int stub = measured.imports("stdio", 4);
        int text = measured.here();
        TestModule module = greeting(text, stub);
        module.imports("stdio", 4);
        module.text("%d%%, %04x\n").bss(64);
        run(module);
        assertThat(ends).containsExactly("returned 2");
        assertThat(kernel.running()).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8)).endsWith("%, 0000\n");
        assertThat(ram.read32(BASE + 4) & 0xFFFF).isEqualTo(BASE + text + 0x8000 >>> 16);
        assertThat(ram.read32(BASE + 12) & 0xFFFF).isEqualTo(BASE + text & 0xFFFF);
        assertThat(ram.read32(BASE + module.here() + 60)).isZero();
    }

    @Test
    void wordsAndCarriesOfHalvesAreRelocated() throws Exception {
        TestModule module = new TestModule()
                .entry()
                .word(JR_RA)
                .word(NOP)
                .word(0x1234, WORD)
                .word(0x3C01_0001, HIGH) // lui at,1: 0x10000 - 8 + 0x8000 with the next
                .word(0x3C02_0001, HIGH)
                .word(0x2421_7FF8, LOW);
        run(module);
        assertThat(ram.read32(BASE + 8)).isEqualTo(0x1234 + BASE);
        int address = 0x0001_7FF8 + BASE;
        assertThat(ram.read32(BASE + 12) & 0xFFFF).isEqualTo(address + 0x8000 >>> 16);
        assertThat(ram.read32(BASE + 16) & 0xFFFF).isEqualTo(address + 0x8000 >>> 16);
        assertThat(ram.read32(BASE + 20) & 0xFFFF).isEqualTo(address & 0xFFFF);
        assertThat(address & 0x8000).isNotZero(); // the case that needs the carry
    }

    /** irx.h: .iopmod's first word is where the module's data name it. */
    @Test
    void aModuleIsCalledWhatItsDataSay() throws Exception {
        TestModule module = new TestModule().entry().word(JR_RA).word(NOP);
        int name = module.here();
        module.text("Cdvd_Driver").identified(name, 0x0203);
        run(module);
        assertThat(kernel.find("Cdvd_Driver")).isGreaterThan(31);
        assertThat(kernel.find("test")).isNegative();
        int information = BASE - 0x30;
        assertThat(ram.read32(information + 4)).isEqualTo(BASE + name);
        assertThat(ram.read32(information + 8)).isEqualTo(0x0203);
    }

    @Test
    void anUnknownLibraryIsNamed() {
        TestModule module = new TestModule().entry().word(JR_RA).word(NOP);
        module.imports("nosuch", 4);
        assertThatThrownBy(() -> run(module))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the module test imports the library nosuch");
    }

    @Test
    void anUnknownFunctionIsNoticedAndReturnsZero() throws Exception {
        TestModule module = new TestModule();
        int stub = module.imports("loadcore", 25);
        module.entry()
                .word(0x03E0_8021)
                .word(0x0C00_0000 | stub >>> 2, JUMP)
                .word(NOP)
                .word(0x0200_0008)
                .word(NOP);
        run(module);
        assertThat(notices).hasSize(2).allMatch(notice -> notice.contains("function 25 of loadcore"));
        assertThat(ends).containsExactly("returned 0");
    }

    /** Only the linker's stubs call libraries; a module's own SYSCALL finds nobody. */
    @Test
    void aSystemCallOfItsOwnIsACrash() throws Exception {
        TestModule module = new TestModule();
        module.imports("stdio", 6);
        int at = module.here();
        run(module.entry().word(0x0000_000C).word(JR_RA).word(NOP));
        assertThat(ends).containsExactly("crashed: a system call at 0x%08x".formatted(BASE + at));
        assertThat(printed.size()).isZero();
    }

    @Test
    void aCrashIsTold() throws Exception {
        run(new TestModule().entry().word(0x8C02_0002).word(NOP)); // lw v0,2(zero)
        assertThat(ends)
                .containsExactly("crashed: a load or fetch from a misaligned address (address 0x00000002) at 0x%08x"
                        .formatted(BASE));
    }

    @Test
    void damagedFilesAreRefusedInOneSentence() {
        TestModule module = greeting(0x40, 0x30);
        module.imports("stdio", 4);
        module.text("text");
        byte[] good = module.irx();
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bad =
                    random.nextInt(4) == 0 ? java.util.Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
            for (int flips = random.nextInt(4); flips >= 0 && bad.length > 0; flips--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            try {
                IrxFile.parse("bad.irx", bad);
            } catch (InputException e) {
                refused++;
                assertThat(e.getMessage()).startsWith("bad.irx, offset 0x");
            }
        }
        assertThat(refused).isGreaterThan(5_000);
    }

    /** C standard, fprintf. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "%d|-5|-5",
                "%5d|-5|   -5",
                "%-5d.|-5|-5   .",
                "%05d|-5|-0005",
                "%+d|5|+5",
                "%.3d|5|005",
                "%u|-1|4294967295",
                "%x|-1|ffffffff",
                "%#X|255|0XFF",
                "%08x|4660|00001234",
                "%o|8|10",
                "%c|65|A",
                "%%|0|%",
                "%q|0|%q",
                "%ld|7|7",
            })
    void formatsAsTheStandardSays(String format, int value, String text) {
        ModuleCall call = new ModuleCall(cpu, ram, null, null);
        assertThat(new String(
                        PrintFormat.print(call, format.getBytes(StandardCharsets.US_ASCII), () -> value),
                        StandardCharsets.US_ASCII))
                .isEqualTo(text);
    }
}
