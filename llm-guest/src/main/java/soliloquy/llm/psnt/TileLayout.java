package soliloquy.llm.psnt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import soliloquy.machine.InputException;

/**
 * How version 4 stores a matrix of codes: tiles of four rows, in the order in which the console's multimedia instructions use them
 * (PSNT.md, section 4.4). Within a tile, each group of columns has its four scales, then the codes of the four rows. Codes are made
 * positive by {@link #bias} and stand in turns of a quadword: field p of halfword j is column 8p + j of the turn.
 *
 * @param encoding any but float32
 * @param group columns that share a scale; 0: the whole row
 * @param columns of the matrix
 */
public record TileLayout(PsntEncoding encoding, int group, int columns) {
    /** Rows of a tile. */
    public static final int ROWS = 4;

    /** Bytes of a turn, and of the four scales of a group. */
    public static final int QUADWORD = 16;

    private static final int HALFWORDS = QUADWORD / Short.BYTES;

    /** Columns of one turn: 16 in Q8, 32 in Q4, 64 in ternary. */
    public int turnColumns() {
        return QUADWORD * Byte.SIZE / encoding.bits();
    }

    /** What is added to a code before it is stored. */
    public int bias() {
        return switch (encoding) {
            case Q8 -> 128;
            case Q4 -> 8;
            case TERNARY -> 1;
            case FLOAT32 -> throw new IllegalStateException("float32 has no codes");
        };
    }

    /** Groups of columns with a scale of their own. */
    public int groups() {
        return PsntTensor.scalesPerRow(encoding, group, columns);
    }

    /** Turns of one row in one group. */
    public int turns() {
        int width = group == 0 ? columns : Math.min(group, columns);
        return (width + turnColumns() - 1) / turnColumns();
    }

    /** Bytes of one tile. */
    public int tileBytes() {
        return groups() * groupBytes();
    }

    /** Bytes of a matrix with so many rows. */
    public long bytes(int rows) {
        return (long) (rows + ROWS - 1) / ROWS * tileBytes();
    }

    /** Place of a row's scale of a group, from the matrix's start. */
    public long scaleAt(int row, int inGroup) {
        return (long) (row / ROWS) * tileBytes() + (long) inGroup * groupBytes() + (long) Float.BYTES * (row % ROWS);
    }

    /** Place of a row's codes of a group, from the matrix's start: {@link #turns} quadwords. */
    public long codesAt(int row, int inGroup) {
        return (long) (row / ROWS) * tileBytes()
                + (long) inGroup * groupBytes()
                + QUADWORD
                + (long) (row % ROWS) * turns() * QUADWORD;
    }

    private int groupBytes() {
        return QUADWORD + ROWS * turns() * QUADWORD;
    }

    /** Writes the tile that begins with row {@code first}; rows behind the last one have code and scale 0. */
    void pack(QuantizedMatrix matrix, int first, ByteBuffer out) {
        out.order(ByteOrder.LITTLE_ENDIAN);
        int groups = groups();
        int width = group == 0 ? columns : group;
        for (int g = 0; g < groups; g++) {
            for (int row = first; row < first + ROWS; row++) {
                out.putFloat(row < matrix.rows() ? matrix.scales()[row * groups + g] : 0);
            }
            for (int row = first; row < first + ROWS; row++) {
                int end = row < matrix.rows() ? Math.min(columns, (g + 1) * width) : 0;
                for (int column = g * width; column < g * width + turns() * turnColumns(); column += turnColumns()) {
                    packTurn(matrix.codes(), row * columns, column, end, out);
                }
            }
        }
    }

    private void packTurn(byte[] codes, int rowStart, int column, int end, ByteBuffer out) {
        for (int j = 0; j < HALFWORDS; j++) {
            int halfword = 0;
            for (int p = 0; p * encoding.bits() < Short.SIZE; p++) {
                int at = column + p * HALFWORDS + j;
                int code = at < end ? codes[rowStart + at] : 0;
                halfword |= code + bias() << p * encoding.bits();
            }
            out.putShort((short) halfword);
        }
    }

    /**
     * Reads a whole matrix.
     *
     * @param stored its bytes
     * @param file for messages
     * @param offset of the matrix in the file, for messages
     * @throws InputException a code that the encoding does not have, or a scale that is not finite
     */
    QuantizedMatrix unpack(ByteBuffer stored, int rows, String file, String name, long offset) throws InputException {
        stored.order(ByteOrder.LITTLE_ENDIAN);
        int groups = groups();
        int width = group == 0 ? columns : group;
        float[] scales = new float[rows * groups];
        byte[] codes = new byte[rows * columns];
        for (int row = 0; row < rows; row++) {
            for (int g = 0; g < groups; g++) {
                int at = (int) scaleAt(row, g);
                float scale = stored.getFloat(at);
                if (!Float.isFinite(scale)) {
                    throw InputException.at(file, offset + at, name + " holds " + scale, "a finite number");
                }
                scales[row * groups + g] = scale;
                int end = Math.min(columns, (g + 1) * width);
                for (int column = g * width; column < end; column++) {
                    codes[row * columns + column] = code(stored, row, g, column - g * width, file, offset);
                }
            }
        }
        return new QuantizedMatrix(encoding, group, rows, columns, scales, codes);
    }

    private byte code(ByteBuffer stored, int row, int inGroup, int column, String file, long offset)
            throws InputException {
        int inTurn = column % turnColumns();
        int at = (int) codesAt(row, inGroup) + column / turnColumns() * QUADWORD + inTurn % HALFWORDS * Short.BYTES;
        int field = stored.getShort(at) >> inTurn / HALFWORDS * encoding.bits() & (1 << encoding.bits()) - 1;
        if (encoding == PsntEncoding.Q8 && field == 0) {
            throw InputException.at(file, offset + at, "code -128", "-127 to 127");
        }
        if (encoding == PsntEncoding.TERNARY && field == 3) {
            throw InputException.at(file, offset + at, "ternary code 2", "-1 to 1");
        }
        return (byte) (field - bias());
    }
}
