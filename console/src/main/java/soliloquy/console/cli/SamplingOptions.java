package soliloquy.console.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import soliloquy.llm.sample.Decimal;
import soliloquy.llm.sample.SamplerSettings;
import soliloquy.llm.tokenizer.ChatTemplate;
import soliloquy.machine.InputException;

/** The prompt and sampling options, the same for the guest and for the reference engine. */
public final class SamplingOptions {
    @Option(
            names = "--prompt",
            paramLabel = "TEXT",
            description = "Text to go on from, as it is; control symbols such as <|im_start|> are understood."
                    + " Without it the model's own default prompt.")
    private String prompt;

    @Option(
            names = "--chat",
            paramLabel = "TEXT",
            description = "The same for a chat model: TEXT is a user's message in the form that its tokenizer names.")
    private String chat;

    @Option(names = "--tokens", paramLabel = "N", description = "Generate at most N tokens.")
    private Integer tokens;

    @Option(names = "--temperature", paramLabel = "T", description = "0 takes the likeliest token (default).")
    private String temperature;

    @Option(names = "--top-k", paramLabel = "K", description = "Choose among the K likeliest; 0 among all (default).")
    private Integer topK;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "Choose among the likeliest that together have probability P (default 1).")
    private String topP;

    @Option(
            names = "--repeat-penalty",
            paramLabel = "R",
            description = "Make tokens seen before less likely by this factor (default 1).")
    private String repeatPenalty;

    @Option(names = "--seed", paramLabel = "S", description = "Start of the random generator, not 0 (default 1).")
    private Long seed;

    /** Whether a message is given that has to be put into the model's chat form. */
    boolean chats() {
        return chat != null;
    }

    /** The prompt as a model with this chat form sees it, or null for the model's default. */
    public String prompt(ChatTemplate template) {
        return chat == null ? prompt : template.prompt(chat);
    }

    public int tokensOr(int fallback) {
        return tokens == null ? fallback : tokens;
    }

    /** The settings of the sampler; options that were not given have the guest's own defaults. */
    public SamplerSettings settings() throws InputException {
        SamplerSettings defaults = SamplerSettings.GREEDY;
        return new SamplerSettings(
                temperature == null ? defaults.temperature() : Decimal.parse("--temperature", temperature),
                topK == null ? defaults.topK() : topK,
                topP == null ? defaults.topP() : Decimal.parse("--top-p", topP),
                repeatPenalty == null ? defaults.repeatPenalty() : Decimal.parse("--repeat-penalty", repeatPenalty),
                seed == null ? defaults.seed() : seed);
    }

    /** Checks ranges; the sentence names the option. */
    public void check() throws InputException {
        require(prompt == null || chat == null, "--prompt and --chat exclude each other; give one of them");
        require(tokens == null || tokens > 0, "--tokens is " + tokens + "; expected 1 or more");
        require(topK == null || topK >= 0, "--top-k is " + topK + "; expected 0 or more");
        SamplerSettings settings = settings();
        require(
                settings.repeatPenalty().digits() > 0,
                "--repeat-penalty is " + repeatPenalty + "; expected a number above 0");
        require(
                seed == null || seed != 0,
                "--seed is 0, from which the generator would give only zeros; expected another number");
    }

    /** The options that were given, as words of the argv of a guest whose model has this chat form. */
    public List<String> words(ChatTemplate template) {
        List<String> words = new ArrayList<>();
        add(words, "--prompt", prompt(template));
        add(words, "--tokens", tokens);
        add(words, "--temperature", temperature);
        add(words, "--top-k", topK);
        add(words, "--top-p", topP);
        add(words, "--repeat-penalty", repeatPenalty);
        add(words, "--seed", seed);
        return words;
    }

    private static void add(List<String> words, String name, Object value) {
        if (value != null) {
            words.add(name);
            words.add(value.toString());
        }
    }

    private static void require(boolean holds, String sentence) throws InputException {
        if (!holds) {
            throw new InputException(sentence);
        }
    }
}
