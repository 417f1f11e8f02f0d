package soliloquy.iop;

import java.util.ArrayList;
import java.util.List;
import soliloquy.machine.Notices;
import soliloquy.machine.Ram;

/** An R3000A with RAM, which runs words up to a BREAK and keeps the exceptions they raise. */
final class TestIop {
    static final int PROGRAM = 0x1000;
    static final int DATA = 0x2000;

    /** An exception that the program raised. */
    record Raised(ExceptionCode code, int epc, boolean inDelaySlot, int badAddress) {}

    final Ram ram = new Ram(IopBus.RAM_SIZE);
    final IopBus bus = new IopBus(ram, new Notices(notice -> {}));
    final R3000A cpu = new R3000A(bus);
    final List<Raised> raised = new ArrayList<>();

    TestIop() {
        cpu.cop0().status(0);
        cpu.exceptionHandler((code, epc, inDelaySlot, badAddress) -> {
            raised.add(new Raised(code, epc, inDelaySlot, badAddress));
            cpu.stop();
        });
    }

    /** Puts {@code words} at {@link #PROGRAM} and runs them to a BREAK behind the last, or another exception. */
    void run(int... words) {
        for (int i = 0; i < words.length; i++) {
            ram.write32(PROGRAM + 4 * i, words[i]);
        }
        ram.write32(PROGRAM + 4 * words.length, Instruction.BREAK.encoding.match());
        cpu.jump(PROGRAM);
        cpu.run(cpu.cycles() + 1_000_000);
    }

    static int three(Instruction row, int d, int s, int t) {
        return row.encoding.match() | d << 11 | s << 21 | t << 16;
    }

    static int shift(Instruction row, int d, int t, int count) {
        return row.encoding.match() | d << 11 | t << 16 | count << 6;
    }

    static int immediate(Instruction row, int t, int s, int value) {
        return row.encoding.match() | t << 16 | s << 21 | value & 0xFFFF;
    }
}
