package soliloquy.llm.psnt;

/**
 * A matrix of small integer codes with scales; value = code * scale. The arrays are not copied.
 *
 * @param encoding any but float32
 * @param group columns that share a scale; 0: the whole row
 * @param scales row by row, {@link #scalesPerRow} for each row
 * @param codes row by row, one byte for each column, without any offset
 */
@SuppressWarnings("ArrayRecordComponent")
public record QuantizedMatrix(PsntEncoding encoding, int group, int rows, int columns, float[] scales, byte[] codes)
        implements TensorData {
    /** Checks the arrays' lengths. */
    public QuantizedMatrix {
        int perRow = PsntTensor.scalesPerRow(encoding, group, columns);
        if (encoding == PsntEncoding.FLOAT32
                || scales.length != (long) rows * perRow
                || codes.length != (long) rows * columns) {
            throw new IllegalArgumentException(
                    scales.length + " scales and " + codes.length + " codes for " + rows + " x " + columns);
        }
    }

    /** Scales of one row. */
    public int scalesPerRow() {
        return PsntTensor.scalesPerRow(encoding, group, columns);
    }

    @Override
    public void row(int row, float[] destination, int offset) {
        int perRow = scalesPerRow();
        int width = group == 0 ? columns : group;
        for (int column = 0; column < columns; column++) {
            destination[offset + column] = codes[row * columns + column] * scales[row * perRow + column / width];
        }
    }
}
