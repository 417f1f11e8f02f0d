package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is compiled of code that is overwritten goes, and with it all that was known of it. */
class SelfModifyingCodeTest {
    private static final int PLACES = 50;
    private static final int FUNCTIONS = 1_000;
    /** Regions that a function and the program around it may be in. */
    private static final int MOST_REGIONS = 8;

    private final TestMachine machine = new TestMachine();
    /** The classes of regions hold them, so that a region is not collected before its class. */
    private final List<WeakReference<Region>> compiled = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(SecondForm.class)
    void nothingIsKeptOfCodeThatIsOverwritten(SecondForm secondForm) {
        machine.cpu.compileEagerly();
        machine.cpu.secondForms(secondForm);
        SelfModifyingProgram program = new SelfModifyingProgram(machine, PLACES);
        for (int number = 1; number <= FUNCTIONS; number++) {
            program.runTo(number);
            rememberRegionAt(program.place(number - 1));
        }
        assertThat(machine.cpu.regionsCompiled()).isGreaterThan(FUNCTIONS);
        assertThat(machine.cpu.regions()).isLessThan(MOST_REGIONS * (PLACES + 1));
        assertThat(machine.cpu.addressesKnown()).isLessThan(MOST_REGIONS * (PLACES + 1));
        assertThat(machine.cpu.regionGuestBytes()).isLessThan(PLACES * 64 + 1024);
        program.erase();
        assertThat(machine.cpu.regions()).isLessThan(PLACES);
        assertThat(machine.cpu.addressesKnown()).isLessThan(PLACES);
        assertThat(compiled.size()).as("functions seen compiled").isGreaterThan(FUNCTIONS / 2);
        assertThat(kept()).as("regions kept of %d", compiled.size()).isLessThan(2 * PLACES);
    }

    @ParameterizedTest
    @EnumSource(SecondForm.class)
    void everyFunctionIsExecutedAsItWasWritten(SecondForm secondForm) {
        machine.cpu.compileEagerly();
        machine.cpu.secondForms(secondForm);
        SelfModifyingProgram program = new SelfModifyingProgram(machine, PLACES);
        program.runTo(FUNCTIONS / 2);
        int called = program.called();
        while (program.called() == called) {
            machine.cpu.run(machine.cpu.cycles() + 1);
        }
        assertThat(program.sum()).isEqualTo(SelfModifyingProgram.sumAfter(called));
    }

    private void rememberRegionAt(int place) {
        Region region = machine.cpu.regionAt(place);
        if (region != null) {
            compiled.add(new WeakReference<>(region));
        }
    }

    private long kept() {
        System.gc();
        return compiled.stream().filter(reference -> !reference.refersTo(null)).count();
    }
}
