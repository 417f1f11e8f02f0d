package soliloquy.console.gdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import soliloquy.console.Console;

/** Conditions as GDB compiles them. */
class AgentExpressionTest {
    private final Console console = new Console(notice -> {}, OutputStream.nullOutputStream());
    private final Target target = new EeTarget(console);

    private boolean holds(String code) {
        return new AgentExpression(HexFormat.of().parseHex(code)).holds(target);
    }

    @Test
    void comparesRegistersWithConstants() {
        console.ee().gpr[2 * 6] = 0x123;
        assertThat(holds("2600062301231327")).isTrue(); // reg 6; const16 0x123; equal; end
        assertThat(holds("2600062301241327")).isFalse();
        assertThat(holds("26000623012414" + "27")).isTrue(); // less_signed
    }

    @Test
    void loadsFromMemory() {
        console.eeView().poke(0x0010_0000, 0x2A);
        assertThat(holds("2400100000" + "17" + "222a" + "13" + "27")).isTrue(); // const32; ref8; const8 42; equal
        assertThat(holds("2400100000" + "17" + "222b" + "13" + "27")).isFalse();
    }

    @Test
    void branchesAndTurnsValuesRound() {
        assertThat(holds("2205" + "2203" + "03" + "2202" + "13" + "27")).isTrue(); // 5 - 3 == 2
        assertThat(holds("22ff" + "1608" + "2200" + "14" + "27")).isTrue(); // (signed char) 0xff < 0
        assertThat(holds("2201" + "200009" + "2200" + "27" + "00" + "2201" + "27"))
                .isTrue(); // if_goto 9
    }

    @Test
    void whatCannotBeComputedHolds() {
        assertThat(holds("")).isTrue();
        assertThat(holds("02")).isTrue();
        assertThat(holds("2201" + "2200" + "05" + "27")).isTrue(); // 1 / 0
        assertThat(holds("210000")).isTrue(); // goto 0, for ever
        assertThat(holds("2400000000" + "19" + "27")).isTrue(); // load where nothing is mapped
    }

    @Property(tries = 1000)
    void anyCodeEndsAndDoesNoHarm(@ForAll @Size(max = 60) byte[] code) {
        boolean first = new AgentExpression(code).holds(target);
        assertThat(new AgentExpression(code).holds(target)).isEqualTo(first);
    }
}
