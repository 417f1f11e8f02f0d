package soliloquy.console.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import soliloquy.ee.EeFloat;
import soliloquy.ee.TimingProfile;

/** What the kernels compute on the guest, against the host's compiler and against the exact model of the EE's floats. */
class KernelsTest {
    private static final int ROWS = 720;
    private static final int COLUMNS = 256;

    @TempDir
    private Path directory;

    private int seed = 12345;

    @ParameterizedTest
    @EnumSource(Kernel.class)
    void guestAndHostAgree(Kernel kernel) throws Exception {
        Optional<NativeKernels> host = NativeKernels.build(directory);
        Assumptions.assumeTrue(host.isPresent(), "skipped: there is no gcc on the PATH");
        Assumptions.assumeTrue(kernel.sameOnHost(), "not compared: the host rounds");
        KernelFigures guest = KernelBench.measure(kernel, KernelBench.prepare(), 0.05, true, TimingProfile.PIPELINE);
        assertThat(guest.checksum()).isEqualTo(host.get().measure(kernel).checksum());
        assertThat(guest.instructions()).isGreaterThan(10_000);
    }

    @Test
    void floatsAreThoseOfTheEe() throws Exception {
        int[] weights = new int[ROWS * COLUMNS];
        int[] inputs = new int[COLUMNS];
        for (int i = 0; i < weights.length; i++) {
            nextRandom(); // an integer weight
            weights[i] = nextFloat();
        }
        for (int i = 0; i < inputs.length; i++) {
            nextRandom();
            inputs[i] = nextFloat();
        }
        int checksum = 0;
        for (int row = 0; row < ROWS; row++) {
            int sum = 0;
            for (int column = 0; column < COLUMNS; column++) {
                sum = EeFloat.add(sum, EeFloat.mul(weights[row * COLUMNS + column], inputs[column]));
            }
            checksum = checksum * 31 + sum;
        }
        for (boolean compiling : new boolean[] {false, true}) {
            KernelFigures guest = KernelBench.measure(
                    Kernel.FLOAT32_MATVEC, KernelBench.prepare(), 0.05, compiling, TimingProfile.CACHE);
            assertThat(guest.checksum()).isEqualTo(checksum);
        }
    }

    private int nextRandom() {
        seed = seed * 1664525 + 1013904223;
        return seed >>> 8;
    }

    private int nextFloat() {
        int random = nextRandom();
        return (random & 1) << 31 | 122 + (random >>> 1 & 3) << 23 | nextRandom() & 0x7F_FFFF;
    }
}
