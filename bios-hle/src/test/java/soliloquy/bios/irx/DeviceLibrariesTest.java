package soliloquy.bios.irx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import soliloquy.bios.TestConsole;
import soliloquy.iop.IopIntc;

/** Libraries on the IOP's devices; results and register values are those of ps2sdk's modules of the same names. */
class DeviceLibrariesTest {
    private static final int DATA = CallingModule.DATA;
    private static final long SOON = 10_000_000;

    private final TestConsole console = new TestConsole();
    private final CallingModule module = new CallingModule();

    @BeforeEach
    void boot() {
        console.start();
    }

    private int data(int index) {
        return console.iopBus.ram().read32(DATA + 4 * index);
    }

    /** sysmem.h: blocks of 256 bytes; first, last, or at an address; free blocks have the top bit. */
    @Test
    void memoryIsTakenAndGivenBack() {
        module.call("sysmem", 4, 0, 300, 0);
        CallingModule.Result last = module.call("sysmem", 4, 1, 1, 0);
        module.call("sysmem", 4, 2, 256, 0x18_0000);
        module.call("sysmem", 4, 2, 256, 0x18_0000);
        module.call("sysmem", 4, 2, 512, 0x17_FF00);
        module.call("sysmem", 4, 2, 256, 0x18_0080);
        module.call("sysmem", 9, 0x18_0012);
        module.call("sysmem", 10, 0x18_0012);
        module.call("sysmem", 5, 0x18_0000);
        module.call("sysmem", 5, 0x18_0000);
        module.call("sysmem", 9, 0x18_0012);
        module.call("sysmem", 5, last);
        module.call("sysmem", 6);
        module.call("sysmem", 4, 0, 0, 0);
        module.call("sysmem", 4, 3, 16, 0);
        module.call("sysmem", 9, 0x20_0000);
        int[] results = module.run(console, SOON);
        assertThat(results[0]).isPositive();
        assertThat(results[1]).isEqualTo(0x1F_FE00);
        assertThat(results[2]).isEqualTo(0x18_0000);
        assertThat(results[3]).isZero();
        assertThat(results[4]).isZero();
        assertThat(results[5]).isZero();
        assertThat(results[6]).isEqualTo(0x18_0000);
        assertThat(results[7]).isEqualTo(256);
        assertThat(results[8]).isZero();
        assertThat(results[9]).isEqualTo(-1);
        assertThat(results[10]).isNegative().isNotEqualTo(-1);
        assertThat(results[11]).isZero();
        assertThat(results[12]).isEqualTo(0x20_0000);
        assertThat(results[13]).isZero();
        assertThat(results[14]).isZero();
        assertThat(results[15]).isEqualTo(-1);
    }

    @Test
    void kprintfWritesToTheConsole() {
        module.call("sysmem", 14, module.text("%d of %s\n"), 7, module.text("nine"));
        int[] results = module.run(console, SOON);
        assertThat(console.text.toString()).isEqualTo("7 of nine\n");
        assertThat(results[0]).isEqualTo(10);
    }

    /** dmacman.h: a slice sets MADR, BCR and CHCR; priorities have four bits a channel in DPCR and DPCR2. */
    @Test
    void channelsAreSetUpAndEnabled() {
        module.call("dmacman", 35, 11);
        module.call("dmacman", 28, 11, 0x8012_3450, 9, 4, 1);
        module.call("dmacman", 28, 6, 0, 1, 1, 0);
        module.call("dmacman", 33, 11, 5);
        module.call("dmacman", 34, 11);
        module.call("dmacman", 17);
        module.call("dmacman", 5, 11);
        module.call("dmacman", 7, 11);
        module.call("dmacman", 9, 11);
        int[] results = module.run(console, SOON);
        assertThat(results[1]).isEqualTo(1);
        assertThat(results[2]).isZero();
        assertThat(results[5] >>> 16 & 0xF).isEqualTo(0xD);
        assertThat(results[6]).isEqualTo(0x12_3450);
        assertThat(results[7]).isEqualTo(0x4_0009);
        assertThat(results[8]).isEqualTo(0x201);
    }

    /** vblank.c: a handler goes on being called while it returns other than 0; KE_FOUND_HANDLER, KE_NOTFOUND_HANDLER. */
    @Test
    void handlersAreCalledAtTheBlank() {
        CallingModule.Place always = module.counting(DATA, 1);
        CallingModule.Place once = module.counting(DATA + 4, 0);
        CallingModule.Place atEnd = module.counting(DATA + 8, 1);
        module.call("vblank", 8, 0, 64, always, 0);
        module.call("vblank", 8, 0, 64, always, 0);
        module.call("vblank", 8, 0, 32, once, 0);
        module.call("vblank", 8, 1, 32, atEnd, 0);
        module.call("vblank", 9, 1, always);
        int[] results = module.run(console, SOON);
        assertThat(results).containsExactly(0, -104, 0, 0, -105);
        for (int i = 0; i < 3; i++) {
            console.iopIntc.line(IopIntc.VBLANK).raise();
            console.run(SOON);
        }
        console.iopIntc.line(IopIntc.EVBLANK).raise();
        console.run(SOON);
        assertThat(data(0)).isEqualTo(3);
        assertThat(data(1)).isEqualTo(1);
        assertThat(data(2)).isEqualTo(1);
    }

    @Test
    void aThreadWaitsForTheBlank() {
        CallingModule.Place reached = module.counting(DATA, 0);
        module.call("vblank", 4);
        module.call("intrman", 14, reached, 0, 0, 0);
        module.run(console, SOON);
        assertThat(data(0)).isZero();
        console.iopIntc.line(IopIntc.EVBLANK).raise();
        console.run(SOON);
        assertThat(data(0)).isZero();
        console.iopIntc.line(IopIntc.VBLANK).raise();
        console.run(SOON);
        assertThat(data(0)).isEqualTo(1);
    }
}
