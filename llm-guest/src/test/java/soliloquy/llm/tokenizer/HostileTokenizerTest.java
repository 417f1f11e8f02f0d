package soliloquy.llm.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import soliloquy.llm.TestMaterial;
import soliloquy.machine.InputException;

class HostileTokenizerTest {
    private static final String TEXT = "One day, <|im_end|> a caf\u00e9 \ud83d\ude00\tfell";

    @Property(tries = 60)
    void damagedModelsAreReadOrRefused(@ForAll long seed) throws IOException {
        readOrRefuse(damaged(TestMaterial.resource("tokenizer.model"), seed));
    }

    @Property(tries = 60)
    void damagedDiscFilesAreReadOrRefused(@ForAll long seed) throws IOException {
        readOrRefuse(damaged(disc(), seed));
    }

    @Property(tries = 200)
    void damagedByteLevelDiscFilesAreReadOrRefused(@ForAll long seed) throws IOException {
        byte[] disc = DiscTokenizer.write(
                TokenizerReader.read("tokenizer.json", TestMaterial.resource("bytelevel/tokenizer.json")));
        readOrRefuse(damaged(disc, seed));
    }

    @Property(tries = 100)
    void damagedLlama2cFilesAreReadOrRefused(@ForAll long seed) throws IOException {
        readOrRefuse(damaged(Llama2cTokenizerTest.file("ab", "abc", "\u00e9"), seed));
    }

    @Property(tries = 60)
    void cutDiscFilesAreRefused(@ForAll @IntRange(max = 372_000) int length) throws IOException {
        byte[] cut = Arrays.copyOf(disc(), length);
        assertThatThrownBy(() -> TokenizerReader.read("cut.bin", cut))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cut.bin");
    }

    @Test
    void impossibleFieldsAreNamed() throws IOException {
        assertRefused(4, 7, "version 0x7");
        assertRefused(8, 4, "kind 4");
        assertRefused(8, 0, "kind 0");
        assertRefused(12, -1, "vocabulary");
        assertRefused(20, 8192, "bos id 8192");
        assertRefused(32, 0x80, "flags 0x80");
        assertRefused(36, 99999, "stop tokens");
    }

    @Test
    void unigramModelsAreRefused() {
        // One piece "a", then trainer_spec { model_type: UNIGRAM }.
        byte[] model = {0x0A, 3, 0x0A, 1, 'a', 0x12, 2, 0x18, 1};
        assertThatThrownBy(() -> TokenizerReader.read("uni.model", model))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("model type 1; expected 2 (BPE)");
    }

    private static void assertRefused(int offset, int value, String message) throws IOException {
        byte[] bytes = disc();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, value);
        assertThatThrownBy(() -> TokenizerReader.read("bad.bin", bytes))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    private static byte[] disc() throws IOException {
        return soliloquy.llm.convert.DefaultModel.bytes("TOKENIZR.BIN");
    }

    private static byte[] damaged(byte[] bytes, long seed) {
        Random random = new Random(seed);
        int reach = random.nextBoolean() ? Math.min(300, bytes.length) : bytes.length;
        for (int i = 0; i < 8; i++) {
            bytes[random.nextInt(reach)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private static void readOrRefuse(byte[] bytes) {
        try {
            Tokenizer tokenizer = Tokenizer.of(TokenizerReader.read("damaged", bytes));
            int[] ids = tokenizer.encode(TEXT);
            for (int id : ids) {
                assertThat(id).isBetween(0, tokenizer.vocabulary() - 1);
            }
            tokenizer.decode(ids);
        } catch (InputException e) {
            assertThat(e).hasMessageContaining("damaged");
        }
    }
}
