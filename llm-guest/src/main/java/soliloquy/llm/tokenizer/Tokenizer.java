package soliloquy.llm.tokenizer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Text to token ids and back. */
public sealed interface Tokenizer permits SentencePieceTokenizer, Llama2cTokenizer, ByteLevelTokenizer {
    /** The tokenizer that {@code file} describes. */
    static Tokenizer of(TokenizerFile file) {
        return switch (file.kind()) {
            case SENTENCE_PIECE -> new SentencePieceTokenizer(file);
            case LLAMA2C -> new Llama2cTokenizer(file);
            case BYTE_LEVEL -> new ByteLevelTokenizer(file);
        };
    }

    /** Opens a tokenizer file of any kind, see {@link TokenizerReader}. */
    static Tokenizer open(Path path) throws IOException {
        return of(TokenizerReader.read(path));
    }

    /** What this tokenizer is made of. */
    TokenizerFile file();

    /** The ids of a text, without a begin mark. */
    int[] encode(String text);

    /** The ids of a text that goes on where another one ended: no space is put before it. */
    int[] encodeMore(String text);

    /** The text of ids; the space that {@link #encode} puts before a text is dropped again, control pieces give nothing. */
    String decode(int[] ids);

    /** The ids of a prompt: the text's, behind the begin mark where the model wants one. */
    default int[] encodePrompt(String prompt) {
        int[] ids = encode(prompt);
        if (!file().has(TokenizerFile.Flag.BOS_BEFORE_PROMPT)) {
            return ids;
        }
        int[] all = new int[ids.length + 1];
        all[0] = file().bos();
        System.arraycopy(ids, 0, all, 1, ids.length);
        return all;
    }

    /**
     * The ids of a user's message in the model's chat form.
     *
     * @param turn 0 for the first; later ones begin with what ends the answer before them, without its stop token
     */
    default int[] encodeTurn(int turn, String message) {
        ChatTemplate chat = file().chat();
        if (turn == 0) {
            return encodePrompt(chat.prompt(message));
        }
        String text = chat.laterText(message);
        int[] ids = chat.anew() ? encodePrompt(text) : encodeMore(text);
        return IntStream.concat(chat.endIds().stream().mapToInt(Integer::intValue), Arrays.stream(ids))
                .toArray();
    }

    /**
     * The bytes that a token adds to a running text: a byte piece's byte, nothing for control and unknown pieces, else the
     * piece with U+2581 as a space.
     */
    default byte[] pieceBytes(int id) {
        return PieceText.bytes(file().pieces().get(id));
    }

    /** Number of ids. */
    default int vocabulary() {
        return file().pieces().size();
    }

    /** Whether this id ends a generated text. */
    default boolean stops(int id) {
        return file().stopTokens().contains(id);
    }

    /** What the model is asked when nobody says anything else. */
    default String defaultPrompt() {
        return file().defaultPrompt();
    }
}
