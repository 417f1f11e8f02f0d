package soliloquy.llm.tokenizer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Byte-level BPE as tokenizer.json describes it: added tokens are taken out of the text, the rest is cut into segments and words,
 * and the bytes of each word are merged by rank.
 */
public final class ByteLevelTokenizer implements Tokenizer {
    private final TokenizerFile file;
    private final UserSymbols symbols;
    private final Map<Long, Integer> ranks = new HashMap<>();
    private final Map<String, Integer> symbolIds = new HashMap<>();
    private final int[] byteIds = new int[256];

    /** A tokenizer of this vocabulary. */
    public ByteLevelTokenizer(TokenizerFile file) {
        this.file = file;
        symbols = new UserSymbols(file.pieces(), true);
        Arrays.fill(byteIds, -1);
        for (int id = file.pieces().size() - 1; id >= 0; id--) {
            Piece piece = file.pieces().get(id);
            if (UserSymbols.added(piece)) {
                symbolIds.put(piece.key(), id);
            } else if (piece.type() == PieceType.NORMAL && piece.bytes().length == 1) {
                byteIds[piece.bytes()[0] & 0xff] = id;
            }
        }
        for (int rank = 0; rank < file.merges().size(); rank++) {
            Merge merge = file.merges().get(rank);
            ranks.putIfAbsent(pair(merge.left(), merge.right()), rank);
        }
    }

    @Override
    public TokenizerFile file() {
        return file;
    }

    @Override
    public int[] encode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        IntStream.Builder ids = IntStream.builder();
        int segment = 0;
        for (int at = 0; at < bytes.length; ) {
            int length = symbols.match(bytes, at);
            if (length == 0) {
                at++;
                continue;
            }
            segments(bytes, segment, at, ids);
            ids.add(symbolIds.get(new String(bytes, at, length, StandardCharsets.ISO_8859_1)));
            at += length;
            segment = at;
        }
        segments(bytes, segment, bytes.length, ids);
        return ids.build().toArray();
    }

    @Override
    public int[] encodeMore(String text) {
        return encode(text);
    }

    /** Cuts digits out. */
    private void segments(byte[] text, int from, int to, IntStream.Builder ids) {
        int begin = from;
        if (file.has(TokenizerFile.Flag.SINGLE_DIGITS)) {
            for (int at = from; at < to; ) {
                int length = WordSplitter.length(text, at);
                if (UnicodeClass.of(WordSplitter.codePoint(text, at)) == UnicodeClass.NUMBER) {
                    words(text, begin, at, ids);
                    words(text, at, at + length, ids);
                    begin = at + length;
                }
                at += length;
            }
        }
        words(text, begin, to, ids);
    }

    private void words(byte[] text, int from, int to, IntStream.Builder ids) {
        if (from == to) {
            return;
        }
        byte[] segment = Arrays.copyOfRange(text, from, to);
        if (file.has(TokenizerFile.Flag.DUMMY_PREFIX) && segment[0] != ' ') {
            segment = new byte[to - from + 1];
            segment[0] = ' ';
            System.arraycopy(text, from, segment, 1, to - from);
        }
        if (!file.has(TokenizerFile.Flag.SPLIT_WORDS)) {
            merge(segment, 0, segment.length, ids);
            return;
        }
        WordSplitter splitter = new WordSplitter(segment);
        for (int at = 0; at < segment.length; ) {
            int end = splitter.wordEnd(at, segment.length);
            merge(segment, at, end, ids);
            at = end;
        }
    }

    /** Joins the pair of the lowest rank, the leftmost of equals, until no pair is in the list. Bytes without a piece are dropped. */
    private void merge(byte[] text, int from, int to, IntStream.Builder ids) {
        int[] word = IntStream.range(from, to)
                .map(at -> byteIds[text[at] & 0xff])
                .filter(id -> id >= 0)
                .toArray();
        int count = word.length;
        while (true) {
            int best = Integer.MAX_VALUE;
            int at = -1;
            for (int i = 0; i + 1 < count; i++) {
                int rank = ranks.getOrDefault(pair(word[i], word[i + 1]), Integer.MAX_VALUE);
                if (rank < best) {
                    best = rank;
                    at = i;
                }
            }
            if (at < 0) {
                break;
            }
            word[at] = file.merges().get(best).result();
            System.arraycopy(word, at + 2, word, at + 1, count - at - 2);
            count--;
        }
        for (int i = 0; i < count; i++) {
            ids.add(word[i]);
        }
    }

    @Override
    public String decode(int[] ids) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int id : ids) {
            text.writeBytes(pieceBytes(id));
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] pieceBytes(int id) {
        Piece piece = file.pieces().get(id);
        return switch (piece.type()) {
            case CONTROL, UNKNOWN -> new byte[0];
            case NORMAL, USER_DEFINED, UNUSED, BYTE -> piece.bytes();
        };
    }

    private static long pair(int left, int right) {
        return (long) left << 32 | right;
    }

    /** The merges of a list of pairs that also stand in the list before; the first of them, or -1. */
    static int firstDuplicate(List<Merge> merges) {
        Map<Long, Integer> seen = new HashMap<>();
        for (int rank = 0; rank < merges.size(); rank++) {
            if (seen.put(pair(merges.get(rank).left(), merges.get(rank).right()), rank) != null) {
                return rank;
            }
        }
        return -1;
    }
}
