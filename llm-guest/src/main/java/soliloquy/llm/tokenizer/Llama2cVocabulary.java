package soliloquy.llm.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import soliloquy.machine.InputException;

/**
 * llama2.c's tokenizer.bin: i32 longest piece, then for each piece f32 score, i32 length, bytes. Ids 0, 1, 2 are unknown,
 * begin and end mark, 3 to 258 the bytes.
 */
final class Llama2cVocabulary {
    private static final int LARGEST_PIECE = 0xffff;
    private static final int BOS = 1;
    private static final int EOS = 2;

    private Llama2cVocabulary() {}

    static TokenizerFile read(String name, byte[] bytes) throws InputException {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < 4) {
            throw InputException.at(name, 0, bytes.length + " bytes", "a tokenizer");
        }
        int longest = in.getInt();
        if (longest < 1 || longest > LARGEST_PIECE) {
            throw InputException.at(name, 0, "longest piece " + longest, "1 to " + LARGEST_PIECE);
        }
        List<Piece> pieces = new ArrayList<>();
        while (in.hasRemaining()) {
            int at = in.position();
            if (in.remaining() < 8) {
                throw InputException.at(
                        name, at, in.remaining() + " bytes", "score and length of piece " + pieces.size());
            }
            float score = in.getFloat();
            int length = in.getInt();
            if (length < 0 || length > longest || length > in.remaining()) {
                throw InputException.at(name, at + 4, "length " + length, "0 to " + Math.min(longest, in.remaining()));
            }
            byte[] text = new byte[length];
            in.get(text);
            pieces.add(new Piece(text, score, type(pieces.size(), text)));
        }
        return TokenizerReader.checked(
                name,
                new TokenizerFile(
                        TokenizerFile.Kind.LLAMA2C,
                        BOS,
                        EOS,
                        0,
                        Set.of(
                                TokenizerFile.Flag.DUMMY_PREFIX,
                                TokenizerFile.Flag.BYTE_FALLBACK,
                                TokenizerFile.Flag.BOS_BEFORE_PROMPT),
                        List.of(EOS, BOS),
                        "",
                        new byte[0],
                        pieces,
                        List.of(),
                        ChatTemplate.NONE));
    }

    private static PieceType type(int id, byte[] text) {
        if (id == 0) {
            return PieceType.UNKNOWN;
        }
        if (id == BOS || id == EOS) {
            return PieceType.CONTROL;
        }
        return id < 259 && Piece.byteValue(text) == id - 3 ? PieceType.BYTE : PieceType.NORMAL;
    }
}
