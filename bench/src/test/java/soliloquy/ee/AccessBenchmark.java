package soliloquy.ee;

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

/** Accesses to memory as the interpreter makes them where its inner loop cannot: through the bus. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class AccessBenchmark {
    private static final int ACCESSES = 1024;
    private static final int DATA = 0x0080_0000;
    private static final int SCRATCHPAD = 0x7000_0000;

    private final EeBus bus = new BenchmarkMachine(false).bus;

    @Benchmark
    @OperationsPerInvocation(ACCESSES)
    public long loadWords() {
        return load(DATA, 4);
    }

    @Benchmark
    @OperationsPerInvocation(ACCESSES)
    public long loadWordsOfScratchpad() {
        return load(SCRATCHPAD, 4);
    }

    private long load(int start, int bytes) {
        long all = 0;
        for (int i = 0; i < ACCESSES; i++) {
            all += bus.load(start + bytes * i, bytes);
        }
        return all;
    }

    @Benchmark
    @OperationsPerInvocation(ACCESSES)
    public void storeWords() {
        for (int i = 0; i < ACCESSES; i++) {
            bus.store(DATA + 4 * i, 4, i);
        }
    }

    @Benchmark
    @OperationsPerInvocation(ACCESSES)
    public void storeQuadwords() {
        for (int i = 0; i < ACCESSES; i++) {
            bus.storeQuad(DATA + 16 * i, i, -i);
        }
    }
}
