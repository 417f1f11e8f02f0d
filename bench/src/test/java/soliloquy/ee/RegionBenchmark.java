package soliloquy.ee;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
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

/** What it takes to compile a region: one after the other, those of a compressor (the kernel {@code lz}). */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RegionBenchmark {
    private static final int LZ = 6;

    private final BenchmarkMachine machine = new BenchmarkMachine(true);
    private final RegionCompiler compiler;
    private final List<Region> regions = new ArrayList<>();
    private int next;

    public RegionBenchmark() {
        while (regions.isEmpty()) {
            machine.run(LZ);
            for (int address = BenchmarkMachine.START; address < BenchmarkMachine.END; address += 4) {
                Region region = machine.cpu.regionAt(address);
                if (region != null) {
                    regions.add(region);
                }
            }
        }
        DecodedCode decoded = new DecodedCode(machine.bus, machine.cpu.cop0(), machine.cpu.stopPoints());
        for (int address = BenchmarkMachine.START; address < BenchmarkMachine.END; address += 4) {
            decoded.decode(decoded.page(address), address & 0xFFC, address);
        }
        compiler =
                new RegionCompiler(machine.cpu, machine.bus, decoded, new RegionCalls(machine.cpu, new RegionTable()));
    }

    private Region region() {
        next = (next + 1) % regions.size();
        return regions.get(next);
    }

    /** Finding its instructions alone. */
    @Benchmark
    public int shape() {
        return compiler.shape(region().entry).operations();
    }

    /** All: instructions, types, JVM code, and the hidden class. */
    @Benchmark
    public Object compile() {
        Region region = region();
        return compiler.compile(region.entry, region.number, new BitSet());
    }
}
