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

    /** thbase.c: an alarm comes again after as many cycles as its handler returns; KE_FOUND_HANDLER, KE_NOTFOUND_HANDLER. */
    @Test
    void alarmsComeOnceOrAgain() {
        CallingModule.Place again = module.counting(DATA, 0x7000);
        CallingModule.Place once = module.counting(DATA + 4, 0);
        CallingModule.Place clock = module.words(0x7000, 0);
        module.call("thbase", 35, clock, again, 5);
        module.call("thbase", 35, clock, again, 5);
        module.call("thbase", 35, clock, again, 6);
        module.call("thbase", 37, again, 6);
        module.call("thbase", 37, again, 6);
        module.call("thbase", 35, clock, once, 0);
        assertThat(module.run(console, 8 * 0x7000 * 10)).containsExactly(0, -104, 0, 0, -105, 0);
        assertThat(data(0)).isBetween(8, 10);
        assertThat(data(1)).isEqualTo(1);
    }

    /** kerr.h: KE_ILLEGAL_CONTEXT for what may wait, when an interrupt handler asks for it. */
    @Test
    void handlersMayNotWait() {
        CallingModule handler = new CallingModule();
        CallingModule.Place get = handler.forwarding("thbase", 20, DATA);
        CallingModule.Place status = handler.forwarding("thbase", 41, DATA + 4);
        CallingModule.Place poll = handler.forwarding("thsemap", 9, DATA + 8);
        CallingModule.Place clock = handler.words(0x7000, 0);
        handler.call("thbase", 35, clock, get, 5);
        handler.call("thbase", 35, clock, status, 5);
        handler.call("thbase", 35, clock, poll, 5);
        handler.run(console, SOON);
        assertThat(data(0)).isEqualTo(-100);
        assertThat(data(1)).isPositive();
        assertThat(data(2)).isEqualTo(-100);
    }

    /** timrman.c: which timer is given for 32 bits of the system clock, its number, its interrupt, and the errors. */
    @Test
    void timersAreHandedOutAndCall() {
        CallingModule.Place again = module.counting(DATA, 0x4000);
        CallingModule.Result timer = module.call("timrman", 4, 1, 32, 256);
        module.call("timrman", 16, timer);
        module.call("timrman", 23, timer);
        module.call("timrman", 22, timer, 1, 0, 3);
        module.call("timrman", 22, timer, 1, 0, 8);
        module.call("timrman", 20, timer, 0x1000, again, 0);
        module.call("timrman", 23, timer);
        module.call("timrman", 23, timer);
        module.call("timrman", 4, 2, 32, 1);
        module.call("timrman", 6, 0);
        int[] results = module.run(console, 8 * 8 * (0x1000 + 3 * 0x4000 + 0x2000));
        assertThat(results).containsExactly(0x6BF8_014A, 16, -155, -153, 0, 0, 0, -154, -150, -151);
        assertThat(data(0)).isEqualTo(4);
    }

    /** heaplib.c: chunks cost eight bytes; a heap that grows takes more system memory. */
    @Test
    void heapsGiveAndGrow() {
        CallingModule.Result small = module.call("heaplib", 4, 256, 0);
        CallingModule.Result chunk = module.call("heaplib", 6, small, 100);
        module.call("heaplib", 6, small, 1000);
        module.call("heaplib", 7, small, chunk);
        module.call("heaplib", 7, small, chunk);
        CallingModule.Result growing = module.call("heaplib", 4, 256, 1);
        CallingModule.Result far = module.call("heaplib", 6, growing, 1000);
        module.call("heaplib", 7, growing, far);
        module.call("heaplib", 8, 0);
        int[] results = module.run(console, SOON);
        assertThat(results[1]).isGreaterThan(results[0]).isLessThan(results[0] + 256 - 100);
        assertThat(results[2]).isZero();
        assertThat(results[3]).isZero();
        assertThat(results[4]).isEqualTo(-1);
        assertThat(results[6]).isPositive();
        assertThat(results[7]).isZero();
        assertThat(results[8]).isEqualTo(-4);
    }

    /** ssbusc.c: device 9's delay and address, devices without registers, and the four times of the common delay. */
    @Test
    void theTimingOfTheBusesIsSet() {
        module.call("ssbusc", 4, 9, 0x1234);
        module.call("ssbusc", 6, 9, 0xBF90_0800);
        module.call("ssbusc", 4, 3, 1);
        module.call("ssbusc", 5, 13);
        module.call("ssbusc", 16, 0x1_0000);
        module.call("ssbusc", 10, 0x7);
        module.call("ssbusc", 14, 0x9);
        module.call("ssbusc", 17);
        module.call("ssbusc", 11);
        assertThat(module.run(console, SOON))
                .containsExactly(0x1234, 0xBF90_0800, -1, -1, 0x1_0000, 0x1_0070, 0x1_9070, 0x1_9070, 7);
        assertThat(console.iopBus.read32(0xBF80_1414)).isEqualTo(0x1234);
        assertThat(console.iopBus.read32(0xBF80_140C)).isEqualTo(0xBF90_0800);
    }
}
