package soliloquy.llm.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soliloquy.llm.TestMaterial;
import soliloquy.llm.convert.DefaultModel;
import soliloquy.machine.InputException;

/** Conversations in the forms that their models' cards publish. */
class ChatTemplateTest {
    @TempDir
    private Path folder;

    @Test
    void turnsOfChatMlGoOnInOneText() throws IOException {
        Tokenizer tokenizer = DefaultModel.tokenizer();
        String turn = "<|im_start|>user\nHello.<|im_end|>\n<|im_start|>assistant\n";
        assertThat(tokenizer.encodeTurn(0, "Hello.")).isEqualTo(tokenizer.encode(turn));
        // The whole conversation at once, as in training; its answer's end is the template's.
        int[] whole = tokenizer.encode(turn + "Hi there.<|im_end|>\n" + turn);
        int[] parts = IntStream.concat(
                        IntStream.concat(
                                IntStream.of(tokenizer.encode(turn)), IntStream.of(tokenizer.encode("Hi there."))),
                        IntStream.of(tokenizer.encodeTurn(1, "Hello.")))
                .toArray();
        assertThat(parts).isEqualTo(whole);
        assertThat(tokenizer.stops(tokenizer.file().chat().endIds().getFirst())).isTrue();
    }

    @Test
    void turnsOfLlama2BeginAnew() throws IOException {
        Path path = folder.resolve("tok.bin");
        Files.write(path, Llama2cTokenizerTest.file(" ", "a"));
        TokenizerFile bare = TokenizerReader.read(path);
        assertThat(bare.chat().form()).isEqualTo(ChatTemplate.Form.NONE);
        Tokenizer tokenizer = Tokenizer.of(ChatForm.apply("tok.bin", bare, ChatTemplate.Form.LLAMA2, "Be kind."));
        assertThat(tokenizer.file().chat().prompt("a")).isEqualTo("[INST] <<SYS>>\nBe kind.\n<</SYS>>\n\na [/INST]");
        int[] later = tokenizer.encodeTurn(1, "a");
        assertThat(later).startsWith(2, 1).hasSize(2 + tokenizer.encode("[INST] a [/INST]").length);
    }

    @Test
    void theConfigurationChooses() throws IOException {
        Path path = folder.resolve("tokenizer.model");
        Files.write(path, TestMaterial.resource("tokenizer.model"));
        Path configuration = folder.resolve("tokenizer_config.json");
        Files.writeString(configuration, "{\"chat_template\": \"{{ bos_token }}[INST] {{ m }} [/INST]\"}");
        TokenizerFile llama = TokenizerReader.read(path);
        assertThat(llama.chat().form()).isEqualTo(ChatTemplate.Form.LLAMA2);
        assertThat(llama.has(TokenizerFile.Flag.BOS_BEFORE_PROMPT)).isTrue();
        Files.writeString(
                configuration,
                "{\"chat_template\": [{\"name\": \"default\", \"template\": \"<|im_start|>\"}], \"eos_token\": {\"content\": \""
                        + new String(llama.pieces().get(2).bytes(), StandardCharsets.UTF_8) + "\"}}");
        TokenizerFile chat = TokenizerReader.read(path);
        assertThat(chat.chat().form()).isEqualTo(ChatTemplate.Form.CHATML);
        assertThat(chat.stopTokens()).containsExactly(5, 3, 2);
        Files.writeString(configuration, "[");
        assertThatThrownBy(() -> TokenizerReader.read(path))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("tokenizer_config.json");
    }

    @Test
    void theDiscFormatKeepsTheTemplate() throws IOException {
        TokenizerFile file =
                ChatForm.apply("disc", DefaultModel.tokenizer().file(), ChatTemplate.Form.CHATML, "Caf\u00e9s only.");
        TokenizerFile again = TokenizerReader.read("TOKENIZR.BIN", DiscTokenizer.write(file));
        assertThat(again.chat()).isEqualTo(file.chat());
        assertThat(again.defaultPrompt())
                .isEqualTo("<|im_start|>system\nCaf\u00e9s only.<|im_end|>\n<|im_start|>user\nTell me a short story."
                        + "<|im_end|>\n<|im_start|>assistant\n");
    }

    @Test
    void whatAVocabularyCannotDoIsRefused() throws IOException {
        TokenizerFile bare = TokenizerReader.read("tok.bin", Llama2cTokenizerTest.file(" "));
        assertThatThrownBy(() -> ChatForm.apply("tok.bin", bare, ChatTemplate.Form.CHATML, ""))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("<|im_start|>");
        assertThatThrownBy(() -> ChatTemplate.Form.of("alpaca"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("chatml, llama2 or none");
        assertThat(new String(DiscTokenizer.write(bare), StandardCharsets.ISO_8859_1))
                .startsWith("PSTK");
    }
}
