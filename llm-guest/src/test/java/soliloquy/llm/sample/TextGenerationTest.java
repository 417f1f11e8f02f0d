package soliloquy.llm.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import soliloquy.llm.TestMaterial;
import soliloquy.llm.convert.DefaultModel;
import soliloquy.llm.convert.ModelConverter;
import soliloquy.llm.psnt.Models;
import soliloquy.llm.psnt.PsntEncoding;
import soliloquy.llm.psnt.PsntHeader;
import soliloquy.machine.InputException;

class TextGenerationTest {
    @TempDir
    private Path folder;

    /** The question whose answer PyTorch ends with the stop token; every choice in it is clear. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void aStopTokenEndsTheTextAndBelongsToIt(Mode mode) throws IOException {
        JsonNode golden = TestMaterial.golden().at("/prompts/5");
        List<Integer> heard = new ArrayList<>();
        Generation answer = TextGeneration.run(
                null, null, golden.get("text").asText(), 64, SamplerSettings.GREEDY, mode, heard::add);
        assertThat(answer.promptIds()).containsExactlyElementsOf(list(golden.get("ids")));
        assertThat(answer.ids()).containsExactlyElementsOf(list(golden.get("greedy_ids")));
        assertThat(answer.text()).isEqualTo(golden.get("greedy_text").asText());
        assertThat(answer.end()).isEqualTo(Generation.End.STOP);
        assertThat(heard).isEqualTo(answer.ids());
    }

    @Test
    void withoutAPromptTheModelIsAskedForAStory() throws IOException {
        JsonNode golden = TestMaterial.golden().at("/prompts/0");
        Generation story = TextGeneration.run(null, null, null, 5, SamplerSettings.GREEDY, Mode.EE, id -> {});
        assertThat(story.promptIds()).containsExactlyElementsOf(list(golden.get("ids")));
        assertThat(story.ids())
                .containsExactlyElementsOf(list(golden.get("greedy_ids")).subList(0, 5));
        assertThat(story.end()).isEqualTo(Generation.End.TOKENS);
    }

    @Test
    void aFolderWithModelAndTokenizerIsEnough() throws IOException {
        Files.write(folder.resolve("MODEL.PSN"), DefaultModel.bytes(DefaultModel.WEIGHTS));
        ModelConverter.convertTokenizer(DefaultModel.tokenizer().file(), folder.resolve("TOKENIZR.BIN"));
        SamplerSettings settings = SamplerSettings.of(0.7f, 50, 0.9f, 1.2f, 3);
        Generation one = TextGeneration.run(folder, null, "Once", 12, settings, Mode.EE, id -> {});
        Generation two = TextGeneration.run(null, null, "Once", 12, settings, Mode.EE, id -> {});
        assertThat(one).isEqualTo(two);
    }

    @Test
    void theContextIsTheEnd() throws IOException {
        Path shorter = folder.resolve("short.psn");
        Path whole = Files.write(folder.resolve("MODEL.PSN"), DefaultModel.bytes(DefaultModel.WEIGHTS));
        ModelConverter.convert(whole, shorter, new ModelConverter.Options(null, 4, 12));
        Path tokenizer = folder.resolve("TOKENIZR.BIN");
        ModelConverter.convertTokenizer(DefaultModel.tokenizer().file(), tokenizer);
        Generation story = TextGeneration.run(
                shorter, tokenizer, "Once upon a time", 64, SamplerSettings.GREEDY, Mode.IEEE, id -> {});
        assertThat(story.end()).isEqualTo(Generation.End.CONTEXT);
        assertThat(story.promptIds().size() + story.ids().size()).isEqualTo(13);
        assertThatThrownBy(() ->
                        TextGeneration.run(shorter, tokenizer, null, 1, SamplerSettings.GREEDY, Mode.IEEE, id -> {}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("The prompt has 16 tokens; expected 1 to 12");
    }

    @Test
    void anotherModelsTokenizerIsRefused() throws IOException {
        Path model = Files.write(
                folder.resolve("m.psn"), Models.file(new PsntHeader(4, PsntEncoding.Q8, 0, Models.plain()), 1));
        assertThatThrownBy(
                        () -> TextGeneration.run(model, null, "Once", 1, SamplerSettings.GREEDY, Mode.IEEE, id -> {}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("holds no tokenizer");
        ModelConverter.convertTokenizer(DefaultModel.tokenizer().file(), folder.resolve("TOKENIZR.BIN"));
        assertThatThrownBy(
                        () -> TextGeneration.run(model, null, "Once", 1, SamplerSettings.GREEDY, Mode.IEEE, id -> {}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("8192 pieces; expected at most 19");
    }

    private static List<Integer> list(JsonNode ids) {
        List<Integer> list = new ArrayList<>();
        ids.forEach(id -> list.add(id.asInt()));
        return list;
    }
}
