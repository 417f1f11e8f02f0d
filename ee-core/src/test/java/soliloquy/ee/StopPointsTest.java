package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import soliloquy.machine.StopPoints;

class StopPointsTest {
    private static final int START = 0x0010_0000;
    private static final int DATA = 0x0020_0000;
    private static final int ROUNDS = 1000;

    private final TestMachine machine = new TestMachine();
    private final List<Integer> places = new ArrayList<>();
    private final List<StopPoints.Stop> stops = new ArrayList<>();

    /** Counts up a word of memory, in a loop that is compiled soon. */
    private void load() {
        int[] program = {
            0x3C04_0020, // lui a0,0x20
            0x2405_0000 | ROUNDS, // li a1,ROUNDS
            0x8C82_0010, // loop: lw v0,16(a0)
            0x2442_0001, // addiu v0,v0,1
            0xAC82_0010, // sw v0,16(a0)
            0x24A5_FFFF, // addiu a1,a1,-1
            0x14A0_FFFB, // bnez a1,loop
            0x2403_0007, // li v1,7
            0x1000_FFFF, // end: b end
            0
        };
        for (int i = 0; i < program.length; i++) {
            machine.bus.write32(START + 4 * i, program[i]);
        }
        machine.bus.write32(DATA + 16, 0);
        machine.cpu.jump(START);
        machine.cpu.stopPoints().listener(stop -> {
            stops.add(stop);
            places.add(machine.cpu.pc);
        });
    }

    private void run() {
        machine.cpu.run(machine.cpu.cycles() + 200_000);
    }

    @Test
    void aBreakpointStopsEachTimeBeforeItsInstructionAlsoInCompiledCode() {
        load();
        run();
        assertThat(machine.cpu.regions()).isPositive();
        machine.cpu.stopPoints().add(new StopPoints.Breakpoint(START + 16, () -> true));
        machine.cpu.jump(START);
        run();
        assertThat(stops).hasSize(ROUNDS).allMatch(stop -> stop.equals(new StopPoints.Stop.AtBreakpoint(START + 16)));
        assertThat(places).allMatch(place -> place == START + 16);
        assertThat(machine.bus.peek32(DATA + 16)).isEqualTo(2 * ROUNDS);
    }

    @Test
    void aBreakpointWhoseConditionDoesNotHoldDoesNotStop() {
        load();
        machine.cpu.stopPoints().add(new StopPoints.Breakpoint(START + 12, () -> machine.cpu.gpr[2 * 5] == 5));
        run();
        assertThat(stops).hasSize(1);
        assertThat(machine.cpu.gpr[2 * 3]).isEqualTo(7);
    }

    @Test
    void aBreakpointInADelaySlotStopsBetweenBranchAndSlot() {
        load();
        machine.cpu.stopPoints().add(new StopPoints.Breakpoint(START + 28, () -> true));
        run();
        assertThat(stops).hasSize(ROUNDS);
        assertThat(places).allMatch(place -> place == START + 28);
    }

    @Test
    void aBreakpointIsSeenAtOtherAddressesOfTheSameMemory() {
        load();
        machine.cpu.stopPoints().add(new StopPoints.Breakpoint(0x8000_0000 | START + 20, () -> true));
        run();
        assertThat(stops).hasSize(ROUNDS);
    }

    @Test
    void aRemovedBreakpointDoesNotStop() {
        load();
        StopPoints.Breakpoint breakpoint = new StopPoints.Breakpoint(START + 16, () -> true);
        machine.cpu.stopPoints().add(breakpoint);
        assertThat(machine.cpu.stopPoints().remove(breakpoint)).isTrue();
        assertThat(machine.cpu.stopPoints().remove(breakpoint)).isFalse();
        run();
        assertThat(stops).isEmpty();
    }

    @Test
    void watchpointsStopBeforeTheAccessesTheyAreFor() {
        load();
        run();
        StopPoints.Watchpoint written = new StopPoints.Watchpoint(DATA + 18, 1, StopPoints.Access.WRITE);
        machine.cpu.stopPoints().add(written);
        machine.cpu.jump(START);
        run();
        assertThat(stops)
                .hasSize(ROUNDS)
                .allMatch(stop -> stop.equals(new StopPoints.Stop.AtAccess(written, DATA + 18, true)));
        assertThat(places).allMatch(place -> place == START + 16);
        stops.clear();
        places.clear();
        machine.cpu.stopPoints().remove(written);
        machine.cpu.stopPoints().add(new StopPoints.Watchpoint(DATA + 16, 4, StopPoints.Access.READ));
        machine.cpu.jump(START);
        run();
        assertThat(places).hasSize(ROUNDS).allMatch(place -> place == START + 8);
    }

    @Test
    void aWatchpointBesideTheAccessesDoesNotStop() {
        load();
        machine.cpu.stopPoints().add(new StopPoints.Watchpoint(DATA + 20, 8, StopPoints.Access.ANY));
        machine.cpu.stopPoints().add(new StopPoints.Watchpoint(DATA + 8, 8, StopPoints.Access.ANY));
        run();
        assertThat(stops).isEmpty();
    }

    @Test
    void stepsExecuteOneInstructionEach() {
        load();
        machine.cpu.stopPoints().listener(stop -> {
            places.add(machine.cpu.pc);
            if (places.size() < 8) {
                machine.cpu.stopPoints().step();
            }
        });
        machine.cpu.stopPoints().step();
        run();
        assertThat(places)
                .containsExactly(
                        START + 4, START + 8, START + 12, START + 16, START + 20, START + 24, START + 28, START + 8);
    }
}
