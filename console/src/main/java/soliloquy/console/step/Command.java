package soliloquy.console.step;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import soliloquy.llm.sample.Mode;
import soliloquy.machine.InputException;

/** What a user of the stepper asks for, one a line. */
sealed interface Command {
    /** How far a step goes. */
    enum Unit {
        /** To the end of the next operation. */
        OP,
        /** To the end of the layer, for all positions that go through it together. */
        LAYER,
        /** To the next token that the sampler has chosen. */
        TOKEN
    }

    /** What can be shown. */
    enum View {
        WHERE,
        MATRIX,
        DISC,
        STATS,
        HEAT,
        VALUES,
        ATTENTION,
        LOGITS,
        CYCLES
    }

    /** Goes on by {@code count} units. */
    record Step(Unit unit, int count) implements Command {}

    /** Goes on to the program's end. */
    record Continue() implements Command {}

    /** Shows something; numbers that were not given are -1. */
    record Show(View view, int first, int second) implements Command {}

    /** Compares with the reference engine. */
    record Diff(Mode mode) implements Command {}

    record Help() implements Command {}

    record Quit() implements Command {}

    /** A blank line or a comment. */
    record Nothing() implements Command {}

    String HELP = """
            op [N]                  go on to the end of the next operation, or of the Nth
            layer [N]               go on to the end of this layer, or of the Nth from here
            token [N]               go on to the next token that the sampler chooses, or the Nth
            continue                go on to the program's end
            where                   the operation that has just been done, and the next
            matrix                  its weights: on the disc and in memory
            disc                    the drive: position, command, buffer
            stats                   its result in a few numbers
            heat                    its result as a heat map
            values [FROM] [COUNT]   numbers of its result
            diff [ee|ieee]          its result against the reference engine's
            attention [HEAD]        attention weights, of all heads or one
            logits [K]              the K likeliest tokens
            cycles                  time of this operation, this step, and each stage of this token
            help                    this text
            quit                    end
            """;

    /** @throws InputException it is no command; the sentence says what was expected */
    static Command parse(String line) throws InputException {
        int comment = line.indexOf('#');
        String text = (comment < 0 ? line : line.substring(0, comment)).strip();
        if (text.isEmpty()) {
            return new Nothing();
        }
        List<String> words = Arrays.asList(text.split("\\s+"));
        String name = words.getFirst().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "op" -> step(Unit.OP, words);
            case "layer" -> step(Unit.LAYER, words);
            case "token" -> step(Unit.TOKEN, words);
            case "continue" -> alone(words, new Continue());
            case "where", "matrix", "disc", "stats", "heat", "cycles" -> show(name, words, 0);
            case "attention", "logits" -> show(name, words, 1);
            case "values" -> show(name, words, 2);
            case "diff" -> diff(words);
            case "help" -> alone(words, new Help());
            case "quit" -> alone(words, new Quit());
            default ->
                throw new InputException("'" + (text.length() > 60 ? text.substring(0, 60) + "..." : text)
                        + "' is no command of the stepper; 'help' lists them");
        };
    }

    private static Command step(Unit unit, List<String> words) throws InputException {
        atMost(words, 1);
        int count = words.size() > 1 ? number(words.getFirst(), words.get(1)) : 1;
        if (count < 1) {
            throw new InputException("'" + words.getFirst() + " 0' goes nowhere; expected a count of 1 or more");
        }
        return new Step(unit, count);
    }

    private static Command show(String name, List<String> words, int numbers) throws InputException {
        atMost(words, numbers);
        int first = words.size() > 1 ? number(name, words.get(1)) : -1;
        int second = words.size() > 2 ? number(name, words.get(2)) : -1;
        return new Show(View.valueOf(name.toUpperCase(Locale.ROOT)), first, second);
    }

    private static Command diff(List<String> words) throws InputException {
        atMost(words, 1);
        String mode = words.size() > 1 ? words.get(1).toLowerCase(Locale.ROOT) : "ee";
        return switch (mode) {
            case "ee" -> new Diff(Mode.EE);
            case "ieee" -> new Diff(Mode.IEEE);
            default ->
                throw new InputException(
                        "'diff " + words.get(1) + "' names no arithmetic; expected 'diff ee' or 'diff ieee'");
        };
    }

    private static Command alone(List<String> words, Command command) throws InputException {
        atMost(words, 0);
        return command;
    }

    private static void atMost(List<String> words, int arguments) throws InputException {
        if (words.size() > arguments + 1) {
            throw new InputException("'" + words.getFirst() + "' takes "
                    + (arguments == 0 ? "nothing" : "at most " + arguments + (arguments == 1 ? " word" : " words"))
                    + " behind it, found " + (words.size() - 1));
        }
    }

    private static int number(String name, String word) throws InputException {
        try {
            int number = Integer.parseInt(word);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new InputException("'" + name + "' takes whole numbers, found '" + word + "'", e);
        }
        throw new InputException("'" + name + "' takes numbers from 0 on, found '" + word + "'");
    }
}
