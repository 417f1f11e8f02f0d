package soliloquy.llm.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The user-defined symbols of a vocabulary: they are taken from a text as they stand. */
final class UserSymbols {
    private final List<byte[]> longestFirst = new ArrayList<>();

    /**
     * The symbols of a vocabulary.
     *
     * @param controls control pieces are symbols too, as byte-level BPE has it
     */
    UserSymbols(List<Piece> pieces, boolean controls) {
        for (Piece piece : pieces) {
            boolean symbol = controls ? added(piece) : piece.type() == PieceType.USER_DEFINED;
            if (symbol && piece.bytes().length > 0) {
                longestFirst.add(piece.bytes());
            }
        }
        longestFirst.sort(Comparator.comparingInt(symbol -> -symbol.length));
    }

    /** Whether byte-level BPE takes this piece from a text as it stands. */
    static boolean added(Piece piece) {
        return piece.type() == PieceType.CONTROL || piece.type() == PieceType.USER_DEFINED;
    }

    /** Length of the longest symbol that {@code text} has at {@code position}, 0: none. */
    int match(byte[] text, int position) {
        for (byte[] symbol : longestFirst) {
            int end = position + symbol.length;
            if (end <= text.length && Arrays.equals(text, position, end, symbol, 0, symbol.length)) {
                return symbol.length;
            }
        }
        return 0;
    }
}
