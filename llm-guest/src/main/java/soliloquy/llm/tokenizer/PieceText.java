package soliloquy.llm.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The text of pieces. */
final class PieceText {
    private static final byte[] NOTHING = {};

    private PieceText() {}

    static byte[] bytes(Piece piece) {
        return switch (piece.type()) {
            case CONTROL, UNKNOWN -> NOTHING;
            case BYTE -> piece.byteValue() < 0 ? NOTHING : new byte[] {(byte) piece.byteValue()};
            case NORMAL, USER_DEFINED, UNUSED -> withSpaces(piece.bytes());
        };
    }

    /** The text of ids as SentencePiece's decoder gives it, with {@code unknown} for the unknown piece. */
    static String decode(TokenizerFile file, int[] ids, String unknown) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        boolean strip =
                file.has(TokenizerFile.Flag.DUMMY_PREFIX) || file.has(TokenizerFile.Flag.REMOVE_EXTRA_WHITESPACE);
        List<Piece> pieces = file.pieces();
        for (int id : ids) {
            Piece piece = pieces.get(id);
            byte[] bytes = piece.type() == PieceType.UNKNOWN ? unknown.getBytes(StandardCharsets.UTF_8) : bytes(piece);
            boolean space = strip
                    && text.size() == 0
                    && bytes.length > 0
                    && bytes[0] == ' '
                    && piece.type() != PieceType.UNKNOWN
                    && piece.type() != PieceType.BYTE;
            text.write(bytes, space ? 1 : 0, bytes.length - (space ? 1 : 0));
            if (space && !file.has(TokenizerFile.Flag.REMOVE_EXTRA_WHITESPACE) || text.size() > 0) {
                strip = false;
            }
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    private static byte[] withSpaces(byte[] bytes) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (Normalizer.isSpaceSymbol(bytes, i, bytes.length)) {
                text.write(' ');
                i += 2;
            } else {
                text.write(bytes[i]);
            }
        }
        return text.toByteArray();
    }
}
