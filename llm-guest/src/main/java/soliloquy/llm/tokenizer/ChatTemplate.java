package soliloquy.llm.tokenizer;

import java.util.List;
import java.util.Locale;
import soliloquy.machine.InputException;

/**
 * How a conversation is written for a model. A turn is {@code first} (later {@code before}), the user's message, {@code between}, and the
 * answer, which ends at a stop token; before the next turn stand {@code endIds} and {@code after}.
 *
 * @param form whose form it is
 * @param anew each turn is encoded like a text of its own, begin mark included; otherwise it goes on in the same text
 * @param endIds ids behind an answer, for example the end of the turn (the stop token itself counts as not yet there)
 * @param first text before the first message
 * @param before text before later messages
 * @param between text between a message and its answer
 * @param after text behind {@code endIds}
 */
public record ChatTemplate(
        Form form, boolean anew, List<Integer> endIds, String first, String before, String between, String after) {
    /** The known forms, in the order of their codes in TOKENIZR.BIN. */
    public enum Form {
        /** The model continues texts; a message is the text itself. */
        NONE,
        /** {@code <|im_start|>user}, the message, {@code <|im_end|>}. */
        CHATML,
        /** {@code [INST]}, the message, {@code [/INST]}. */
        LLAMA2;

        /** The form with this name on a command line. */
        public static Form of(String name) throws InputException {
            for (Form form : values()) {
                if (form.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                    return form;
                }
            }
            throw new InputException("--template is '" + name + "'; expected chatml, llama2 or none");
        }
    }

    /** Begin and end of a ChatML turn. */
    static final String TURN_START = "<|im_start|>";

    static final String TURN_END = "<|im_end|>";

    private static final String CHAT_MESSAGE = "Tell me a short story.";
    private static final String STORY = "Once upon a time";

    /** Texts as they are. */
    public static final ChatTemplate NONE = new ChatTemplate(Form.NONE, false, List.of(), "", "", "", "");

    /** Makes the list unmodifiable. */
    public ChatTemplate {
        endIds = List.copyOf(endIds);
    }

    /**
     * The template of a form for a vocabulary.
     *
     * @param system what the model is told before the first message, empty: nothing
     * @throws InputException the vocabulary has not the symbols that the form needs
     */
    public static ChatTemplate of(Form form, String system, String name, TokenizerFile file) throws InputException {
        return switch (form) {
            case NONE -> NONE;
            case CHATML -> {
                int end = file.find(TURN_END);
                if (end < 0 || file.find(TURN_START) < 0) {
                    throw new InputException(name + ": no pieces " + TURN_START + " and " + TURN_END
                            + "; expected them for ChatML (use --template none)");
                }
                String before = TURN_START + "user\n";
                String told = system.isEmpty() ? "" : TURN_START + "system\n" + system + TURN_END + "\n";
                yield new ChatTemplate(
                        form,
                        false,
                        List.of(end),
                        told + before,
                        before,
                        TURN_END + "\n" + TURN_START + "assistant\n",
                        "\n");
            }
            case LLAMA2 -> {
                if (file.bos() < 0 || file.eos() < 0) {
                    throw new InputException(name + ": no begin and end mark; expected them for the form of Llama 2"
                            + " (use --template none)");
                }
                String told = system.isEmpty() ? "" : "<<SYS>>\n" + system + "\n<</SYS>>\n\n";
                yield new ChatTemplate(form, true, List.of(file.eos()), "[INST] " + told, "[INST] ", " [/INST]", "");
            }
        };
    }

    /** A first message as the model sees it. */
    public String prompt(String message) {
        return first + message + between;
    }

    /** A later message as the model sees it, behind {@link #endIds}. */
    String laterText(String message) {
        return after + before + message + between;
    }

    /** What such a model is asked when nobody says anything. */
    String defaultPrompt() {
        return form == Form.NONE ? STORY : prompt(CHAT_MESSAGE);
    }
}
