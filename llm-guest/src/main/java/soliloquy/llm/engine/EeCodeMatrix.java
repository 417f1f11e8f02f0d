package soliloquy.llm.engine;

import soliloquy.ee.EeFloat;
import soliloquy.llm.psnt.PsntEncoding;
import soliloquy.llm.psnt.QuantizedMatrix;
import soliloquy.llm.psnt.TensorKind;
import soliloquy.machine.InputException;

/** Quantised weights in EE arithmetic: integer sums, one or more scales a row. */
record EeCodeMatrix(QuantizedMatrix matrix) implements WeightMatrix {
    /** Refuses rows whose integer sum might not fit 32 bits. */
    static void requireExactSums(String file, TensorKind kind, QuantizedMatrix matrix) throws InputException {
        int largestCode = switch (matrix.encoding()) {
            case TERNARY -> 1;
            case Q4 -> 8;
            default -> 127;
        };
        int columns = matrix.group() == 0 ? matrix.columns() : Math.min(matrix.group(), matrix.columns());
        long bound = Integer.MAX_VALUE / ((long) largestCode * EeActivation.LARGEST);
        if (columns > bound) {
            throw new InputException(file + ": " + kind + " has " + columns
                    + " columns with one scale; expected at most " + bound + ", or sums overflow");
        }
    }

    @Override
    public void multiply(Activation input, int[] output) {
        EeActivation x = (EeActivation) input;
        for (int row = 0; row < matrix.rows(); row++) {
            output[row] = matrix.group() == 0 ? wholeRow(row, x) : groupedRow(row, x);
        }
    }

    private int wholeRow(int row, EeActivation x) {
        int columns = matrix.columns();
        int sum = EeFloat.cvtS(dot(x.integers, 0, row * columns, columns));
        return EeFloat.mul(sum, EeFloat.mul(scale(row), x.step));
    }

    private int groupedRow(int row, EeActivation x) {
        int columns = matrix.columns();
        int perRow = matrix.scalesPerRow();
        int total = 0;
        for (int group = 0; group < perRow; group++) {
            int from = group * matrix.group();
            int count = Math.min(matrix.group(), columns - from);
            int sum = EeFloat.cvtS(dot(x.integers, from, row * columns + from, count));
            total = EeFloat.add(total, EeFloat.mul(sum, scale(row * perRow + group)));
        }
        return EeFloat.mul(total, x.step);
    }

    private int dot(int[] x, int from, int codesFrom, int count) {
        byte[] codes = matrix.codes();
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += codes[codesFrom + i] * x[from + i];
        }
        return sum;
    }

    @Override
    public void row(int row, int[] output) {
        int columns = matrix.columns();
        int perRow = matrix.scalesPerRow();
        for (int column = 0; column < columns; column++) {
            int group = matrix.encoding() == PsntEncoding.Q4 && matrix.group() > 0 ? column / matrix.group() : 0;
            int code = EeFloat.cvtS(matrix.codes()[row * columns + column]);
            output[column] = EeFloat.mul(code, scale(row * perRow + group));
        }
    }

    private int scale(int index) {
        return Float.floatToRawIntBits(matrix.scales()[index]);
    }
}
