package soliloquy.llm.psnt;

/** The quantisation rules of PSNT.md section 2. */
public final class Quantizer {
    private Quantizer() {}

    /**
     * Quantises a matrix.
     *
     * @param group columns that share a scale, 0: the whole row
     * @return the matrix itself for float32
     */
    public static TensorData quantize(FloatTensor matrix, PsntEncoding encoding, int group) {
        if (encoding == PsntEncoding.FLOAT32) {
            return matrix;
        }
        int rows = matrix.rows();
        int columns = matrix.columns();
        int perRow = PsntTensor.scalesPerRow(encoding, group, columns);
        int width = group == 0 ? columns : group;
        float[] scales = new float[rows * perRow];
        byte[] codes = new byte[rows * columns];
        for (int row = 0; row < rows; row++) {
            for (int unit = 0; unit < perRow; unit++) {
                int from = row * columns + unit * width;
                int to = Math.min(from + width, (row + 1) * columns);
                float scale = scale(encoding, matrix.values(), from, to);
                scales[row * perRow + unit] = scale;
                for (int i = from; i < to; i++) {
                    codes[i] = code(encoding, matrix.values()[i] / scale);
                }
            }
        }
        return new QuantizedMatrix(encoding, group, rows, columns, scales, codes);
    }

    private static float scale(PsntEncoding encoding, float[] values, int from, int to) {
        double sum = 0;
        float largest = 0;
        for (int i = from; i < to; i++) {
            sum += Math.abs(values[i]);
            largest = Math.max(largest, Math.abs(values[i]));
        }
        float scale = switch (encoding) {
            case TERNARY -> (float) (sum / (to - from));
            case Q4 -> largest / 7;
            default -> largest / 127;
        };
        return scale == 0 ? 1 : scale;
    }

    private static byte code(PsntEncoding encoding, float quotient) {
        float nearest = (float) Math.rint(quotient);
        return (byte)
                switch (encoding) {
                    case TERNARY -> Math.clamp(nearest, -1f, 1f);
                    case Q4 -> Math.clamp(nearest, -8f, 7f);
                    default -> Math.clamp(nearest, -127f, 127f);
                };
    }
}
