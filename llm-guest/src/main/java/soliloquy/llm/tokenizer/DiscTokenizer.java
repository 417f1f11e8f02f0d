package soliloquy.llm.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import soliloquy.machine.InputException;

/** TOKENIZR.BIN: the tokenizer as it stands on the disc. Layout in PSNT.md. */
public final class DiscTokenizer {
    /** The bytes {@code PSTK}, little-endian. */
    static final int MAGIC = 0x4B545350;

    private static final int VERSION = 1;
    private static final int LARGEST_VOCABULARY = 1 << 20;

    private DiscTokenizer() {}

    /** The bytes of TOKENIZR.BIN. */
    public static byte[] write(TokenizerFile file) {
        byte[] prompt = file.defaultPrompt().getBytes(StandardCharsets.UTF_8);
        int size = 4 * (12 + file.stopTokens().size())
                + padded(prompt.length)
                + padded(file.charsmap().length)
                + file.pieces().stream()
                        .mapToInt(piece -> 8 + padded(piece.bytes().length))
                        .sum();
        ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(MAGIC)
                .putInt(VERSION)
                .putInt(file.kind().code())
                .putInt(file.pieces().size());
        out.putInt(file.longestPiece()).putInt(file.bos()).putInt(file.eos()).putInt(file.unknown());
        out.putInt(file.flags().stream().mapToInt(TokenizerFile.Flag::bit).sum());
        out.putInt(file.stopTokens().size());
        file.stopTokens().forEach(out::putInt);
        putPadded(out.putInt(prompt.length), prompt);
        putPadded(out.putInt(file.charsmap().length), file.charsmap());
        for (Piece piece : file.pieces()) {
            out.putFloat(piece.score()).put((byte) piece.type().code()).put((byte) 0);
            putPadded(out.putShort((short) piece.bytes().length), piece.bytes());
        }
        return out.array();
    }

    /** Reads TOKENIZR.BIN. */
    public static TokenizerFile read(String name, byte[] bytes) throws InputException {
        Cursor in = new Cursor(name, bytes);
        in.expect("magic", in.integer("magic"), MAGIC);
        in.expect("version", in.integer("version"), VERSION);
        int code = in.integer("kind");
        if (code != 1 && code != 2) {
            throw in.fault("kind " + code, "1 or 2");
        }
        int count = in.count("vocabulary", LARGEST_VOCABULARY);
        int longest = in.integer("longest piece");
        int bos = in.integer("bos");
        int eos = in.integer("eos");
        int unknown = in.integer("unknown");
        int bits = in.integer("flags");
        Set<TokenizerFile.Flag> flags = EnumSet.noneOf(TokenizerFile.Flag.class);
        for (TokenizerFile.Flag flag : TokenizerFile.Flag.values()) {
            if ((bits & flag.bit()) != 0) {
                flags.add(flag);
            }
        }
        if (bits >>> TokenizerFile.Flag.values().length != 0) {
            throw in.fault(String.format("flags 0x%x", bits), "only bits of 0x1f");
        }
        List<Integer> stops = new ArrayList<>();
        for (int left = in.count("stop tokens", count); left > 0; left--) {
            stops.add(in.integer("stop token"));
        }
        String prompt = new String(in.padded(in.count("prompt", bytes.length)), StandardCharsets.UTF_8);
        byte[] charsmap = in.padded(in.count("character map", bytes.length));
        List<Piece> pieces = new ArrayList<>();
        for (int id = 0; id < count; id++) {
            float score = Float.intBitsToFloat(in.integer("score"));
            int word = in.integer("type and length");
            PieceType type = PieceType.of(word & 0xff);
            if (type == null || (word >> 8 & 0xff) != 0) {
                throw in.fault(String.format("type 0x%04x of piece %d", word & 0xffff, id), "1 to 6");
            }
            pieces.add(new Piece(in.padded(word >>> 16), score, type));
        }
        if (in.remaining() != 0) {
            throw in.fault(in.remaining() + " more bytes", "the end of the file");
        }
        TokenizerFile.Kind kind = TokenizerFile.Kind.values()[code - 1];
        TokenizerFile file = new TokenizerFile(kind, bos, eos, unknown, flags, stops, prompt, charsmap, pieces);
        if (file.longestPiece() != longest) {
            throw new InputException(
                    name + ": longest piece " + longest + "; expected " + file.longestPiece() + " as in the pieces");
        }
        return TokenizerReader.checked(name, file);
    }

    private static int padded(int length) {
        return (length + 3) & ~3;
    }

    private static void putPadded(ByteBuffer out, byte[] bytes) {
        out.put(bytes).put(new byte[padded(bytes.length) - bytes.length]);
    }

    /** A bounds-checked position in the file. */
    private static final class Cursor {
        private final String name;
        private final ByteBuffer buffer;

        Cursor(String name, byte[] bytes) {
            this.name = name;
            buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }

        int remaining() {
            return buffer.remaining();
        }

        InputException fault(String found, String expected) {
            return InputException.at(name, buffer.position(), found, expected);
        }

        int integer(String what) throws InputException {
            if (buffer.remaining() < 4) {
                throw fault("the end of the file", what);
            }
            return buffer.getInt();
        }

        int count(String what, int most) throws InputException {
            int value = integer(what);
            if (value < 0 || value > most) {
                throw fault(what + " " + Integer.toUnsignedString(value), "0 to " + most);
            }
            return value;
        }

        void expect(String what, int found, int expected) throws InputException {
            if (found != expected) {
                throw fault(String.format("%s 0x%x", what, found), String.format("0x%x", expected));
            }
        }

        byte[] padded(int length) throws InputException {
            if (length > buffer.remaining() || DiscTokenizer.padded(length) > buffer.remaining()) {
                throw fault(buffer.remaining() + " bytes to the end of the file", length + " bytes");
            }
            byte[] bytes = new byte[length];
            buffer.get(bytes);
            buffer.position(buffer.position() + DiscTokenizer.padded(length) - length);
            return bytes;
        }
    }
}
