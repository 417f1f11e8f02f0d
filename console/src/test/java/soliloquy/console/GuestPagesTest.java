package soliloquy.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import soliloquy.llm.convert.Checkpoint;
import soliloquy.llm.convert.DefaultModel;
import soliloquy.llm.engine.Arithmetic;
import soliloquy.llm.engine.ReferenceEngine;
import soliloquy.llm.sample.Decimal;
import soliloquy.llm.sample.Generation;
import soliloquy.llm.sample.Mode;
import soliloquy.llm.sample.Sampler;
import soliloquy.llm.sample.SamplerSettings;
import soliloquy.llm.sample.TextGeneration;
import soliloquy.llm.tokenizer.Tokenizer;
import soliloquy.machine.Clocks;
import soliloquy.pad.Button;

/** The program's pages with a pad in hand: what is chosen and typed arrives, and the model answers as the reference engine does. */
class GuestPagesTest {
    private static final double TIMEOUT_SECONDS = 1200;
    private static final String BEFORE = "<|im_start|>user\n";
    private static final String BETWEEN = "<|im_end|>\n<|im_start|>assistant\n";
    private static final String AFTER = "<|im_end|>\n";
    private static final int TURN_END = 5;
    private static final int STATUS_LINE = 22;
    private static final Pattern STATUS =
            Pattern.compile("(\\d+) tokens +([0-9.]+)/s guest time +first after [0-9.]+ s +position (\\d+)/512");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private StopReason play(PadPlayer player, String... words) throws Exception {
        PrintStream out = new PrintStream(printed, false, StandardCharsets.UTF_8);
        PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try (BootMedium medium = BootMedium.open(null)) {
            RunSession.Outcome outcome = RunSession.played(medium, List.of(words), TIMEOUT_SECONDS, player, out, quiet);
            assertThat(outcome.guestErrors()).isEmpty();
            assertThat(player.done()).as("all steps are done").isTrue();
            return outcome.reason();
        }
    }

    /** Sets the number of tokens to {@code eights} times eight, from the title page, and comes back to it. */
    static void limit(PadPlayer player, int eights) {
        player.await("A story").press(Button.UP, Button.CROSS).await("Settings").press(Button.UP);
        for (int i = 0; i < eights; i++) {
            player.press(Button.RIGHT);
        }
        player.press(Button.CROSS).await("A story").press(Button.UP);
    }

    @Test
    void aConversationOfTwoTurnsIsTheReferenceEnginesInOneContext() throws Exception {
        PadPlayer player = new PadPlayer();
        List<String> typed = new ArrayList<>();
        List<String> answered = new ArrayList<>();
        double[] rate = new double[1];
        limit(player, 2); // 16 tokens: time to turn to the other page and back before they are made
        player.picture("title")
                .press(Button.CROSS)
                .await("Your message")
                .keyboard()
                .type("Helo")
                .press(Button.L1)
                .type("l")
                .await("Hello")
                .then(console -> typed.addAll(player.screen(console)))
                .picture("keyboard")
                .press(Button.START)
                .await("reading 0 of 11 tokens")
                .picture("reading")
                .awaitTokens(3)
                .press(Button.TRIANGLE)
                .await("ms by stage")
                .picture("stages")
                .press(Button.TRIANGLE)
                .awaitEnd()
                .await("START reply")
                .then(console -> {
                    answered.addAll(player.screen(console));
                    rate[0] = rate(console.transcript().tokens());
                })
                .picture("answer")
                .press(Button.CROSS)
                .await("Your message")
                .type("And then?")
                .picture("second-turn")
                .press(Button.START)
                .awaitEnd()
                .await("START reply")
                .picture("conversation")
                .press(Button.CROSS)
                .await("Your message")
                .press(Button.L2, Button.L2)
                .awaitLine("Hello")
                .press(Button.SELECT)
                .await("A story")
                .press(Button.SELECT);
        assertThat(play(player, "--temperature", "0")).isEqualTo(new StopReason.Exited(0));

        // The field is the line below its title.
        int title = typed.indexOf(" Your message");
        assertThat(title).isPositive();
        assertThat(typed.get(title + 1).strip()).isEqualTo("Hello");
        assertThat(player.turns()).hasSize(2);
        Tokenizer tokenizer = DefaultModel.tokenizer();
        PadPlayer.Turn first = player.turns().getFirst();
        PadPlayer.Turn second = player.turns().getLast();
        assertThat(first.promptIds()).isEqualTo(ids(tokenizer.encodePrompt(BEFORE + "Hello" + BETWEEN)));
        List<Integer> whole = ids(tokenizer.encodePrompt(AFTER + BEFORE + "And then?" + BETWEEN));
        assertThat(second.promptIds()).isEqualTo(whole.subList(whole.indexOf(TURN_END), whole.size()));

        Conversation reference = new Conversation(tokenizer, SamplerSettings.GREEDY);
        assertThat(first.ids()).isEqualTo(reference.turn(first.promptIds(), 16));
        assertThat(second.ids()).isEqualTo(reference.turn(second.promptIds(), 16));
        String answer = tokenizer.decode(
                first.ids().stream().mapToInt(Integer::intValue).toArray());
        assertThat(answered).contains("> Hello").anyMatch(line -> !line.isBlank() && answer.startsWith(line));
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains(answer);
        Matcher status = STATUS.matcher(answered.get(STATUS_LINE));
        assertThat(status.matches()).as(answered.get(STATUS_LINE)).isTrue();
        assertThat(status.group(1)).isEqualTo("16");
        assertThat(Double.parseDouble(status.group(2))).isCloseTo(rate[0], Offset.offset(0.01 * rate[0]));
        assertThat(status.group(3))
                .as("the last token is not read")
                .isEqualTo("" + (first.promptIds().size() + 15));
    }

    /** Tokens a second from the first to the last, by the cycles at which the guest reported them. */
    private static double rate(List<GuestTranscript.Token> tokens) {
        long cycles = tokens.getLast().guestCycles() - tokens.getFirst().guestCycles();
        return (tokens.size() - 1) / Clocks.seconds(cycles);
    }

    /** The reference engine in a conversation: what stops an answer is not read, what the answer says is. */
    private static final class Conversation {
        private final Tokenizer tokenizer;
        private final ReferenceEngine engine;
        private final Sampler sampler;

        Conversation(Tokenizer tokenizer, SamplerSettings settings) throws Exception {
            this.tokenizer = tokenizer;
            Arithmetic math = Mode.EE.arithmetic();
            try (Checkpoint checkpoint = DefaultModel.checkpoint()) {
                engine = new ReferenceEngine(checkpoint, math);
            }
            sampler = new Sampler(settings, math);
        }

        List<Integer> turn(List<Integer> prompt, int tokens) {
            for (int id : prompt) {
                engine.accept(id);
                sampler.saw(id);
            }
            List<Integer> made = new ArrayList<>();
            while (made.size() < tokens) {
                int id = sampler.choose(engine.logitBits());
                made.add(id);
                if (tokenizer.stops(id)) {
                    break;
                }
                sampler.saw(id);
                engine.accept(id);
            }
            return made;
        }
    }

    private static List<Integer> ids(int[] ids) {
        return Arrays.stream(ids).boxed().toList();
    }

    @Test
    void settingsChangeWhatIsChosenAsInTheReferenceEngine() throws Exception {
        PadPlayer player = new PadPlayer();
        List<String> page = new ArrayList<>();
        player.await("A story").press(Button.DOWN, Button.DOWN, Button.CROSS).await("Settings");
        player.press(Button.RIGHT, Button.RIGHT, Button.RIGHT, Button.DOWN);
        player.press(Button.RIGHT, Button.RIGHT, Button.RIGHT, Button.RIGHT, Button.RIGHT, Button.DOWN);
        player.press(Button.LEFT, Button.DOWN);
        player.press(Button.RIGHT, Button.RIGHT, Button.DOWN);
        player.press(Button.RIGHT, Button.RIGHT, Button.DOWN);
        player.press(Button.RIGHT, Button.RIGHT);
        player.then(console -> page.addAll(player.screen(console))).picture("settings");
        player.press(Button.CROSS, Button.DOWN, Button.CROSS).await("The model's own");
        player.picture("openings")
                .press(Button.CROSS)
                .awaitEnd()
                .await("next story")
                .picture("story")
                .press(Button.SELECT)
                .await("A chat")
                .press(Button.SELECT);
        assertThat(play(player)).isEqualTo(new StopReason.Exited(0));

        assertThat(page)
                .anyMatch(line -> line.matches(" *temperature +0\\.95"))
                .anyMatch(line -> line.matches(" *top-k +5"))
                .anyMatch(line -> line.matches(" *top-p +0\\.85"))
                .anyMatch(line -> line.matches(" *repetition penalty +1\\.10"))
                .anyMatch(line -> line.matches(" *seed +3"))
                .anyMatch(line -> line.matches(" *tokens +16"));
        SamplerSettings settings =
                new SamplerSettings(new Decimal(95, 2), 5, new Decimal(85, 2), new Decimal(110, 2), 3);
        Generation reference = TextGeneration.run(null, null, null, 16, settings, Mode.EE, id -> {});
        assertThat(player.turns()).hasSize(1);
        assertThat(player.turns().getFirst().promptIds()).isEqualTo(reference.promptIds());
        assertThat(player.turns().getFirst().ids()).isEqualTo(reference.ids());
    }

    @Test
    void storiesBeginWithTheOpeningAndTheNextOneIsAnother() throws Exception {
        PadPlayer player = new PadPlayer();
        List<String> shown = new ArrayList<>();
        limit(player, 1);
        player.press(Button.UP, Button.CROSS).await("The model's own").press(Button.DOWN, Button.CROSS);
        player.awaitEnd().await("next story").press(Button.START).awaitEnd().await("next story");
        player.then(console -> shown.addAll(player.screen(console)));
        player.press(Button.SELECT).await("A chat").press(Button.SELECT);
        assertThat(play(player)).isEqualTo(new StopReason.Exited(0));

        String opening = "Once upon a time, there was a little dog";
        assertThat(shown).anyMatch(line -> line.startsWith(opening));
        String prompt = BEFORE + "Tell me a short story." + BETWEEN + opening;
        assertThat(player.turns()).hasSize(2);
        for (int seed = 1; seed <= 2; seed++) {
            SamplerSettings settings =
                    new SamplerSettings(new Decimal(80, 2), 0, new Decimal(90, 2), new Decimal(1, 0), seed);
            Generation reference = TextGeneration.run(null, null, prompt, 8, settings, Mode.EE, id -> {});
            PadPlayer.Turn story = player.turns().get(seed - 1);
            assertThat(story.promptIds()).isEqualTo(reference.promptIds());
            assertThat(story.ids()).isEqualTo(reference.ids());
        }
    }
}
