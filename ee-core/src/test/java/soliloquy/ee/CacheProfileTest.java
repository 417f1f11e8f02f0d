package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;
import static soliloquy.ee.TestMachine.PROGRAM;
import static soliloquy.ee.TestMachine.immediate;
import static soliloquy.ee.TestMachine.three;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Cycles of programs in the profile {@code cache}. Each is compared with the same program in {@code pipeline}; the difference is added
 * up by hand from the figures of docs/timing.md.
 */
class CacheProfileTest {
    private static final int DATA = 0x0020_0000;
    private static final int UNCACHED = 0x2000_0000;
    private static final int ACCELERATED = 0x3000_0000;
    private static final int SCRATCHPAD = 0x7000_0000;
    private static final int NOP = 0;
    private static final int BASE = 4;
    private static final int ROUNDS = 8;

    private final TestMachine machine = new TestMachine();

    /** Cycles that {@code words} take from {@link TestMachine#PROGRAM} on, with $4 at {@code base}. */
    private long cycles(TimingProfile profile, int base, int... words) {
        machine.cpu.timing(profile);
        machine.raised.clear();
        machine.set(BASE, base, 0);
        long before = machine.cpu.cycles();
        for (int i = 0; i < words.length; i++) {
            machine.ram.write32(PROGRAM + 4 * i, words[i]);
        }
        machine.ram.write32(PROGRAM + 4 * words.length, Instruction.BREAK.encoding.match());
        machine.bus.codeWritten(PROGRAM, 4 * words.length + 4);
        machine.cpu.jump(PROGRAM);
        machine.cpu.run(before + 100_000_000);
        assertThat(machine.raised).hasSize(1);
        return machine.cpu.cycles() - before;
    }

    /** What the caches add to the cycles of {@code words}, without the misses of its own lines. */
    private long added(int base, int... words) {
        long plain = cycles(TimingProfile.PIPELINE, base, words);
        long lines = (4L * words.length + 4 + 63) / 64;
        return cycles(TimingProfile.CACHE, base, words) - plain - 40 * lines;
    }

    private static int load(int offset) {
        return immediate(Instruction.LW, 9, BASE, offset);
    }

    private static int store(int offset) {
        return immediate(Instruction.SW, 9, BASE, offset);
    }

    private static int prefetch(int offset) {
        return immediate(Instruction.PREF, 0, BASE, offset);
    }

    private static int cache(int operation, int offset) {
        return immediate(Instruction.CACHE, operation, BASE, offset);
    }

    @Test
    void aMissOfTheDataCacheTakes43Cycles() {
        assertThat(added(DATA, load(0), load(4), load(60))).isEqualTo(43);
        assertThat(added(DATA, load(0), load(64))).isEqualTo(2 * 43);
        assertThat(added(DATA, store(0), load(0), store(8))).isEqualTo(43);
    }

    @Test
    void anUncachedLoadTakes35Cycles() {
        assertThat(added(UNCACHED + DATA, load(0))).isEqualTo(35);
        assertThat(added(UNCACHED + DATA, load(0), load(0))).isEqualTo(2 * 35);
        assertThat(added(0xA000_0000 + DATA, load(0))).isEqualTo(35);
        assertThat(added(0x8000_0000 + DATA, load(0), load(4))).isEqualTo(43);
    }

    /** Eight quadwords in 32 + 8 * 2 cycles, and three as any uncached load; then they are in the buffer. */
    @Test
    void anAcceleratedLoadBringsEightQuadwords() {
        assertThat(added(ACCELERATED + DATA, load(0), load(124))).isEqualTo(49);
        assertThat(added(ACCELERATED + DATA, load(0), load(128), load(0))).isEqualTo(3 * 49);
    }

    @Test
    void theScratchpadCostsNothing() {
        assertThat(added(SCRATCHPAD, load(0), store(64), load(128), prefetch(256)))
                .isZero();
    }

    /** Uncached stores wait only when eight of them, at ten cycles each, have not drained yet. */
    @Test
    void storesGoThroughTheWriteBackBuffer() {
        int[] eight = new int[8];
        Arrays.fill(eight, store(0));
        assertThat(added(UNCACHED + DATA, eight)).isZero();
        int[] ten = new int[10];
        Arrays.fill(ten, store(0));
        // store i is in cycle i: the ninth finds eight in the buffer, of which the first is drained in cycle 10
        assertThat(added(UNCACHED + DATA, ten)).isGreaterThan(0).isLessThanOrEqualTo(20);
    }

    /** A loop over {@code lines} lines, twice; what it misses in the second pass. */
    private long missesOfSecondPass(int lines) {
        machine.cpu.timing(TimingProfile.CACHE);
        int[] walk = {
            immediate(Instruction.ORI, 8, 0, lines),
            three(Instruction.ADDU, 10, BASE, 0),
            immediate(Instruction.LW, 9, 10, 0),
            immediate(Instruction.ADDIU, 8, 8, -1),
            immediate(Instruction.BNE, 0, 8, -3),
            immediate(Instruction.ADDIU, 10, 10, 64)
        };
        int[] twice = new int[2 * walk.length];
        System.arraycopy(walk, 0, twice, 0, walk.length);
        System.arraycopy(walk, 0, twice, walk.length, walk.length);
        cycles(TimingProfile.CACHE, DATA, walk);
        long once = machine.cpu.cacheCounts().dataMisses();
        assertThat(once).isEqualTo(lines);
        cycles(TimingProfile.CACHE, DATA, twice);
        return machine.cpu.cacheCounts().dataMisses() - once;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWalkOver8KbHitsInTheSecondPass(boolean compiled) {
        machine.cpu.recompile(compiled);
        machine.cpu.compileEagerly();
        assertThat(missesOfSecondPass(128)).isZero();
        assertThat(missesOfSecondPass(256)).isEqualTo(256);
    }

    /** A loop of nops over {@code lines} lines of code, eight times: 40 cycles for each line, once or every time. */
    private long fetchMisses(int lines) {
        List<Integer> words = new ArrayList<>();
        words.add(immediate(Instruction.ORI, 8, 0, ROUNDS));
        words.add(immediate(Instruction.ADDIU, 8, 8, -1));
        while (words.size() < 16 * lines - 3) {
            words.add(NOP);
        }
        words.add(immediate(Instruction.BNE, 0, 8, 2 - words.size() - 1 - 1));
        words.add(NOP);
        int[] code = words.stream().mapToInt(Integer::intValue).toArray();
        long plain = cycles(TimingProfile.PIPELINE, DATA, code);
        long cached = cycles(TimingProfile.CACHE, DATA, code);
        long misses = machine.cpu.cacheCounts().fetchMisses();
        assertThat(cached - plain).isEqualTo(40 * misses);
        return misses;
    }

    @ParameterizedTest
    @CsvSource({"false, 256", "true, 256", "false, 100", "true, 100"})
    void codeThatFitsIsFetchedOnce(boolean compiled, int lines) {
        machine.cpu.recompile(compiled);
        machine.cpu.compileEagerly();
        assertThat(fetchMisses(lines)).isEqualTo(lines);
    }

    /** Of 512 lines in a ring, no one is still there when its turn comes. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void codeOf32KbIsFetchedInEveryRound(boolean compiled) {
        machine.cpu.recompile(compiled);
        machine.cpu.compileEagerly();
        assertThat(fetchMisses(512)).isEqualTo(512 * ROUNDS);
    }

    /** A prefetch takes 40 cycles beside the program: none of them is left after 40 others, and 40 less what is between before. */
    @Test
    void aPrefetchAheadHidesTheMiss() {
        int divide = three(Instruction.DIV, 0, 5, 6); // 37 cycles until MFLO goes on
        int wait = three(Instruction.MFLO, 7, 0, 0);
        int divideAgain = three(Instruction.DIV, 0, 5, 6);
        assertThat(added(DATA, prefetch(0), divide, wait, divideAgain, wait, load(0)))
                .isZero();
        assertThat(added(DATA, prefetch(0), NOP, load(0))).isBetween(36L, 40L);
        assertThat(added(DATA, prefetch(0))).isZero();
    }

    /** Only one line can be under way: the second prefetch waits for the first. */
    @Test
    void aSecondPrefetchWaitsForTheFirst() {
        assertThat(added(DATA, prefetch(0), prefetch(64))).isBetween(38L, 40L);
        assertThat(added(DATA, prefetch(0), prefetch(0))).isZero();
    }

    /** DHIN drops the line, DHWOIN keeps it, DXWBIN drops way 0 of set 0; each line loaded again is 43 cycles. */
    @Test
    void cacheOperationsChangeTags() {
        assertThat(added(DATA, load(0), cache(0x1A, 0), load(0))).isEqualTo(2 * 43);
        assertThat(added(DATA, store(0), cache(0x1C, 0), load(0))).isEqualTo(43);
        assertThat(machine.cpu.cacheCounts().linesWritten()).isEqualTo(1);
        assertThat(added(DATA, store(0), cache(0x14, 0), load(0))).isEqualTo(2 * 43);
        assertThat(machine.cpu.cacheCounts().linesWritten()).isEqualTo(1);
        assertThat(added(DATA, load(0), cache(0x14, 1), load(0))).isEqualTo(43);
        assertThat(added(DATA, store(0), cache(0x16, 0), load(0))).isEqualTo(2 * 43);
        assertThat(machine.cpu.cacheCounts().linesWritten()).isZero();
    }

    @Test
    void theKernelDropsAndWritesBack() {
        cycles(TimingProfile.CACHE, DATA, store(0), store(64), load(128));
        long before = machine.cpu.cycles();
        machine.cpu.flushData(true, false);
        assertThat(machine.cpu.cacheCounts().linesWritten()).isEqualTo(2);
        assertThat(machine.cpu.cycles()).isEqualTo(before); // two lines fit into the buffer
        machine.cpu.flushData(true, true);
        assertThat(machine.cpu.cacheCounts().linesWritten()).isEqualTo(2);
        machine.cpu.flushInstructions();
        long fetched = machine.cpu.cacheCounts().fetchMisses();
        machine.cpu.jump(PROGRAM);
        machine.cpu.run(before + 1000);
        assertThat(machine.cpu.cacheCounts().fetchMisses()).isEqualTo(fetched + 1);
        assertThat(machine.cpu.cacheCounts().dataMisses()).isEqualTo(6);
    }

    /** A transfer gives the bus away every 16 cycles: a miss that begins 4 cycles into a slice waits 12 more. */
    @Test
    void aMissWaitsForTheSliceOfATransfer() {
        MemoryTiming timing = new MemoryTiming(1 << 20);
        timing.transfer(1000, 2000);
        assertThat(timing.load(0, 2 * 900, Integer.MAX_VALUE)).isEqualTo(2 * 43);
        assertThat(timing.load(64, 2 * 1004, Integer.MAX_VALUE)).isEqualTo(2 * (12 + 43));
        assertThat(timing.load(128, 2 * 1032, Integer.MAX_VALUE)).isEqualTo(2 * 43);
        assertThat(timing.load(192, 2 * 1996, Integer.MAX_VALUE)).isEqualTo(2 * (4 + 43));
        assertThat(timing.load(256, 2 * 2000, Integer.MAX_VALUE)).isEqualTo(2 * 43);
        assertThat(timing.stolen()).isEqualTo(3 * 8);
    }

    /** Three dirty lines in a row go out of one set: the third does not fit into the buffer of two until the first has drained. */
    @Test
    void dirtyLinesWaitForRoom() {
        MemoryTiming timing = new MemoryTiming(1 << 20);
        for (int way = 0; way < 2; way++) {
            for (int set = 0; set < 2; set++) {
                timing.store(4096 * way + 64 * set, 0, Integer.MAX_VALUE);
            }
        }
        assertThat(timing.load(2 * 4096, 0, Integer.MAX_VALUE)).isEqualTo(2 * 43);
        assertThat(timing.load(2 * 4096 + 64, 0, Integer.MAX_VALUE)).isEqualTo(2 * 43);
        assertThat(timing.load(3 * 4096, 0, Integer.MAX_VALUE)).isEqualTo(2 * (40 + 43));
        assertThat(timing.linesWritten()).isEqualTo(3);
    }

    /** What may not take so long leaves everything as it was. */
    @Test
    void anAccessThatIsTooLongDoesNothing() {
        MemoryTiming timing = new MemoryTiming(1 << 20);
        assertThat(timing.load(0, 0, 2 * 43 - 1)).isEqualTo(MemoryTiming.TOO_LONG);
        assertThat(timing.fetch(0, 0, 2 * 40 - 1)).isEqualTo(MemoryTiming.TOO_LONG);
        assertThat(timing.data.state[0]).isEqualTo(CacheTags.ABSENT);
        assertThat(timing.load(0, 0, 2 * 43)).isEqualTo(2 * 43);
        assertThat(timing.fetch(0, 0, 2 * 40)).isEqualTo(2 * 40);
        assertThat(timing.prefetch(64, 0, 0)).isZero();
        assertThat(timing.prefetch(128, 2, 2 * 39 - 1)).isEqualTo(MemoryTiming.TOO_LONG);
        assertThat(timing.load(64, 2, 2 * 39)).isEqualTo(2 * 39);
    }
}
