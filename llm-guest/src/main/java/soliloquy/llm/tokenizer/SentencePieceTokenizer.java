package soliloquy.llm.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import soliloquy.machine.InputException;

/** SentencePiece's BPE: normalise, take user-defined symbols out, merge the rest. */
public final class SentencePieceTokenizer implements Tokenizer {
    /** How SentencePiece writes the unknown piece. */
    private static final String UNKNOWN_SURFACE = " \u2047 ";

    private final TokenizerFile file;
    private final UserSymbols symbols;
    private final Normalizer normalizer;
    private final BpeMerger merger;
    private final int[] byteIds = new int[256];

    /**
     * A tokenizer of this vocabulary.
     *
     * @throws IllegalArgumentException the character map is damaged ({@link TokenizerReader} refuses such files)
     */
    public SentencePieceTokenizer(TokenizerFile file) {
        this.file = file;
        symbols = new UserSymbols(file.pieces(), false);
        try {
            CharsMap charsmap = file.charsmap().length == 0 ? null : CharsMap.parse("tokenizer", file.charsmap());
            normalizer = new Normalizer(file, charsmap, symbols);
        } catch (InputException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        merger = new BpeMerger(file.pieces());
        Arrays.fill(byteIds, -1);
        for (int id = 0; id < file.pieces().size(); id++) {
            Piece piece = file.pieces().get(id);
            if (piece.type() == PieceType.BYTE && piece.byteValue() >= 0) {
                byteIds[piece.byteValue()] = id;
            }
        }
    }

    @Override
    public TokenizerFile file() {
        return file;
    }

    @Override
    public int[] encode(String text) {
        return pieces(normalizer.normalize(text.getBytes(StandardCharsets.UTF_8), false));
    }

    @Override
    public int[] encodeMore(String text) {
        return pieces(normalizer.normalize(text.getBytes(StandardCharsets.UTF_8), true));
    }

    private int[] pieces(byte[] normal) {
        List<BpeMerger.Symbol> start = new ArrayList<>();
        int position = 0;
        while (position < normal.length) {
            int length = symbols.match(normal, position);
            boolean frozen = length > 0;
            if (!frozen) {
                length = Math.max(1, Normalizer.characterLength(normal, position));
            }
            start.add(new BpeMerger.Symbol(new String(normal, position, length, StandardCharsets.ISO_8859_1), frozen));
            position += length;
        }
        List<Integer> ids = new ArrayList<>();
        boolean afterUnknown = false;
        for (String piece : merger.merge(start)) {
            int id = merger.find(piece);
            boolean unknown = id < 0;
            if (!unknown) {
                ids.add(id);
            } else if (file.has(TokenizerFile.Flag.BYTE_FALLBACK)) {
                for (int i = 0; i < piece.length(); i++) {
                    ids.add(byteIds[piece.charAt(i)]);
                }
            } else if (!afterUnknown) {
                ids.add(file.unknown());
            }
            afterUnknown = unknown;
        }
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public String decode(int[] ids) {
        return PieceText.decode(file, ids, UNKNOWN_SURFACE);
    }
}
