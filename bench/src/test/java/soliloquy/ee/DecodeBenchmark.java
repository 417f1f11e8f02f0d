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

/** Finding a word's row in the table of instructions, all rows alike. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DecodeBenchmark {
    private static final int WORDS = 1024;

    private final int[] words = new int[WORDS];

    public DecodeBenchmark() {
        Random random = new Random(3);
        Instruction[] rows = Instruction.values();
        for (int i = 0; i < WORDS; i++) {
            Encoding encoding = rows[random.nextInt(rows.length)].encoding;
            words[i] = encoding.match() | random.nextInt() & ~encoding.mask();
        }
    }

    @Benchmark
    @OperationsPerInvocation(WORDS)
    public int decode() {
        int all = 0;
        for (int word : words) {
            all ^= System.identityHashCode(Decoder.decode(word));
        }
        return all;
    }
}
