package soliloquy.console;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import soliloquy.gs.PngWriter;
import soliloquy.machine.Frame;
import soliloquy.pad.Button;
import soliloquy.pad.PadInput;

/** Plays a list of steps on the pad: presses, and waits for what the screen shows or the guest reports. */
final class PadPlayer implements RunSession.Player {
    /** Guest milliseconds that a button is down, and then up: more than two fields. */
    private static final int PRESS = 50;

    /** Guest milliseconds after which nobody waits any more. */
    private static final int PATIENCE = 600_000;

    /** Guest milliseconds between two looks at the screen. */
    private static final int LOOK = 40;

    private static final String[] UNSHIFTED = {"1234567890-=", "qwertyuiop[]", "asdfghjkl;'\\", "zxcvbnm,./?!"};

    /** What is done for some milliseconds, until it says that it is over. */
    private interface Step {
        boolean over(Console console, PadInput pad, int milliseconds);
    }

    private final Deque<Step> steps = new ArrayDeque<>();
    private final ScreenText reader = new ScreenText();
    private final List<Turn> turns = new ArrayList<>();
    private final Frame frame = new Frame();
    private int milliseconds;
    private int ends;
    private boolean told;
    private int row;
    private int column;

    /** One reading of a prompt and what was made of it. */
    record Turn(List<Integer> promptIds, List<Integer> ids) {}

    PadPlayer() throws IOException {}

    @Override
    public void look(Console console, PadInput pad) {
        watch(console.transcript());
        Step step = steps.peek();
        if (step != null && step.over(console, pad, milliseconds++)) {
            steps.remove();
            milliseconds = 0;
        }
    }

    /** What the screen shows. */
    List<String> screen(Console console) {
        console.gs().frame(frame);
        return reader.lines(frame);
    }

    PadPlayer press(Button... buttons) {
        for (Button button : buttons) {
            steps.add((console, pad, at) -> {
                pad.hold(at < PRESS ? button.mask() : 0);
                return at == 2 * PRESS;
            });
        }
        return this;
    }

    /** Waits until the screen shows {@code text}. */
    PadPlayer await(String text) {
        return awaitThat(text, console -> screen(console).stream().anyMatch(line -> line.contains(text)), LOOK);
    }

    /** Waits until a line of the screen is {@code text} and nothing else. */
    PadPlayer awaitLine(String text) {
        return awaitThat(
                text,
                console ->
                        screen(console).stream().anyMatch(line -> line.strip().equals(text)),
                LOOK);
    }

    /** Waits until the guest has reported the end of another text. */
    PadPlayer awaitEnd() {
        int wanted = ++ends;
        return awaitThat("an end", console -> turns.size() >= wanted, 1);
    }

    /** Keeps each text once it has ended. */
    private void watch(GuestTranscript transcript) {
        if (told && transcript.resting()) {
            turns.add(new Turn(
                    List.copyOf(transcript.promptIds()),
                    transcript.tokens().stream().map(GuestTranscript.Token::id).toList()));
        }
        told = !transcript.resting() && !transcript.promptIds().isEmpty();
    }

    /** Waits until so many tokens have been made. */
    PadPlayer awaitTokens(int count) {
        return awaitThat(
                count + " tokens", console -> console.transcript().tokens().size() >= count, 1);
    }

    private PadPlayer awaitThat(String what, Predicate<Console> condition, int interval) {
        steps.add((console, pad, at) -> {
            if (at > PATIENCE) {
                throw new AssertionError(
                        "waited in vain for " + what + "; the screen shows\n" + String.join("\n", screen(console)));
            }
            return at % interval == 0 && condition.test(console);
        });
        return this;
    }

    PadPlayer then(Consumer<Console> action) {
        steps.add((console, pad, at) -> {
            action.accept(console);
            return true;
        });
        return this;
    }

    /** Writes the picture to the folder of the system property {@code soliloquy.pictures}, if there is one. */
    PadPlayer picture(String name) {
        return Optional.ofNullable(System.getProperty("soliloquy.pictures"))
                .map(folder -> then(console -> {
                    Frame picture = new Frame();
                    console.gs().frame(picture);
                    try {
                        PngWriter.write(picture, Path.of(folder, name + ".png"));
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }))
                .orElse(this);
    }

    /** The keyboard on the screen has come up, for the first time, with the hand on its first key. */
    PadPlayer keyboard() {
        row = 0;
        column = 0;
        return this;
    }

    /** Types on it, key by key. */
    PadPlayer type(String text) {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == ' ') {
                press(Button.TRIANGLE);
                continue;
            }
            if (Character.isUpperCase(letter)) {
                press(Button.CIRCLE);
            }
            moveTo(Character.toLowerCase(letter));
            press(Button.CROSS);
        }
        return this;
    }

    private void moveTo(char letter) {
        for (int r = 0; r < UNSHIFTED.length; r++) {
            int c = UNSHIFTED[r].indexOf(letter);
            if (c >= 0) {
                for (; row < r; row++) {
                    press(Button.DOWN);
                }
                for (; row > r; row--) {
                    press(Button.UP);
                }
                for (; column < c; column++) {
                    press(Button.RIGHT);
                }
                for (; column > c; column--) {
                    press(Button.LEFT);
                }
                return;
            }
        }
        throw new IllegalArgumentException("no key for '" + letter + "'");
    }

    List<Turn> turns() {
        return turns;
    }

    /** Whether all was done; the guest may have ended while the last button was down. */
    boolean done() {
        return steps.size() <= 1;
    }
}
