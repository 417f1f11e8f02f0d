package soliloquy.llm.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The user-defined symbols of a vocabulary: they are taken from a text as they stand. */
final class UserSymbols {
    private final List<byte[]> longestFirst = new ArrayList<>();

    UserSymbols(List<Piece> pieces) {
        for (Piece piece : pieces) {
            if (piece.type() == PieceType.USER_DEFINED && piece.bytes().length > 0) {
                longestFirst.add(piece.bytes());
            }
        }
        longestFirst.sort(Comparator.comparingInt(symbol -> -symbol.length));
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
