package soliloquy.llm.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import soliloquy.machine.InputException;

/** TOKENIZR.BIN: the tokenizer as it stands on the disc. Layout in TOKENIZER.md. */
public final class DiscTokenizer {
    /** The bytes {@code PSTK}, little-endian. */
    static final int MAGIC = 0x4B545350;

    /** Pieces and merges of a byte-level vocabulary have numbers of 16 bits. */
    static final int LARGEST_BYTE_LEVEL = 1 << 16;

    private static final int VERSION = 2;
    private static final int LARGEST_VOCABULARY = 1 << 20;
    private static final int ANEW = 1;

    private DiscTokenizer() {}

    /** The bytes of TOKENIZR.BIN. */
    public static byte[] write(TokenizerFile file) {
        Output out = new Output();
        out.integer(MAGIC)
                .integer(VERSION)
                .integer(file.kind().code())
                .integer(file.pieces().size())
                .integer(file.longestPiece())
                .integer(file.bos())
                .integer(file.eos())
                .integer(file.unknown())
                .integer(file.flags().stream().mapToInt(TokenizerFile.Flag::bit).sum())
                .integers(file.stopTokens())
                .text(file.defaultPrompt());
        ChatTemplate chat = file.chat();
        out.integer(chat.form().ordinal())
                .integer(chat.anew() ? ANEW : 0)
                .integers(chat.endIds())
                .text(chat.first())
                .text(chat.before())
                .text(chat.between())
                .text(chat.after());
        out.integer(file.charsmap().length).padded(file.charsmap());
        ByteBuffer merges = ByteBuffer.allocate(6 * file.merges().size()).order(ByteOrder.LITTLE_ENDIAN);
        for (Merge merge : file.merges()) {
            merges.putShort((short) merge.left())
                    .putShort((short) merge.right())
                    .putShort((short) merge.result());
        }
        out.integer(file.merges().size()).padded(merges.array());
        if (file.kind() != TokenizerFile.Kind.BYTE_LEVEL) {
            file.pieces().forEach(piece -> out.integer(Float.floatToRawIntBits(piece.score())));
        }
        for (Piece piece : file.pieces()) {
            out.integer(piece.bytes().length | piece.type().code() << 16).padded(piece.bytes());
        }
        return out.bytes.toByteArray();
    }

    /** Reads TOKENIZR.BIN. */
    public static TokenizerFile read(String name, byte[] bytes) throws InputException {
        Cursor in = new Cursor(name, bytes);
        in.expect("magic", in.integer("magic"), MAGIC);
        in.expect("version", in.integer("version"), VERSION);
        int code = in.integer("kind");
        TokenizerFile.Kind[] kinds = TokenizerFile.Kind.values();
        if (code < 1 || code > kinds.length) {
            throw in.fault("kind " + code, "1 to " + kinds.length);
        }
        TokenizerFile.Kind kind = kinds[code - 1];
        boolean byteLevel = kind == TokenizerFile.Kind.BYTE_LEVEL;
        int count = in.count("vocabulary", byteLevel ? LARGEST_BYTE_LEVEL : LARGEST_VOCABULARY);
        int longest = in.integer("longest piece");
        int bos = in.integer("bos");
        int eos = in.integer("eos");
        int unknown = in.integer("unknown");
        Set<TokenizerFile.Flag> flags = flags(in);
        List<Integer> stops = in.integers("stop tokens", count);
        String prompt = in.text("prompt");
        ChatTemplate chat = chat(in, count);
        byte[] charsmap = in.padded(in.count("character map", bytes.length));
        List<Merge> merges = merges(in, byteLevel ? count : 0);
        float[] scores = new float[count];
        for (int id = 0; id < count && !byteLevel; id++) {
            scores[id] = Float.intBitsToFloat(in.integer("score"));
        }
        List<Piece> pieces = new ArrayList<>();
        for (int id = 0; id < count; id++) {
            int word = in.integer("length and type");
            PieceType type = PieceType.of(word >>> 16);
            if (type == null) {
                throw in.fault(String.format("type 0x%04x of piece %d", word >>> 16, id), "1 to 6");
            }
            pieces.add(new Piece(in.padded(word & 0xffff), scores[id], type));
        }
        if (in.remaining() != 0) {
            throw in.fault(in.remaining() + " more bytes", "the end of the file");
        }
        TokenizerFile file =
                new TokenizerFile(kind, bos, eos, unknown, flags, stops, prompt, charsmap, pieces, merges, chat);
        if (file.longestPiece() != longest) {
            throw new InputException(
                    name + ": longest piece " + longest + "; expected " + file.longestPiece() + " as in the pieces");
        }
        return TokenizerReader.checked(name, file);
    }

    private static Set<TokenizerFile.Flag> flags(Cursor in) throws InputException {
        int bits = in.integer("flags");
        TokenizerFile.Flag[] known = TokenizerFile.Flag.values();
        if (bits >>> known.length != 0) {
            throw in.fault(
                    String.format("flags 0x%x", bits), String.format("only bits of 0x%x", (1 << known.length) - 1));
        }
        Set<TokenizerFile.Flag> flags = EnumSet.noneOf(TokenizerFile.Flag.class);
        for (TokenizerFile.Flag flag : known) {
            if ((bits & flag.bit()) != 0) {
                flags.add(flag);
            }
        }
        return flags;
    }

    private static ChatTemplate chat(Cursor in, int vocabulary) throws InputException {
        ChatTemplate.Form[] forms = ChatTemplate.Form.values();
        int form = in.count("chat form", forms.length - 1);
        boolean anew = in.count("chat flags", ANEW) == ANEW;
        List<Integer> end = in.integers("end of an answer", vocabulary);
        return new ChatTemplate(
                forms[form],
                anew,
                end,
                in.text("text before the first message"),
                in.text("text before a message"),
                in.text("text before an answer"),
                in.text("text behind an answer"));
    }

    private static List<Merge> merges(Cursor in, int most) throws InputException {
        int count = in.count("merges", most);
        ByteBuffer stored = ByteBuffer.wrap(in.padded(6 * count)).order(ByteOrder.LITTLE_ENDIAN);
        List<Merge> merges = new ArrayList<>();
        while (merges.size() < count) {
            merges.add(new Merge(
                    Short.toUnsignedInt(stored.getShort()),
                    Short.toUnsignedInt(stored.getShort()),
                    Short.toUnsignedInt(stored.getShort())));
        }
        return merges;
    }

    private static int padded(int length) {
        return (length + 3) & ~3;
    }

    /** The bytes of a file that grows. */
    private static final class Output {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Output integer(int value) {
            for (int shift = 0; shift < 32; shift += 8) {
                bytes.write(value >>> shift);
            }
            return this;
        }

        Output integers(List<Integer> values) {
            integer(values.size());
            values.forEach(this::integer);
            return this;
        }

        Output text(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            return integer(utf8.length).padded(utf8);
        }

        Output padded(byte[] value) {
            bytes.writeBytes(value);
            bytes.writeBytes(new byte[DiscTokenizer.padded(value.length) - value.length]);
            return this;
        }
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

        List<Integer> integers(String what, int most) throws InputException {
            List<Integer> values = new ArrayList<>();
            for (int left = count(what, most); left > 0; left--) {
                values.add(integer(what));
            }
            return values;
        }

        String text(String what) throws InputException {
            return new String(padded(count(what, buffer.capacity())), StandardCharsets.UTF_8);
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
