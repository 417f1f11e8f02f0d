package soliloquy.bios.irx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import soliloquy.iop.IopBus;
import soliloquy.iop.R3000A;
import soliloquy.machine.Notices;
import soliloquy.machine.Ram;

/** Results are those of hardware records, ps2autotests kernel/iop/interrupt; those they lack are of ps2sdk's intrman. */
class IntrmanTest {
    private static final int HANDLER = 0x4000;
    private static final int STATE = 0x2000;
    private static final int CDVD = 2;

    private final Notices noticed = new Notices(notice -> {});
    private final Ram ram = new Ram(IopBus.RAM_SIZE);
    private final R3000A cpu = new R3000A(new IopBus(ram, noticed));
    private final ModuleCall call = new ModuleCall(cpu, ram, null, null);
    private final Intrman intrman = new Intrman((line, on) -> {}, line -> line == CDVD);

    private int call(int ordinal, int... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            cpu.gpr[4 + i] = arguments[i];
        }
        return intrman.call(ordinal, call);
    }

    private int register(int line, int mode, int handler) {
        return call(4, line, mode, handler, 0xAAAA);
    }

    @Test
    void aLineHasOneHandler() {
        assertThat(register(Intrman.VBLANK, 0, HANDLER)).isZero();
        assertThat(register(Intrman.VBLANK, 0, HANDLER)).isEqualTo(-104);
        assertThat(register(Intrman.VBLANK, 0, 0)).isEqualTo(-104);
        assertThat(call(5, Intrman.VBLANK)).isZero();
        assertThat(call(5, Intrman.VBLANK)).isEqualTo(-105);
    }

    @Test
    void aNullHandlerIsNone() {
        assertThat(register(Intrman.VBLANK, 0, 0)).isZero();
        assertThat(register(Intrman.VBLANK, 0, 0)).isZero();
        assertThat(call(5, Intrman.VBLANK)).isEqualTo(-105);
        assertThat(register(Intrman.VBLANK, 0, HANDLER)).isZero();
    }

    @Test
    void linesAreCheckedAndModesAreNot() {
        assertThat(register(-1, 0, HANDLER)).isEqualTo(-101);
        assertThat(call(5, -1)).isEqualTo(-101);
        assertThat(register(Intrman.VBLANK, Integer.MIN_VALUE, HANDLER)).isZero();
        assertThat(call(5, Intrman.VBLANK)).isZero();
        assertThat(register(Intrman.VBLANK, Integer.MAX_VALUE, HANDLER)).isZero();
    }

    @Test
    void anInterruptWaitsForItsLineAndForTheProcessor() {
        register(Intrman.VBLANK, 0, HANDLER);
        call(17, STATE);
        assertThat(ram.read32(STATE)).isEqualTo(1);
        intrman.raise(Intrman.VBLANK);
        call(6, Intrman.VBLANK);
        assertThat(intrman.begin()).isNull();
        call(18, 1);
        call(7, Intrman.VBLANK, STATE);
        assertThat(ram.read32(STATE)).isEqualTo(Intrman.VBLANK);
        assertThat(intrman.begin()).isNull();
        call(6, Intrman.VBLANK);
        InterruptCall begun = intrman.begin();
        assertThat(begun.address()).isEqualTo(HANDLER);
        assertThat(begun.first()).isEqualTo(0xAAAA);
    }

    @Test
    void suspendingTwiceIsTold() {
        assertThat(call(17, STATE)).isZero();
        assertThat(call(17, STATE)).isEqualTo(-102);
        assertThat(ram.read32(STATE)).isZero();
    }

    @Test
    void aHandlerThatReturnsZeroDisablesItsLine() {
        register(Intrman.VBLANK, 0, HANDLER);
        call(6, Intrman.VBLANK);
        for (int result : new int[] {1, 0}) {
            intrman.raise(Intrman.VBLANK);
            InterruptCall begun = intrman.begin();
            assertThat(begun.address()).isEqualTo(HANDLER);
            assertThat(call(23)).isEqualTo(1);
            assertThat(register(Intrman.VBLANK, 0, HANDLER)).isEqualTo(-100);
            intrman.end(begun, result);
            assertThat(call(23)).isZero();
        }
        intrman.raise(Intrman.VBLANK);
        assertThat(intrman.begin()).isNull();
    }

    @Test
    void aLineOfTheRomsSoftwareIsTaken() {
        assertThat(register(CDVD, 0, HANDLER)).isEqualTo(-104);
    }

    @Test
    void functionsRunAsInterruptsInTheirOrder() {
        List<Integer> results = new ArrayList<>();
        intrman.queue(new InterruptCall(HANDLER, results::add, 1, 2));
        intrman.queue(new InterruptCall(HANDLER + 4, results::add, 0, 0));
        call(17, STATE);
        assertThat(intrman.due()).isFalse();
        call(18, 1);
        InterruptCall first = intrman.begin();
        assertThat(first.first()).isEqualTo(1);
        assertThat(first.second()).isEqualTo(2);
        assertThat(intrman.begin()).isNull();
        intrman.end(first, 7);
        intrman.end(intrman.begin(), 8);
        assertThat(results).containsExactly(7, 8);
        assertThat(intrman.due()).isFalse();
    }
}
