package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The arithmetic of compiled code in doubles against {@link EeFloat}, which computes with integers. */
class WideFloatTest {
    private static final int PAIRS = 4_000_000;

    @FunctionalInterface
    private interface Wide {
        long of(long a, long b);
    }

    @FunctionalInterface
    private interface Slow {
        /** Result and flags as {@link EeFloat} packs them. */
        long of(int a, int b);
    }

    private static boolean hasFractionOfZero(int bits) {
        return (bits & 0x7F80_0000) == 0 && (bits & 0x007F_FFFF) != 0;
    }

    private static void compare(String what, int a, int b, long wide, long slow) {
        boolean flagged = EeFloat.flags(slow) != 0;
        if (wide == WideFloat.FLAGGED && (hasFractionOfZero(a) || hasFractionOfZero(b))) {
            return; // left to the interpreter
        }
        if (flagged ? wide != WideFloat.FLAGGED : wide == WideFloat.FLAGGED || WideFloat.narrow(wide) != (int) slow) {
            assertThat("0x%x".formatted(wide == WideFloat.FLAGGED ? wide : WideFloat.narrow(wide)))
                    .as("%s of 0x%08x and 0x%08x, flags %d", what, a, b, EeFloat.flags(slow))
                    .isEqualTo("0x%x".formatted(flagged ? WideFloat.FLAGGED : (int) slow));
        }
    }

    private static void compare(String what, Wide wide, Slow slow, int pairs, FloatOperands operands) {
        for (int i = 0; i < pairs; i++) {
            int a = operands.next();
            int b = operands.near(a);
            compare(what, a, b, wide.of(WideFloat.widen(a), WideFloat.widen(b)), slow.of(a, b));
        }
    }

    private static void compare(String what, Wide wide, Slow slow) {
        FloatOperands edges = FloatOperands.ofEdges();
        compare(what, wide, slow, edges.pairs(), edges);
        compare(what, wide, slow, PAIRS, new FloatOperands(new Random(what.hashCode())));
    }

    @Test
    void quotients() {
        compare("the quotient", WideFloat::quotient, EeFloat::divFlags);
    }

    @Test
    void roots() {
        compare("the root", (a, b) -> WideFloat.root(a), (a, b) -> EeFloat.sqrtFlags(a));
    }

    @Test
    void everyPatternSurvives() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < PAIRS; i++) {
            int bits = random.nextInt(8) == 0 ? random.nextInt() & 0x80FF_FFFF : random.nextInt();
            if (WideFloat.narrow(WideFloat.widen(bits)) != bits) {
                assertThat(WideFloat.narrow(WideFloat.widen(bits))).isEqualTo(bits);
            }
        }
    }
}
