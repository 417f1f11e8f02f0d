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

/** The EE's product and sum: on the bits, as the interpreter does them, and in doubles, as compiled code does. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FloatBenchmark {
    private static final int NUMBERS = 1024;

    private final int[] bits = new int[NUMBERS + 1];
    private final long[] wide = new long[NUMBERS + 1];

    public FloatBenchmark() {
        Random random = new Random(1);
        for (int i = 0; i <= NUMBERS; i++) {
            bits[i] = random.nextInt() & 0x807F_FFFF | 120 + random.nextInt(15) << 23;
            wide[i] = WideFloat.widen(bits[i]);
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
    public long productInDoubles() {
        long all = 0;
        for (int i = 0; i < NUMBERS; i++) {
            all ^= WideFloat.product(wide[i], wide[i + 1]);
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

    @Benchmark
    @OperationsPerInvocation(NUMBERS)
    public long sumInDoubles() {
        long all = 0;
        for (int i = 0; i < NUMBERS; i++) {
            all ^= WideFloat.sum(wide[i], wide[i + 1]);
        }
        return all;
    }
}
