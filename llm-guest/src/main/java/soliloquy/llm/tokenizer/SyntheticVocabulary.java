package soliloquy.llm.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import soliloquy.machine.InputException;

/**
 * Made-up vocabularies of any size that encode every text: single characters, bytes, and pieces that grow out of frequent letters by
 * merging two shorter ones. The same size gives the same vocabulary.
 */
public final class SyntheticVocabulary {
    /** From the most frequent in English on; a space begins words. */
    private static final String LETTERS = " etaoinshrdlcumwfgypbvkjxqz";

    private static final int LONGEST = 14;
    private static final String[] SMOL_SYMBOLS = {
        "<|endoftext|>", ChatTemplate.TURN_START, ChatTemplate.TURN_END, "<repo_name>", "<reponame>", "<file_sep>",
        "<filename>", "<gh_stars>", "<issue_start>", "<issue_comment>", "<issue_closed>", "<jupyter_start>",
        "<jupyter_text>", "<jupyter_code>", "<jupyter_output>", "<jupyter_script>", "<empty_output>"
    };

    private final Map<String, Integer> known = new HashMap<>();
    private final List<String> texts = new ArrayList<>();
    private long state = 1;

    /** A piece that grew: numbers of its parts, and its text. */
    private record Grown(int left, int right, String text) {}

    private SyntheticVocabulary() {
        for (int i = 0; i < LETTERS.length(); i++) {
            known.put(LETTERS.substring(i, i + 1), i);
            texts.add(LETTERS.substring(i, i + 1));
        }
    }

    /**
     * SentencePiece BPE with byte fallback: as the default model's with ChatML, else as Llama 2's.
     *
     * @param size number of pieces, at least 512
     */
    public static TokenizerFile sentencePiece(int size, boolean chat) {
        List<Piece> pieces = new ArrayList<>();
        if (chat) {
            pieces.add(piece("<pad>", 0, PieceType.CONTROL));
        }
        int unknown = pieces.size();
        pieces.add(piece("<unk>", 0, PieceType.UNKNOWN));
        pieces.add(piece("<s>", 0, PieceType.CONTROL));
        pieces.add(piece("</s>", 0, PieceType.CONTROL));
        if (chat) {
            pieces.add(piece(ChatTemplate.TURN_START, 0, PieceType.USER_DEFINED));
            pieces.add(piece(ChatTemplate.TURN_END, 0, PieceType.USER_DEFINED));
        }
        addBytes(pieces);
        addTexts(pieces, size, "\u2581");
        TokenizerFile file = new TokenizerFile(
                TokenizerFile.Kind.SENTENCE_PIECE,
                unknown + 1,
                unknown + 2,
                unknown,
                EnumSet.of(
                        TokenizerFile.Flag.DUMMY_PREFIX,
                        TokenizerFile.Flag.ESCAPE_SPACES,
                        TokenizerFile.Flag.BYTE_FALLBACK,
                        TokenizerFile.Flag.BOS_BEFORE_PROMPT),
                List.of(unknown + 2),
                "",
                new byte[0],
                pieces,
                List.of(),
                ChatTemplate.NONE);
        return withChat(file, chat);
    }

    /** llama2.c's tokenizer. */
    public static TokenizerFile llama2c(int size) {
        List<Piece> pieces = new ArrayList<>(List.of(
                piece("<unk>", 0, PieceType.UNKNOWN),
                piece("<s>", 0, PieceType.CONTROL),
                piece("</s>", 0, PieceType.CONTROL)));
        addBytes(pieces);
        addTexts(pieces, size, " ");
        TokenizerFile file = new TokenizerFile(
                TokenizerFile.Kind.LLAMA2C,
                1,
                2,
                0,
                EnumSet.of(
                        TokenizerFile.Flag.DUMMY_PREFIX,
                        TokenizerFile.Flag.BYTE_FALLBACK,
                        TokenizerFile.Flag.BOS_BEFORE_PROMPT),
                List.of(2, 1),
                "",
                new byte[0],
                pieces,
                List.of(),
                ChatTemplate.NONE);
        return withChat(file, false);
    }

    /** Byte-level BPE as SmolLM2's. */
    public static TokenizerFile byteLevel(int size) {
        List<Piece> pieces = new ArrayList<>();
        for (String symbol : SMOL_SYMBOLS) {
            pieces.add(piece(symbol, 0, PieceType.CONTROL));
        }
        int firstByte = pieces.size();
        for (int value = 0; value < 256; value++) {
            pieces.add(new Piece(new byte[] {(byte) value}, 0, PieceType.NORMAL));
        }
        SyntheticVocabulary vocabulary = new SyntheticVocabulary();
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < LETTERS.length(); i++) {
            ids.add(firstByte + LETTERS.charAt(i));
        }
        List<Merge> merges = new ArrayList<>();
        while (pieces.size() < size) {
            Grown grown = vocabulary.grow();
            merges.add(new Merge(ids.get(grown.left), ids.get(grown.right), pieces.size()));
            ids.add(pieces.size());
            pieces.add(piece(grown.text, 0, PieceType.NORMAL));
        }
        TokenizerFile file = new TokenizerFile(
                TokenizerFile.Kind.BYTE_LEVEL,
                -1,
                0,
                -1,
                EnumSet.of(TokenizerFile.Flag.SINGLE_DIGITS, TokenizerFile.Flag.SPLIT_WORDS),
                List.of(0),
                "",
                new byte[0],
                pieces,
                merges,
                ChatTemplate.NONE);
        return withChat(file, true);
    }

    private static TokenizerFile withChat(TokenizerFile file, boolean chat) {
        try {
            return ChatForm.apply("synthetic", file, chat ? ChatTemplate.Form.CHATML : ChatTemplate.Form.NONE, "");
        } catch (InputException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static void addBytes(List<Piece> pieces) {
        for (int value = 0; value < 256; value++) {
            pieces.add(piece(String.format("<0x%02X>", value), 0, PieceType.BYTE));
        }
    }

    /** Printable ASCII, then pieces that grow, the earlier the better their score; {@code space} is written for a space. */
    private static void addTexts(List<Piece> pieces, int size, String space) {
        int first = pieces.size();
        for (char character = ' '; character < 0x7F && pieces.size() < size; character++) {
            String text = character == ' ' ? space : String.valueOf(character);
            pieces.add(piece(text, first - pieces.size(), PieceType.NORMAL));
        }
        SyntheticVocabulary vocabulary = new SyntheticVocabulary();
        while (pieces.size() < size) {
            String text = vocabulary.grow().text.replace(" ", space);
            pieces.add(piece(text, first - pieces.size(), PieceType.NORMAL));
        }
    }

    private static Piece piece(String text, float score, PieceType type) {
        return new Piece(text.getBytes(StandardCharsets.UTF_8), score, type);
    }

    /** Joins two pieces, early ones more often; a space stands at the beginning alone. */
    private Grown grow() {
        while (true) {
            int left = early();
            int right = early();
            String text = texts.get(left) + texts.get(right);
            if (text.length() <= LONGEST
                    && text.lastIndexOf(' ') <= 0
                    && known.putIfAbsent(text, texts.size()) == null) {
                texts.add(text);
                return new Grown(left, right, text);
            }
        }
    }

    private int early() {
        state = state * 6364136223846793005L + 1442695040888963407L;
        double uniform = (state >>> 40) / (double) (1 << 24);
        return (int) (texts.size() * uniform * uniform * uniform);
    }
}
