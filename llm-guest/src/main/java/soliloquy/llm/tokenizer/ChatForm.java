package soliloquy.llm.tokenizer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import soliloquy.machine.InputException;

/** Gives a tokenizer the chat form of its model. */
public final class ChatForm {
    private ChatForm() {}

    /**
     * The tokenizer for conversations of a form: template, default prompt, stop tokens, and the begin mark, which ChatML has none of.
     *
     * @param name of the tokenizer's file, for messages
     * @param system what the model is told before the first message, empty: nothing
     * @throws InputException the vocabulary has not the symbols that the form needs
     */
    public static TokenizerFile apply(String name, TokenizerFile file, ChatTemplate.Form form, String system)
            throws InputException {
        ChatTemplate template = ChatTemplate.of(form, system, name, file);
        List<Integer> stops = new ArrayList<>();
        if (form == ChatTemplate.Form.CHATML) {
            stops.addAll(template.endIds());
        }
        for (int id : file.stopTokens()) {
            if (!stops.contains(id)) {
                stops.add(id);
            }
        }
        TokenizerFile chat = file.withChat(template).withStopTokens(stops);
        return switch (form) {
            case NONE -> file.kind() == TokenizerFile.Kind.BYTE_LEVEL ? chat : chat.withBosBeforePrompt(true);
            case CHATML -> chat.withBosBeforePrompt(false);
            case LLAMA2 -> chat.withBosBeforePrompt(true);
        };
    }

    /**
     * The tokenizer as tokenizer_config.json beside it wants it: end mark, and the form of its chat_template. Without such a file it
     * stays as it is.
     */
    static TokenizerFile configured(Path tokenizer, TokenizerFile file) throws IOException {
        TokenizerConfiguration configuration = TokenizerConfiguration.beside(tokenizer);
        int eos = configuration.endMark().isEmpty() ? -1 : file.find(configuration.endMark());
        TokenizerFile marked = eos < 0 || file.stopTokens().contains(eos)
                ? file
                : file.withStopTokens(Stream.concat(file.stopTokens().stream(), Stream.of(eos))
                        .toList());
        String template = configuration.chatTemplate();
        ChatTemplate.Form form = template.contains(ChatTemplate.TURN_START)
                ? ChatTemplate.Form.CHATML
                : template.contains("[INST]")
                        ? ChatTemplate.Form.LLAMA2
                        : file.chat().form();
        return form == file.chat().form()
                ? marked
                : apply(tokenizer.getFileName().toString(), marked, form, "");
    }
}
