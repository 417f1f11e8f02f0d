package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;
import static soliloquy.ee.TestMachine.PROGRAM;
import static soliloquy.ee.TestMachine.immediate;
import static soliloquy.ee.TestMachine.three;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import soliloquy.machine.GraphicsPort;
import soliloquy.machine.SifFifo;

/** Compiled code that drives the DMA controller. */
class DeviceAccessTest {
    private static final int CHANNELS = 0x1000_8000;
    private static final int FROM_SPR = 0x1000_D000;
    private static final int TO_SPR = 0x1000_D400;
    private static final int DATA = 0x0020_0000;
    private static final int QUADWORDS = 256;
    private static final int STR = 0x100;
    private static final int NOP = 0;
    private static final int V0 = 2;
    private static final int A0 = 4;
    private static final int A1 = 5;
    private static final int A2 = 6;
    private static final int A3 = 7;
    private static final int T0 = 8;
    private static final int T1 = 9;
    private static final int T2 = 10;
    private static final int T3 = 11;
    /** In RDRAM; it is written at its uncached address. */
    private static final int PAST_CACHE = 0x0030_0000;

    private final TestMachine machine = new TestMachine();
    private long interrupts;

    DeviceAccessTest() {
        GraphicsPort nothing = new GraphicsPort() {
            @Override
            public void writeRegister(int register, long value) {}

            @Override
            public void setQ(int floatBits) {}

            @Override
            public void transferImage(byte[] data, int offset, int length) {}
        };
        Dmac dmac = new Dmac(
                machine.bus,
                machine.scheduler,
                asserted -> interrupts += asserted ? 1 : 0,
                new Gif(nothing, machine.notices),
                new SifFifo(),
                new SifFifo(),
                machine.notices);
        machine.bus.map(CHANNELS, Dmac.SIZE, dmac);
    }

    private void put(int... words) {
        for (int i = 0; i < words.length; i++) {
            machine.ram.write32(PROGRAM + 4 * i, words[i]);
        }
        machine.ram.write32(PROGRAM + 4 * words.length, Instruction.BREAK.encoding.match());
        machine.bus.codeWritten(PROGRAM, 4 * words.length + 4);
    }

    private long run() {
        machine.raised.clear();
        long before = machine.cpu.cycles();
        machine.cpu.jump(PROGRAM);
        while (machine.raised.isEmpty()) {
            machine.scheduler.fireDue();
            machine.cpu.run(machine.scheduler.nextEventTime());
        }
        assertThat(machine.raised).extracting(TestMachine.Raised::code).containsExactly(ExceptionCode.BREAKPOINT);
        return machine.cpu.cycles() - before;
    }

    /** T0 times: starts a transfer of A3 quadwords from A1 to the beginning of the scratchpad, waits for its end; adds a byte to V0. */
    private static int[] transfers() {
        return new int[] {
            immediate(Instruction.SW, A1, A0, 0x10),
            immediate(Instruction.SW, 0, A0, 0x80),
            immediate(Instruction.SW, A3, A0, 0x20),
            immediate(Instruction.SW, A2, A0, 0),
            immediate(Instruction.LW, T1, A0, 0),
            three(Instruction.AND, T1, T1, A2),
            immediate(Instruction.BNE, 0, T1, -3),
            NOP,
            immediate(Instruction.LBU, T1, T2, 0),
            three(Instruction.ADDU, V0, V0, T1),
            immediate(Instruction.ADDIU, T0, T0, -1),
            immediate(Instruction.BNE, 0, T0, -12),
            immediate(Instruction.ADDIU, A1, A1, 16)
        };
    }

    private void prepare(int rounds) {
        machine.set(A0, TO_SPR, 0);
        machine.set(A1, DATA, 0);
        machine.set(A2, STR, 0);
        machine.set(A3, QUADWORDS, 0);
        machine.set(T0, rounds, 0);
        machine.set(T2, 0x7000_0000, 0);
        machine.set(V0, 0, 0);
    }

    /**
     * A transfer takes 24 cycles and two for a quadword from its start on. A round of the waiting loop takes four (the load's result is
     * there after two cycles, AND and the branch, the slot), and what is around it less than 20.
     */
    @ParameterizedTest
    @CsvSource({"PIPELINE,NEVER", "PIPELINE,ALWAYS", "SIMPLE,NEVER", "SIMPLE,ALWAYS"})
    void chunksComeInTheTimeTheyTake(TimingProfile profile, SecondForm form) {
        int rounds = 2000;
        long sum = 0;
        for (int i = 0; i < rounds; i++) {
            machine.ram.write8(DATA + 16 * i, i * 7);
            sum += i * 7 & 0xFF;
        }
        put(transfers());
        long[] cycles = new long[2];
        for (int compiled = 0; compiled < 2; compiled++) {
            machine.cpu.timing(profile);
            machine.cpu.recompile(compiled == 1);
            machine.cpu.secondForms(form);
            prepare(rounds);
            cycles[compiled] = run();
            assertThat(machine.low(V0)).isEqualTo(sum);
        }
        assertThat(cycles[1]).isEqualTo(cycles[0]);
        long transfer = 24 + 2L * QUADWORDS;
        assertThat(cycles[1]).isBetween(rounds * transfer, rounds * (transfer + 24));
        assertThat(interrupts).isZero();
    }

    /** The transfer is started in the slot of a branch, and the slot of the loop's own stores to RDRAM past the cache. */
    @ParameterizedTest
    @CsvSource({"PIPELINE,NEVER", "PIPELINE,ALWAYS", "CACHE,NEVER", "SIMPLE,ALWAYS"})
    void accessesInDelaySlotsTakeTheSameTime(TimingProfile profile, SecondForm form) {
        put(
                immediate(Instruction.SW, A1, A0, 0x10),
                immediate(Instruction.SW, 0, A0, 0x80),
                immediate(Instruction.SW, A3, A0, 0x20),
                immediate(Instruction.BEQ, 0, 0, 1),
                immediate(Instruction.SW, A2, A0, 0),
                immediate(Instruction.LW, T1, A0, 0),
                three(Instruction.AND, T1, T1, A2),
                immediate(Instruction.BNE, 0, T1, -3),
                immediate(Instruction.ADDIU, V0, V0, 1),
                immediate(Instruction.ADDIU, T0, T0, -1),
                immediate(Instruction.BNE, 0, T0, -11),
                immediate(Instruction.SB, T0, T3, 0));
        long[] cycles = new long[2];
        long[] waits = new long[2];
        for (int compiled = 0; compiled < 2; compiled++) {
            machine.cpu.timing(profile);
            machine.cpu.recompile(compiled == 1);
            machine.cpu.secondForms(form);
            prepare(1000);
            machine.set(T3, 0x2000_0000 | PAST_CACHE, 0);
            machine.ram.write8(PAST_CACHE, 0xFF);
            cycles[compiled] = run();
            waits[compiled] = machine.low(V0);
            assertThat(machine.ram.read8(PAST_CACHE) & 0xFF).isZero();
        }
        assertThat(cycles[1]).isEqualTo(cycles[0]);
        assertThat(waits[1]).isEqualTo(waits[0]).isGreaterThan(1000);
        assertThat(cycles[1]).isGreaterThanOrEqualTo(1000L * (24 + 2L * QUADWORDS));
    }

    /** Each round copies a quadword past the cache, with its halfwords doubled; the last copy is in the slot of the branch. */
    @ParameterizedTest
    @CsvSource({"PIPELINE,NEVER", "PIPELINE,ALWAYS", "CACHE,NEVER", "CACHE,ALWAYS"})
    void quadwordsPastTheCacheTakeTheSameTime(TimingProfile profile, SecondForm form) {
        put(
                immediate(Instruction.LQ, T1, T3, 0),
                immediate(Instruction.ADDIU, T3, T3, 16),
                three(Instruction.PADDH, T1, T1, T1),
                immediate(Instruction.ADDIU, T0, T0, -1),
                immediate(Instruction.SQ, T1, T2, 0),
                immediate(Instruction.LQ, A2, T2, 0),
                immediate(Instruction.LQ, 0, T2, 0),
                immediate(Instruction.ADDIU, T2, T2, 16),
                immediate(Instruction.BNE, 0, T0, -9),
                immediate(Instruction.SQ, A2, T2, 0));
        int rounds = 2000;
        long[] cycles = new long[2];
        for (int compiled = 0; compiled < 2; compiled++) {
            machine.cpu.timing(profile);
            machine.cpu.recompile(compiled == 1);
            machine.cpu.secondForms(form);
            for (int i = 0; i < 16 * rounds; i += 8) {
                machine.ram.write64(DATA + i, 0x0123_0456_0789_0ABCL * (i + 1) & 0x3FFF_3FFF_3FFF_3FFFL);
                machine.ram.write64(PAST_CACHE + i, -1);
            }
            machine.set(T0, rounds, 0);
            machine.set(T2, 0x2000_0000 | PAST_CACHE, 0);
            machine.set(T3, 0x2000_0000 | DATA, 0);
            cycles[compiled] = run();
            for (int i = 0; i < 16 * rounds; i += 8) {
                assertThat(machine.ram.read64(PAST_CACHE + i)).isEqualTo(2 * machine.ram.read64(DATA + i));
            }
            assertThat(machine.ram.read64(PAST_CACHE + 16 * rounds)).isEqualTo(machine.low(A2));
        }
        assertThat(cycles[1]).isEqualTo(cycles[0]);
    }

    /** With the channel's bit of D_STAT set, each end interrupts, in the cycle in which it is due. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endsInterruptIfAskedTo(boolean compiled) {
        machine.cpu.recompile(compiled);
        machine.bus.write32(0x1000_E010, 1 << 16 + 9);
        put(
                immediate(Instruction.SW, A1, A0, 0x10),
                immediate(Instruction.SW, A3, A0, 0x20),
                immediate(Instruction.SW, A2, A0, 0),
                immediate(Instruction.ADDIU, T0, T0, -1),
                immediate(Instruction.BNE, 0, T0, -2),
                NOP);
        prepare(5000);
        run();
        assertThat(interrupts).isEqualTo(1);
        assertThat(machine.bus.read32(0x1000_E010) & 1 << 9).isNotZero();
    }

    /** The mask may also come while the transfer is under way, or after its end. */
    @Test
    void aMaskThatComesLateCounts() {
        machine.bus.write32(TO_SPR + 0x20, QUADWORDS);
        machine.bus.write32(TO_SPR, STR);
        assertThat(machine.scheduler.nextEventTime()).isEqualTo(soliloquy.machine.Scheduler.NEVER);
        machine.bus.write32(0x1000_E010, 1 << 16 + 9);
        assertThat(machine.scheduler.nextEventTime()).isEqualTo(24 + 2 * QUADWORDS);
        machine.scheduler.advanceTo(24 + 2 * QUADWORDS);
        machine.scheduler.fireDue();
        assertThat(interrupts).isEqualTo(1);
    }

    /** Each round stores a quadword over the loop itself by DMA: the instructions in it count by one more from then on. */
    @ParameterizedTest
    @ValueSource(strings = {"NEVER", "ALWAYS"})
    void aTransferOverTheLoopIsSeenAtOnce(SecondForm form) {
        machine.cpu.secondForms(form);
        int[] loop = {
            immediate(Instruction.ADDIU, T0, T0, -1),
            NOP,
            immediate(Instruction.SW, A2, A0, 0),
            NOP,
            immediate(Instruction.ADDIU, V0, V0, 1),
            NOP,
            NOP,
            NOP,
            immediate(Instruction.BNE, 0, T0, -9),
            NOP
        };
        put(loop);
        int rounds = 3000;
        machine.set(A0, DATA, 0); // in memory at first
        machine.set(A2, STR, 0);
        machine.set(T0, rounds, 0);
        machine.set(V0, 0, 0);
        run();
        assertThat(machine.low(V0)).isEqualTo(rounds);
        for (int round = 0; round < 4; round++) {
            int step = 10 + round;
            machine.bus.scratchpad().write32(0, immediate(Instruction.ADDIU, V0, V0, step));
            machine.bus.write32(FROM_SPR + 0x10, PROGRAM + 16);
            machine.bus.write32(FROM_SPR + 0x80, 0);
            machine.bus.write32(FROM_SPR + 0x20, 1);
            machine.set(A0, FROM_SPR, 0);
            machine.set(T0, rounds, 0);
            machine.set(V0, 0, 0);
            machine.cpu.clock += 1000; // the transfer before has ended
            run();
            assertThat(machine.low(V0)).isEqualTo((long) rounds * step);
        }
    }
}
