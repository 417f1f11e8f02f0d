package soliloquy.llm.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The tokenizer of llama2.c: a space before the text, one piece for each code point or its bytes, then merges. */
public final class Llama2cTokenizer implements Tokenizer {
    /** Ids of the byte pieces begin behind unknown, begin and end mark. */
    private static final int FIRST_BYTE = 3;

    private final TokenizerFile file;
    private final BpeMerger merger;

    /** A tokenizer of this vocabulary. */
    public Llama2cTokenizer(TokenizerFile file) {
        this.file = file;
        merger = new BpeMerger(file.pieces());
    }

    @Override
    public TokenizerFile file() {
        return file;
    }

    @Override
    public int[] encode(String text) {
        return pieces(text.getBytes(StandardCharsets.UTF_8), file.has(TokenizerFile.Flag.DUMMY_PREFIX));
    }

    @Override
    public int[] encodeMore(String text) {
        return pieces(text.getBytes(StandardCharsets.UTF_8), false);
    }

    private int[] pieces(byte[] bytes, boolean space) {
        List<BpeMerger.Symbol> start = new ArrayList<>();
        if (bytes.length > 0 && space && merger.find(" ") >= 0) {
            start.add(new BpeMerger.Symbol(" ", false));
        }
        int position = 0;
        while (position < bytes.length) {
            int length = Math.max(1, Normalizer.characterLength(bytes, position));
            String character = new String(bytes, position, length, StandardCharsets.ISO_8859_1);
            if (merger.find(character) >= 0) {
                start.add(new BpeMerger.Symbol(character, false));
            } else {
                for (int i = 0; i < length; i++) {
                    start.add(new BpeMerger.Symbol(character.substring(i, i + 1), true));
                }
            }
            position += length;
        }
        return merger.merge(start).stream()
                .mapToInt(piece -> merger.find(piece) >= 0 ? merger.find(piece) : piece.charAt(0) + FIRST_BYTE)
                .toArray();
    }

    @Override
    public String decode(int[] ids) {
        return PieceText.decode(file, ids, "");
    }
}
