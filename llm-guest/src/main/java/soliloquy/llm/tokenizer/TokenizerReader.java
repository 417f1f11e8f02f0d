package soliloquy.llm.tokenizer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import soliloquy.machine.InputException;

/** Reads tokenizer files of every kind and tells them apart by their contents. */
public final class TokenizerReader {
    private static final long LARGEST = 64L << 20;

    private TokenizerReader() {}

    /**
     * Reads TOKENIZR.BIN, SentencePiece's tokenizer.model, Hugging Face's tokenizer.json (byte-level BPE) or llama2.c's tokenizer.bin.
     * Of all but the first, tokenizer_config.json beside it can change the chat form.
     *
     * @throws InputException it is none of these, or damaged
     */
    public static TokenizerFile read(Path path) throws IOException {
        String name = path.getFileName().toString();
        long size = Files.size(path);
        if (size > LARGEST) {
            throw new InputException(name + ": " + size + " bytes; expected a tokenizer of less than 64 MB");
        }
        byte[] bytes = Files.readAllBytes(path);
        TokenizerFile file = read(name, bytes);
        return isDisc(bytes) ? file : ChatForm.configured(path, file);
    }

    private static boolean isDisc(byte[] bytes) {
        return bytes.length >= 4
                && ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt() == DiscTokenizer.MAGIC;
    }

    /** The same from memory. */
    public static TokenizerFile read(String name, byte[] bytes) throws InputException {
        if (isDisc(bytes)) {
            return DiscTokenizer.read(name, bytes);
        }
        // A llama2.c tokenizer could begin with the length '{', a number of four bytes whose others are 0.
        if (bytes.length >= 2 && bytes[0] == '{' && bytes[1] != 0) {
            return TokenizerJson.read(name, bytes);
        }
        // Field 1 (a piece), length-delimited: how every SentencePiece model begins.
        if (bytes.length >= 4 && bytes[0] == 0x0A && !(bytes[1] == 0 && bytes[2] == 0 && bytes[3] == 0)) {
            return SentencePieceModel.read(name, bytes);
        }
        return Llama2cVocabulary.read(name, bytes);
    }

    /** Refuses ids, charsmaps and vocabularies that a tokenizer could not work with. */
    static TokenizerFile checked(String name, TokenizerFile file) throws InputException {
        int count = file.pieces().size();
        if (count == 0) {
            throw new InputException(name + ": no pieces; expected a vocabulary");
        }
        checkId(name, "bos", file.bos(), count);
        checkId(name, "eos", file.eos(), count);
        checkId(name, "unknown", file.unknown(), count);
        for (int id : file.stopTokens()) {
            checkId(name, "stop token", id, count);
        }
        for (int id : file.chat().endIds()) {
            if (id < 0) {
                throw new InputException(name + ": end of an answer " + id + "; expected an id");
            }
            checkId(name, "end of an answer", id, count);
        }
        if (file.has(TokenizerFile.Flag.BOS_BEFORE_PROMPT) && file.bos() < 0) {
            throw new InputException(name + ": a begin mark is demanded; expected its id, found none");
        }
        for (int id = 0; id < count; id++) {
            Piece piece = file.pieces().get(id);
            if (!Float.isFinite(piece.score())) {
                throw new InputException(
                        name + ": piece " + id + " has score " + piece.score() + "; expected a finite number");
            }
        }
        if (file.charsmap().length > 0) {
            CharsMap.parse(name, file.charsmap());
        }
        checkFallback(name, file);
        return file;
    }

    private static void checkFallback(String name, TokenizerFile file) throws InputException {
        if (file.kind() == TokenizerFile.Kind.BYTE_LEVEL) {
            checkMerges(name, file);
        } else if (file.kind() == TokenizerFile.Kind.LLAMA2C) {
            if (file.pieces().size() < 259) {
                throw new InputException(name + ": " + file.pieces().size()
                        + " pieces; expected at least 259 (three marks and 256 bytes)");
            }
        } else if (file.has(TokenizerFile.Flag.BYTE_FALLBACK)) {
            long bytes = file.pieces().stream()
                    .filter(piece -> piece.type() == PieceType.BYTE)
                    .mapToInt(Piece::byteValue)
                    .filter(value -> value >= 0)
                    .distinct()
                    .count();
            if (bytes != 256) {
                throw new InputException(name + ": " + bytes + " byte pieces; expected 256");
            }
        } else if (file.unknown() < 0) {
            throw new InputException(name + ": neither byte pieces nor an unknown piece; expected one of them");
        }
    }

    private static void checkMerges(String name, TokenizerFile file) throws InputException {
        int count = file.pieces().size();
        if (count > DiscTokenizer.LARGEST_BYTE_LEVEL || file.merges().size() > count) {
            throw new InputException(
                    name + ": " + count + " pieces and " + file.merges().size()
                            + " merges; expected at most " + DiscTokenizer.LARGEST_BYTE_LEVEL
                            + " pieces, and no more merges than pieces");
        }
        for (int rank = 0; rank < file.merges().size(); rank++) {
            Merge merge = file.merges().get(rank);
            checkId(name, "merge " + rank + ", left", merge.left(), count);
            checkId(name, "merge " + rank + ", right", merge.right(), count);
            checkId(name, "merge " + rank + ", result", merge.result(), count);
        }
        int duplicate = ByteLevelTokenizer.firstDuplicate(file.merges());
        if (duplicate >= 0) {
            throw new InputException(name + ": merge " + duplicate + " stands a second time; expected each pair once");
        }
    }

    private static void checkId(String name, String what, int id, int count) throws InputException {
        if (id < -1 || id >= count) {
            throw new InputException(name + ": " + what + " id " + id + "; expected less than " + count);
        }
    }
}
