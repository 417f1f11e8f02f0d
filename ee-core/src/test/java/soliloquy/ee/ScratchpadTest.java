package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;
import static soliloquy.ee.TestMachine.PROGRAM;
import static soliloquy.ee.TestMachine.immediate;
import static soliloquy.ee.TestMachine.three;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import soliloquy.machine.StopPoints;

/** Loads and stores in the scratchpad from compiled code: that they stay in it, what they cost, and where the scratchpad ends. */
class ScratchpadTest {
    private static final int START = 0x7000_0000;
    private static final int SIZE = 0x4000;
    private static final int DATA = 0x0020_0000;
    private static final int ROUNDS = 20_000;
    private static final int A0 = 4;
    private static final int A1 = 5;
    private static final int A2 = 6;
    private static final int V0 = 2;
    private static final int T0 = 8;
    private static final int BREAK = Instruction.BREAK.encoding.match();

    private final TestMachine machine = new TestMachine();

    private void put(int... words) {
        for (int i = 0; i < words.length; i++) {
            machine.ram.write32(PROGRAM + 4 * i, words[i]);
        }
        machine.ram.write32(PROGRAM + 4 * words.length, BREAK);
        machine.bus.codeWritten(PROGRAM, 4 * words.length + 4);
    }

    private long run() {
        machine.raised.clear();
        long before = machine.cpu.cycles();
        machine.cpu.jump(PROGRAM);
        machine.cpu.run(before + 100L * ROUNDS);
        return machine.cpu.cycles() - before;
    }

    private void expectBreak() {
        assertThat(machine.raised).extracting(TestMachine.Raised::code).containsExactly(ExceptionCode.BREAKPOINT);
    }

    private static int back(int words) {
        return immediate(Instruction.BNE, 0, T0, -words);
    }

    private static final int COUNT = immediate(Instruction.ADDIU, T0, T0, -1);

    /** T0 times: all loads and stores, each 16 bytes from the last, which the loop copies from one place to another. */
    private static int[] copies() {
        List<Integer> words = new ArrayList<>(List.of(COUNT));
        Instruction[][] pairs = {
            {Instruction.LB, Instruction.SB}, {Instruction.LBU, Instruction.SB}, {Instruction.LH, Instruction.SH},
            {Instruction.LHU, Instruction.SH}, {Instruction.LW, Instruction.SW}, {Instruction.LWU, Instruction.SW},
            {Instruction.LD, Instruction.SD}, {Instruction.LWC1, Instruction.SWC1}, {Instruction.LQ, Instruction.SQ}
        };
        for (int i = 0; i < pairs.length; i++) {
            words.add(immediate(pairs[i][0], 10, A0, 16 * i));
            words.add(immediate(pairs[i][1], 10, A1, 16 * i));
        }
        words.add(back(words.size() + 1));
        words.add(0);
        return words.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The bytes that each of {@link #copies} moves. */
    private static final int[] COPIED = {1, 1, 2, 2, 4, 4, 8, 4, 16};

    @ParameterizedTest
    @CsvSource({
        "PIPELINE,NEVER",
        "PIPELINE,ALWAYS",
        "SIMPLE,NEVER",
        "SIMPLE,ALWAYS",
        "CACHE,NEVER",
        "CACHE,ALWAYS",
    })
    void everyLoadAndStoreStaysInTheRegion(TimingProfile profile, SecondForm form) {
        machine.cpu.timing(profile);
        machine.cpu.secondForms(form);
        for (int i = 0; i < 16 * COPIED.length; i++) {
            machine.bus.scratchpad().write8(0x100 + i, i + 1);
        }
        put(copies());
        machine.set(A0, START + 0x100, 0);
        machine.set(A1, START + 0x2000, 0);
        machine.set(T0, ROUNDS, 0);
        run();
        expectBreak();
        for (int i = 0; i < COPIED.length; i++) {
            for (int b = 0; b < 16; b++) {
                assertThat(machine.bus.scratchpad().read8(0x2000 + 16 * i + b))
                        .isEqualTo(b < COPIED[i] ? 16 * i + b + 1 : 0);
            }
        }
        Region region = machine.cpu.regionAt(PROGRAM);
        assertThat(region).isNotNull();
        machine.set(T0, 100, 0);
        machine.cpu.deadline = machine.cpu.clock + 100_000;
        assertThat(region.code.run()).isEqualTo(PROGRAM + 4 * copies().length); // not at an access
        assertThat(machine.low(T0)).isZero();
    }

    /** Count and load in one cycle, the load's result after two, ADDU and the branch then, the slot: four cycles, as in RDRAM. */
    @ParameterizedTest
    @EnumSource(names = {"PIPELINE", "CACHE"})
    void anAccessTakesWhatAHitTakes(TimingProfile profile) {
        machine.cpu.timing(profile);
        put(COUNT, immediate(Instruction.LW, 9, A0, 0), three(Instruction.ADDU, V0, V0, 9), back(4), 0);
        for (int place : new int[] {DATA, START + SIZE - 4}) {
            machine.set(A0, place, 0);
            machine.set(T0, ROUNDS, 0);
            assertThat((double) run() / ROUNDS).isBetween(4.0, 4.01);
            expectBreak();
        }
        assertThat(machine.cpu.regions()).isPositive();
    }

    /** One loop, in one memory after the other. */
    @ParameterizedTest
    @EnumSource(names = {"NEVER", "ALWAYS"})
    void anAccessMayUseBothMemories(SecondForm form) {
        machine.cpu.secondForms(form);
        put(
                COUNT,
                immediate(Instruction.LW, 9, A0, 0),
                immediate(Instruction.LW, 10, A0, 4),
                three(Instruction.ADDU, 9, 9, 10),
                immediate(Instruction.SW, 9, A0, 4),
                back(6),
                0);
        int[] places = {DATA, START, DATA + 0x1000, START + SIZE - 8, 0x01FF_FFF8, 0x0008_0000};
        for (int i = 0; i < places.length; i++) {
            machine.bus.write32(places[i], i + 1);
            machine.bus.write32(places[i] + 4, 0);
            machine.set(A0, places[i], 0);
            machine.set(T0, ROUNDS, 0);
            run();
            expectBreak();
            assertThat(machine.bus.read32(places[i] + 4)).isEqualTo((i + 1) * ROUNDS);
        }
    }

    /** Two words each round; the second of the last lies behind the end. */
    @ParameterizedTest
    @EnumSource(names = {"NEVER", "ALWAYS"})
    void behindTheEndIsNothing(SecondForm form) {
        machine.cpu.secondForms(form);
        put(
                immediate(Instruction.LW, 9, A0, 0),
                three(Instruction.ADDU, V0, V0, 9),
                immediate(Instruction.LW, 9, A0, 4),
                immediate(Instruction.BNE, 0, T0, -4),
                immediate(Instruction.ADDIU, A0, A0, 4));
        for (int i = 0; i < SIZE; i += 4) {
            machine.bus.scratchpad().write32(i, 1);
        }
        machine.set(T0, 1, 0);
        for (int pass = 0; pass < 30; pass++) {
            machine.set(A0, START, 0);
            machine.set(V0, 0, 0);
            run();
            assertThat(machine.raised)
                    .containsExactly(
                            new TestMachine.Raised(ExceptionCode.TLB_REFILL_LOAD, PROGRAM + 8, false, START + SIZE));
            assertThat(machine.low(V0)).isEqualTo(SIZE / 4);
            assertThat(machine.low(A0)).isEqualTo(START + SIZE - 4);
        }
        assertThat(machine.cpu.regions()).isPositive();
    }

    @Test
    void aWatchpointStopsCompiledCode() {
        List<Long> rounds = new ArrayList<>();
        machine.cpu.stopPoints().listener(stop -> rounds.add(machine.low(T0)));
        put(COUNT, immediate(Instruction.SB, T0, A0, 0), back(3), immediate(Instruction.ADDIU, A0, A0, 1));
        for (int pass = 0; pass < 3; pass++) {
            if (pass == 2) {
                assertThat(rounds).isEmpty();
                machine.cpu.stopPoints().add(new StopPoints.Watchpoint(START + 0x1234, 2, StopPoints.Access.WRITE));
            }
            machine.set(A0, START, 0);
            machine.set(T0, SIZE, 0);
            run();
            expectBreak();
        }
        assertThat(rounds).containsExactly(SIZE - 0x1235L, SIZE - 0x1236L);
    }

    /** Accesses with one base register are tested together; each still finds its own place. */
    @Test
    void membersAtBothEndsAreFound() {
        put(
                COUNT,
                immediate(Instruction.LB, 9, A2, 7),
                immediate(Instruction.SB, 9, A1, 7),
                immediate(Instruction.LD, 9, A0, 8),
                immediate(Instruction.SD, 9, A1, 8),
                immediate(Instruction.LW, 9, A0, -16),
                immediate(Instruction.SW, 9, A1, 0),
                back(8),
                0);
        machine.bus.scratchpad().write8(7, 0x5A);
        machine.bus.scratchpad().write64(SIZE - 8, 0x0123_4567_89AB_CDEFL);
        machine.bus.scratchpad().write32(SIZE - 32, 77);
        machine.set(A0, START + SIZE - 16, 0);
        machine.set(A1, START + 0x1000, 0);
        machine.set(A2, START, 0);
        machine.set(T0, ROUNDS, 0);
        run();
        expectBreak();
        assertThat(machine.bus.read32(START + 0x1000)).isEqualTo(77);
        assertThat(machine.bus.read8(START + 0x1007)).isEqualTo(0x5A);
        assertThat(machine.bus.read64(START + 0x1008)).isEqualTo(0x0123_4567_89AB_CDEFL);
    }
}
