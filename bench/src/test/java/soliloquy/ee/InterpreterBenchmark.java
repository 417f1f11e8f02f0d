package soliloquy.ee;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The interpreter alone, on kernels of {@code soliloquy bench ee}; a run of {@code crc} has 114,691 instructions. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class InterpreterBenchmark {
    private static final int INT8_MATVEC_MMI = 1;
    private static final int CRC = 5;
    private static final int STATE_MACHINE = 7;

    private final BenchmarkMachine machine = new BenchmarkMachine(false);

    @Benchmark
    public int crc() {
        return machine.run(CRC);
    }

    @Benchmark
    public int stateMachine() {
        return machine.run(STATE_MACHINE);
    }

    @Benchmark
    public int multimedia() {
        return machine.run(INT8_MATVEC_MMI);
    }
}
