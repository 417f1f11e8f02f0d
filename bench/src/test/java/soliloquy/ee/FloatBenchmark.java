package soliloquy.ee;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The EE's product, sum and quotient on the bits, as the interpreter does them; {@code bench ee} has those of compiled code. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FloatBenchmark {
    private static final int NUMBERS = 1024;

    private final int[] bits = new int[NUMBERS + 1];

    public FloatBenchmark() {
        Random random = new Random(1);
        for (int i = 0; i <= NUMBERS; i++) {
            bits[i] = random.nextInt() & 0x807F_FFFF | 120 + random.nextInt(15) << 23;
        }
    }

    @Benchmark
    @OperationsPerInvocation(NUMBERS)
    public int productOfBits() {
        int all = 0;
        for (int i = 0; i < NUMBERS; i++) {
            all ^= EeFloat.mul(bits[i], bits[i + 1]);
        }
        return all;
    }

    @Benchmark
    @OperationsPerInvocation(NUMBERS)
    public int sumOfBits() {
        int all = 0;
        for (int i = 0; i < NUMBERS; i++) {
            all ^= EeFloat.add(bits[i], bits[i + 1]);
        }
        return all;
    }

    /** Digit by digit; compiled code calls the same. */
    @Benchmark
    @OperationsPerInvocation(NUMBERS)
    public int quotientOfBits() {
        int all = 0;
        for (int i = 0; i < NUMBERS; i++) {
            all ^= EeFloat.div(bits[i], bits[i + 1]);
        }
        return all;
    }
}
