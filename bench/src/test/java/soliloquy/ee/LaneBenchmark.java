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

/** Operations on the lanes of 64-bit halves of registers, as first forms of regions do them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LaneBenchmark {
    private static final int HALVES = 1024;

    private final long[] halves = new Random(2).longs(HALVES + 1).toArray();

    @Benchmark
    @OperationsPerInvocation(HALVES)
    public long add() {
        long all = 0;
        for (int i = 0; i < HALVES; i++) {
            all ^= Lanes.add(halves[i], halves[i + 1], Lanes.HALVES);
        }
        return all;
    }

    @Benchmark
    @OperationsPerInvocation(HALVES)
    public long addSigned() {
        long all = 0;
        for (int i = 0; i < HALVES; i++) {
            all ^= Lanes.addSigned(halves[i], halves[i + 1], Lanes.HALVES);
        }
        return all;
    }

    @Benchmark
    @OperationsPerInvocation(HALVES)
    public long products() {
        long all = 0;
        for (int i = 0; i < HALVES; i++) {
            all = Lanes.add(all, LaneProducts.low(halves[i], halves[i + 1]), Lanes.WORDS);
            all = Lanes.add(all, LaneProducts.high(halves[i], halves[i + 1]), Lanes.WORDS);
        }
        return all;
    }
}
