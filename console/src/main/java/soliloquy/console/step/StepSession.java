package soliloquy.console.step;

import java.io.IOException;
import java.io.PrintStream;
import soliloquy.console.Console;
import soliloquy.console.StopReason;
import soliloquy.machine.InputException;

/**
 * Executes commands. While the console runs this happens on the emulation thread, with the EE standing behind an operation, so that
 * all that is shown belongs to the same moment.
 */
final class StepSession {
    private final ModelDisc model;
    private final CommandSource source;
    private final GuestText guest;
    private final PrintStream out;
    private final StepRecords records;
    private Console console;
    private StepState state;
    private Command.Unit unit;
    private int remaining;
    private boolean ended;
    private boolean quit;
    private IOException failure;

    /** @param records takes a record of each step, or null */
    StepSession(ModelDisc model, CommandSource source, GuestText guest, PrintStream out, StepRecords records) {
        this.model = model;
        this.source = source;
        this.guest = guest;
        this.out = out;
        this.records = records;
    }

    /** The console has booted and is to run: asks for the first commands. */
    void begin(Console booted) throws IOException {
        console = booted;
        OperationTracker tracker = new OperationTracker(console, model.map(), this::operationEnded);
        tracker.attach();
        state = new StepState(console, model, tracker);
        serve();
    }

    /**
     * The console has stopped: serves commands that only look.
     *
     * @throws InputException a command of a script could not be executed
     */
    void end() throws IOException {
        if (failure == null && !quit) {
            ended = true;
            guest.halted();
            out.println("the program has ended");
            serve();
        }
        out.flush();
        if (failure != null) {
            throw failure;
        }
    }

    private void operationEnded(OperationRun run) {
        if (failure != null || quit) {
            return;
        }
        try {
            state.take(run);
            boolean boundary = unit != null
                    && switch (unit) {
                        case OP -> true;
                        case LAYER -> run.endsLayer();
                        case TOKEN -> run.endsToken();
                    };
            if (boundary) {
                state.endStep();
                if (records != null) {
                    records.write(unit, state);
                }
                state.beginStep();
                remaining--;
            }
            if (boundary && remaining == 0 || source.interrupted()) {
                if (!boundary) {
                    state.endStep();
                }
                console.transcript().flush();
                guest.halted();
                out.print(new WhereView(state).line());
                serve();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void fail(IOException reason) {
        failure = reason;
        console.stop(new StopReason.Closed());
    }

    /** Executes commands up to one that lets the console go on. */
    private void serve() throws IOException {
        boolean halted = true;
        source.show(state);
        while (halted && failure == null) {
            String line = source.next();
            try {
                halted = line != null && execute(Command.parse(line));
                if (line == null) {
                    stop();
                    halted = false;
                }
            } catch (InputException e) {
                complain(e);
            }
            out.flush();
        }
    }

    private void complain(InputException reason) {
        if (source.place() != null) {
            fail(new InputException(source.place() + ": " + reason.getMessage(), reason));
        } else {
            out.println(reason.getMessage() + ".");
            source.complain(reason.getMessage());
        }
    }

    private void stop() {
        quit = true;
        console.stop(new StopReason.Closed());
    }

    /** True if the console stays halted. */
    private boolean execute(Command command) throws IOException {
        switch (command) {
            case Command.Nothing nothing -> {}
            case Command.Help help -> out.print(Command.HELP);
            case Command.Show show -> out.print(text(show));
            case Command.Diff diff -> out.print(new VectorView(state).difference(diff.mode()));
            case Command.Quit wanted -> {
                stop();
                return false;
            }
            case Command.Step step -> {
                goOn(step.unit(), step.count());
                return false;
            }
            case Command.Continue all -> {
                goOn(null, 0);
                return false;
            }
        }
        return true;
    }

    private void goOn(Command.Unit wanted, int count) throws InputException {
        if (ended) {
            throw new InputException("the program has ended and cannot go on; 'quit' ends the stepper too");
        }
        unit = wanted;
        remaining = count;
        state.beginStep();
    }

    private String text(Command.Show show) throws IOException {
        return switch (show.view()) {
            case WHERE -> new WhereView(state).text();
            case MATRIX -> new MatrixView(state).text();
            case DISC -> new DriveView(state).text();
            case STATS -> new VectorView(state).statistics();
            case HEAT -> new VectorView(state).heat();
            case VALUES -> new VectorView(state).values(show.first(), show.second());
            case ATTENTION -> new AttentionView(state).text(show.first());
            case LOGITS -> new LogitsView(state).text(show.first());
            case CYCLES -> new CyclesView(state).text();
        };
    }
}
