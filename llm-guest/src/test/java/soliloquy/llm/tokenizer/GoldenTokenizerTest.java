package soliloquy.llm.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import soliloquy.llm.TestMaterial;
import soliloquy.llm.convert.DefaultModel;

/** Against ids and texts that SentencePiece itself gave. */
class GoldenTokenizerTest {
    private final Tokenizer disc;
    private final TokenizerFile model;

    GoldenTokenizerTest() throws IOException {
        disc = DefaultModel.tokenizer();
        model = TokenizerReader.read("tokenizer.model", TestMaterial.resource("tokenizer.model"));
    }

    @Test
    void idsAreSentencePiecesOwn() throws IOException {
        for (Tokenizer tokenizer : new Tokenizer[] {disc, Tokenizer.of(model)}) {
            for (String list : new String[] {"tokenizer", "prompts"}) {
                for (JsonNode item : TestMaterial.golden().get(list)) {
                    assertThat(tokenizer.encodePrompt(item.get("text").asText()))
                            .as(item.get("text").asText())
                            .isEqualTo(TestMaterial.ids(item.get("ids")));
                }
            }
        }
    }

    @Test
    void textsAreSentencePiecesOwn() throws IOException {
        for (JsonNode item : TestMaterial.golden().get("prompts")) {
            assertThat(disc.decode(TestMaterial.ids(item.get("greedy_ids"))))
                    .isEqualTo(item.get("greedy_text").asText());
        }
    }

    @Test
    void theDiscHoldsWhatTheModelHolds() throws IOException {
        assertThat(DefaultModel.bytes(DefaultModel.TOKENIZER)).isEqualTo(DiscTokenizer.write(model));
        assertThat(disc.vocabulary()).isEqualTo(8192);
        assertThat(disc.file().bos()).isEqualTo(2);
        assertThat(disc.file().eos()).isEqualTo(3);
        assertThat(disc.file().unknown()).isEqualTo(1);
        assertThat(disc.file().stopTokens()).containsExactly(5, 3);
        assertThat(disc.stops(5)).isTrue();
        assertThat(disc.stops(4)).isFalse();
        assertThat(disc.defaultPrompt())
                .isEqualTo(TestMaterial.golden().at("/prompts/0/text").asText());
    }

    @Test
    void piecesGiveTheirBytes() {
        assertThat(disc.pieceBytes(2)).as("control").isEmpty();
        assertThat(disc.pieceBytes(9 + 0xC3)).as("byte").containsExactly(0xC3);
        assertThat(disc.pieceBytes(5)).asString().isEqualTo("<|im_end|>");
        assertThat(disc.pieceBytes(409)).asString().isEqualTo(" Once");
    }

    @Property(tries = 300)
    void runningTextIsTheDecodedText(@ForAll @StringLength(max = 40) String text) throws IOException {
        int[] ids = disc.encode(text);
        ByteArrayOutputStream running = new ByteArrayOutputStream();
        for (int id : ids) {
            running.writeBytes(disc.pieceBytes(id));
        }
        String spaced = running.toString(StandardCharsets.UTF_8);
        assertThat(disc.decode(ids)).isEqualTo(spaced.startsWith(" ") ? spaced.substring(1) : spaced);
    }

    @Property(tries = 200)
    void asciiWordsSurvive(@ForAll @net.jqwik.api.constraints.AlphaChars @StringLength(min = 1, max = 30) String word) {
        assertThat(disc.decode(disc.encode(word + " " + word))).isEqualTo(word + " " + word);
    }
}
