package soliloquy.llm.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The algorithm of llama2.c on a vocabulary whose merges can be followed by hand. */
class Llama2cTokenizerTest {
    private static final int FIRST = 259;

    @Test
    void aSpaceStandsBeforeTheTextAndTheBestPairMergesFirst() throws IOException {
        // Scores fall with the id: "bc" (263) wins over "ab" (264), the leftmost of equals first.
        Tokenizer tokenizer = open(" ", "a", "b", "c", "bc", "ab", "abc");
        assertThat(tokenizer.encode("abc")).containsExactly(FIRST, FIRST + 6);
        assertThat(tokenizer.encode("ab")).containsExactly(FIRST, FIRST + 5);
        assertThat(tokenizer.encode("aab")).containsExactly(FIRST, FIRST + 1, FIRST + 5);
        assertThat(tokenizer.encode("")).isEmpty();
        assertThat(tokenizer.encodePrompt("")).containsExactly(1);
        assertThat(tokenizer.encodePrompt("a")).containsExactly(1, FIRST, FIRST + 1);
    }

    @Test
    void unknownCharactersBecomeBytes() throws IOException {
        Tokenizer tokenizer = open(" ", "a");
        assertThat(tokenizer.encode("\u00e9a")).containsExactly(FIRST, 0xC3 + 3, 0xA9 + 3, FIRST + 1);
        assertThat(tokenizer.decode(new int[] {1, FIRST, 0xC3 + 3, 0xA9 + 3, FIRST + 1}))
                .isEqualTo("\u00e9a");
    }

    @Test
    void textEndsAtEitherMark() throws IOException {
        Tokenizer tokenizer = open(" ");
        assertThat(tokenizer.stops(1)).isTrue();
        assertThat(tokenizer.stops(2)).isTrue();
        assertThat(tokenizer.stops(3)).isFalse();
    }

    @Test
    void theDiscFormatKeepsEverything() throws IOException {
        TokenizerFile file = TokenizerReader.read("tok.bin", file(" ", "a", "b", "ab"));
        TokenizerFile again = TokenizerReader.read("TOKENIZR.BIN", DiscTokenizer.write(file));
        assertThat(DiscTokenizer.write(again)).isEqualTo(DiscTokenizer.write(file));
        assertThat(Tokenizer.of(again).encode("abba"))
                .isEqualTo(Tokenizer.of(file).encode("abba"));
    }

    private static Tokenizer open(String... pieces) throws IOException {
        return Tokenizer.of(TokenizerReader.read("tok.bin", file(pieces)));
    }

    /** A tokenizer.bin: the marks, the bytes, then these pieces with falling scores. */
    static byte[] file(String... pieces) {
        List<String> all = new ArrayList<>(List.of("<unk>", "\n<s>\n", "\n</s>\n"));
        for (int i = 0; i < 256; i++) {
            all.add(String.format("<0x%02X>", i));
        }
        all.addAll(List.of(pieces));
        ByteBuffer out = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(16);
        for (int id = 0; id < all.size(); id++) {
            byte[] text = all.get(id).getBytes(StandardCharsets.UTF_8);
            out.putFloat(id < FIRST ? 0 : FIRST - id).putInt(text.length).put(text);
        }
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }
}
