package soliloquy.llm.tokenizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Byte-pair merging: neighbours whose concatenation is a piece are joined, the piece with the best score first, the leftmost
 * pair of equals.
 */
final class BpeMerger {
    private final Map<String, Integer> ids = new HashMap<>();
    private final List<Piece> pieces;

    /** A run of the text; a frozen one is never joined. Strings hold one byte in each character. */
    record Symbol(String text, boolean frozen) {}

    private record Pair(int left, int right, float score, int length) implements Comparable<Pair> {
        @Override
        public int compareTo(Pair other) {
            return score != other.score ? Float.compare(other.score, score) : Integer.compare(left, other.left);
        }
    }

    /** Merges into the pieces that are text. */
    BpeMerger(List<Piece> pieces) {
        this.pieces = pieces;
        for (int id = 0; id < pieces.size(); id++) {
            PieceType type = pieces.get(id).type();
            if (type == PieceType.NORMAL || type == PieceType.USER_DEFINED || type == PieceType.UNUSED) {
                ids.putIfAbsent(pieces.get(id).key(), id);
            }
        }
    }

    /** The id of the piece with this text, or -1. */
    int find(String text) {
        return ids.getOrDefault(text, -1);
    }

    /** The texts that remain when nothing can be joined; pieces of type unused are split again. */
    List<String> merge(List<Symbol> symbols) {
        int count = symbols.size();
        String[] texts = new String[count];
        int[] previous = new int[count];
        int[] next = new int[count];
        for (int i = 0; i < count; i++) {
            texts[i] = symbols.get(i).text;
            previous[i] = i - 1;
            next[i] = i + 1 < count ? i + 1 : -1;
        }
        Map<String, String[]> unused = new HashMap<>();
        PriorityQueue<Pair> queue = new PriorityQueue<>();
        for (int i = 0; i + 1 < count; i++) {
            add(queue, unused, symbols, texts, i, i + 1);
        }
        while (!queue.isEmpty()) {
            Pair pair = queue.poll();
            String left = texts[pair.left];
            String right = texts[pair.right];
            if (left == null || right == null || left.length() + right.length() != pair.length) {
                continue;
            }
            texts[pair.left] = left + right;
            texts[pair.right] = null;
            next[pair.left] = next[pair.right];
            if (next[pair.left] >= 0) {
                previous[next[pair.left]] = pair.left;
            }
            add(queue, unused, symbols, texts, previous[pair.left], pair.left);
            add(queue, unused, symbols, texts, pair.left, next[pair.left]);
        }
        List<String> result = new ArrayList<>();
        for (int i = count == 0 ? -1 : 0; i >= 0; i = next[i]) {
            split(texts[i], unused, result);
        }
        return result;
    }

    private void add(
            PriorityQueue<Pair> queue,
            Map<String, String[]> unused,
            List<Symbol> symbols,
            String[] texts,
            int left,
            int right) {
        if (left < 0 || right < 0 || symbols.get(left).frozen || symbols.get(right).frozen) {
            return;
        }
        String joined = texts[left] + texts[right];
        int id = find(joined);
        if (id >= 0) {
            queue.add(new Pair(left, right, pieces.get(id).score(), joined.length()));
            if (pieces.get(id).type() == PieceType.UNUSED) {
                unused.put(joined, new String[] {texts[left], texts[right]});
            }
        }
    }

    private void split(String text, Map<String, String[]> unused, List<String> result) {
        String[] parts = unused.get(text);
        if (parts == null) {
            result.add(text);
        } else {
            split(parts[0], unused, result);
            split(parts[1], unused, result);
        }
    }
}
