package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;
import static soliloquy.ee.TestMachine.PROGRAM;

import java.math.BigInteger;
import java.util.Random;
import soliloquy.machine.Ram;

/** Executes one instruction on the processor and on its model from the same random state, and compares all that either can change. */
final class ModelRunner {
    private static final int BREAK = Instruction.BREAK.encoding.match();
    /** MTSAH $0, 3: a delay slot that shows in SA alone. */
    private static final int SLOT = Instruction.MTSAH.encoding.match() | 3;

    private static final int SLOT_SA = 6;
    private static final int SCRATCHPAD = 0x7000_0000;
    private static final int[] SEGMENTS = {0, 0x2000_0000, 0x3000_0000, 0x8000_0000, 0xA000_0000, SCRATCHPAD};
    /** Offset of the accessed bytes in the window, so that whole quadwords around them are inside. */
    private static final int MARGIN = 16;

    private final TestMachine machine = new TestMachine();
    private final Random random;
    private final RandomOperands operands;

    private ModelState before;
    private Ram memory;
    private int memoryOffset;
    private int accessed;

    ModelRunner(long seed) {
        random = new Random(seed);
        operands = new RandomOperands(random);
    }

    void check(Instruction row, InstructionModel model) {
        before = operands.state();
        Operands fields = prepare(row, operands.word(row));
        ModelState after = before.copy();
        model.apply(after, fields);
        boolean branch = row.has(Instruction.Trait.BRANCH);
        if (branch && !after.nullified) {
            after.sa = SLOT_SA;
        }
        load();
        if (after.taken) {
            machine.ram.write32(after.target, BREAK);
            machine.bus.codeWritten(after.target, 4);
        }
        machine.raised.clear();
        if (branch) {
            machine.run(fields.word(), SLOT);
        } else {
            machine.run(fields.word());
        }
        compare(row, fields, after, branch);
        load();
        machine.raised.clear();
        machine.runAgain();
        compare(row, fields, after, branch);
    }

    /** Makes the operands sensible: an address inside the window, a target that is code, equal operands now and then. */
    private Operands prepare(Instruction row, int word) {
        Operands o = Operands.of(word);
        placeWindow(!row.has(Instruction.Trait.BRANCH));
        operands.relate(before, o);
        switch (row.format) {
            case RT_OFFSET_BASE -> {
                int base = o.rs() == 0 ? 8 : o.rs();
                o = Operands.of(word & ~(31 << 21) | base << 21);
                accessed = before.window + MARGIN + random.nextInt(16);
                before.set64(base, BigInteger.valueOf(accessed - o.immediate()));
            }
            case RS_BRANCH, RS_RT_BRANCH -> {
                // Not to itself or its slot; and not through the register that it links.
                int displacement = 2 + random.nextInt(0x4000);
                int source = row.name().contains("AL") && o.rs() == 31 ? 30 : o.rs();
                boolean back = random.nextBoolean();
                o = Operands.of(word & 0xFC1F_0000 | source << 21 | (back ? -displacement : displacement) & 0xFFFF);
            }
            case TARGET -> o = Operands.of(word & 0xFC00_0000 | code() >> 2);
            case RS, RD_RS -> {
                if (row.has(Instruction.Trait.BRANCH)) {
                    o = Operands.of(o.rs() == 0 ? word | 9 << 21 : word);
                    before.set64(o.rs(), BigInteger.valueOf(code()));
                }
            }
            default -> {}
        }
        return o;
    }

    private int code() {
        return PROGRAM + 0x10_0000 + 4 * random.nextInt(0x1_0000);
    }

    private void placeWindow(boolean besideProgram) {
        int segment = SEGMENTS[random.nextInt(SEGMENTS.length)];
        memory = segment == SCRATCHPAD ? machine.bus.scratchpad() : machine.ram;
        // Once beside the program, where the page holds decoded instructions.
        memoryOffset =
                segment == SCRATCHPAD ? 0x1000 : besideProgram && random.nextBoolean() ? PROGRAM + 0x800 : 0x0040_0000;
        before.window = segment + memoryOffset;
    }

    private void load() {
        for (int i = 0; i < 32; i++) {
            machine.set(
                    i, before.gpr[i].longValue(), before.gpr[i].shiftRight(64).longValue());
        }
        long[] g = machine.cpu.gpr;
        g[R5900.HI] = before.hi.longValue();
        g[R5900.HI + 1] = before.hi.shiftRight(64).longValue();
        g[R5900.LO] = before.lo.longValue();
        g[R5900.LO + 1] = before.lo.shiftRight(64).longValue();
        machine.cpu.sa = before.sa;
        for (int i = 0; i < ModelState.WINDOW_SIZE; i++) {
            memory.write8(memoryOffset + i, before.memory[i]);
        }
    }

    private void compare(Instruction row, Operands o, ModelState after, boolean branch) {
        for (int i = 0; i < 32; i++) {
            compare(row, o, "register " + i, after.gpr[i], machine.low(i), machine.high(i));
        }
        long[] g = machine.cpu.gpr;
        compare(row, o, "HI", after.hi, g[R5900.HI], g[R5900.HI + 1]);
        compare(row, o, "LO", after.lo, g[R5900.LO], g[R5900.LO + 1]);
        if (machine.cpu.sa != after.sa) {
            assertThat(machine.cpu.sa).as("%s: SA", describe(row, o)).isEqualTo(after.sa);
        }
        for (int i = 0; i < ModelState.WINDOW_SIZE; i++) {
            if ((byte) memory.read8(memoryOffset + i) != after.memory[i]) {
                assertThat((byte) memory.read8(memoryOffset + i))
                        .as("%s: byte %d of memory", describe(row, o), i)
                        .isEqualTo(after.memory[i]);
            }
        }
        TestMachine.Raised expected = expected(after, branch);
        if (machine.raised.size() != 1 || !machine.raised.getFirst().equals(expected)) {
            assertThat(machine.raised).as(describe(row, o)).containsExactly(expected);
        }
    }

    private TestMachine.Raised expected(ModelState after, boolean branch) {
        if (after.raised != null) {
            boolean addressed = after.raised == ExceptionCode.ADDRESS_ERROR_LOAD
                    || after.raised == ExceptionCode.ADDRESS_ERROR_STORE;
            return new TestMachine.Raised(after.raised, PROGRAM, false, addressed ? accessed : 0);
        }
        int end = after.taken ? after.target : branch ? PROGRAM + 8 : PROGRAM + 4;
        return new TestMachine.Raised(ExceptionCode.BREAKPOINT, end, false, 0);
    }

    private void compare(Instruction row, Operands o, String name, BigInteger expected, long low, long high) {
        if (expected.longValue() != low || expected.shiftRight(64).longValue() != high) {
            assertThat("%016x%016x".formatted(high, low))
                    .as("%s: %s", describe(row, o), name)
                    .isEqualTo("%032x".formatted(expected));
        }
    }

    private String describe(Instruction row, Operands o) {
        return "%s (%s) with rs %032x, rt %032x, rd %032x, HI %032x, LO %032x, SA %d"
                .formatted(
                        EeDisassembler.disassemble(o.word(), PROGRAM),
                        row,
                        before.gpr[o.rs()],
                        before.gpr[o.rt()],
                        before.gpr[o.rd()],
                        before.hi,
                        before.lo,
                        before.sa);
    }
}
