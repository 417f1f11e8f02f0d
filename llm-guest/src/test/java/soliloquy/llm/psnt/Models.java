package soliloquy.llm.psnt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/** Small random models for tests. */
public final class Models {
    private Models() {}

    /** A model with every part that PSNT knows, some rows not a multiple of anything. */
    public static ModelConfig everything() {
        return new ModelConfig(12, 42, 4, 2, 3, 1, 37, 6, 2, 10000f, 1e-5f, false, true, true);
    }

    /** A plain LLaMA. */
    public static ModelConfig plain() {
        return new ModelConfig(8, 33, 2, 2, 2, 2, 19, 5, 0, 10000f, 1e-5f, true, false, false);
    }

    /** Rows longer than an inner loop's body or half of the scratchpad, tiles of floats that that does not hold, heads of several pieces. */
    public static ModelConfig wide() {
        return new ModelConfig(320, 2020, 1, 1, 5, 5, 70, 3, 0, 10000f, 1e-5f, true, false, false);
    }

    /** A small model around heads of this width, with room for some positions. */
    public static ModelConfig heads(int width, int heads, int kvHeads, int context, int registers) {
        return new ModelConfig(
                width * heads, 16, 2, 1, heads, kvHeads, 23, context, registers, 10000f, 1e-5f, true, false, false);
    }

    /** Random contents in the encoding of {@code tensor}. */
    public static TensorData contents(Random random, PsntTensor tensor) {
        int count = tensor.rows() * tensor.columns();
        if (tensor.encoding() == PsntEncoding.FLOAT32) {
            return new FloatTensor(tensor.rows(), tensor.columns(), gaussians(random, count));
        }
        byte[] codes = new byte[count];
        for (int i = 0; i < count; i++) {
            codes[i] = (byte)
                    switch (tensor.encoding()) {
                        case TERNARY -> random.nextInt(3) - 1;
                        case Q4 -> random.nextInt(16) - 8;
                        default -> random.nextInt(255) - 127;
                    };
        }
        float[] scales = gaussians(random, tensor.rows() * tensor.scalesPerRow());
        return new QuantizedMatrix(tensor.encoding(), tensor.group(), tensor.rows(), tensor.columns(), scales, codes);
    }

    /** The bytes of a file with random contents. */
    public static byte[] file(PsntHeader header, long seed) throws IOException {
        Random random = new Random(seed);
        return file(header, tensor -> contents(random, tensor));
    }

    /** The bytes of a file with these contents. */
    public static byte[] file(PsntHeader header, PsntWriter.Source source) throws IOException {
        Path path = Files.createTempFile("model", ".psn");
        try {
            try (var channel = Files.newByteChannel(path, StandardOpenOption.WRITE)) {
                PsntWriter.write(channel, header, source, tensor -> {});
            }
            return Files.readAllBytes(path);
        } finally {
            Files.delete(path);
        }
    }

    private static float[] gaussians(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
