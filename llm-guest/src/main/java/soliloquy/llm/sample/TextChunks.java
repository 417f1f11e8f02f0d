package soliloquy.llm.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import soliloquy.llm.tokenizer.Tokenizer;
import soliloquy.llm.tokenizer.TokenizerFile;
import soliloquy.machine.InputException;

/** A text as token ids in pieces that a model reads on their own, each behind the begin mark where the model wants one. */
public final class TextChunks {
    private static final long LARGEST = 64L << 20;

    private TextChunks() {}

    /**
     * Cuts a text.
     *
     * @param separator what stands between documents, of each of which only the first chunk is taken; null: one text, all of it
     * @param length longest chunk in tokens
     * @param most tokens of the text that are taken, 0: all
     * @throws InputException the file is no UTF-8 or too large, or nothing is left to predict
     */
    public static List<int[]> of(Path file, Tokenizer tokenizer, String separator, int length, int most)
            throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new InputException(file + ": " + Files.size(file) + " bytes; expected a text of less than 64 MB");
        }
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new InputException(file + " is not UTF-8; expected a text in it", e);
        }
        boolean mark = tokenizer.file().has(TokenizerFile.Flag.BOS_BEFORE_PROMPT);
        int room = length - (mark ? 1 : 0);
        List<int[]> chunks = new ArrayList<>();
        int left = most == 0 ? Integer.MAX_VALUE : most;
        String[] documents = separator == null ? new String[] {text} : text.split(Pattern.quote(separator), -1);
        for (String document : documents) {
            int[] ids = tokenizer.encode(document);
            int end = separator == null ? ids.length : Math.min(ids.length, room);
            for (int from = 0; from < end && left > 0; from += room) {
                int count = Math.min(left, Math.min(room, end - from));
                int[] chunk = Arrays.copyOfRange(ids, from, from + count);
                left -= count;
                if (mark) {
                    int[] marked = new int[count + 1];
                    marked[0] = tokenizer.file().bos();
                    System.arraycopy(chunk, 0, marked, 1, count);
                    chunk = marked;
                }
                if (chunk.length > 1) {
                    chunks.add(chunk);
                }
            }
        }
        if (chunks.isEmpty()) {
            throw new InputException(file + " has no two tokens in a row; expected a longer text");
        }
        return chunks;
    }
}
