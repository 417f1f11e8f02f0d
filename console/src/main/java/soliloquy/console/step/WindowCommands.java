package soliloquy.console.step;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import soliloquy.gs.window.Panel;
import soliloquy.gs.window.PanelSource;

/** Commands from the buttons of the window, and what its panels show. Buttons belong to the window's thread, commands to the console's. */
final class WindowCommands implements CommandSource, PanelSource {
    private static final String HALT = "halt";
    private static final String END = "";
    private static final List<String> BUTTONS = List.of("op", "op 10", "op 100", "layer", "token", "continue", HALT);

    private final BlockingQueue<String> commands = new LinkedBlockingQueue<>();
    private volatile List<Panel> panels = List.of();
    private volatile boolean halted;
    private volatile boolean interrupted;
    private volatile String message = "";

    @Override
    public String next() throws IOException {
        interrupted = false;
        halted = true;
        try {
            String command = commands.take();
            return command.equals(END) ? null : command;
        } catch (InterruptedException e) {
            throw new IOException("the stepper was interrupted while it waited for a button", e);
        }
    }

    @Override
    public void show(StepState state) throws IOException {
        panels = PanelTexts.of(state);
    }

    @Override
    public void complain(String text) {
        message = text;
    }

    @Override
    public String place() {
        return null;
    }

    @Override
    public boolean interrupted() {
        boolean was = interrupted;
        interrupted = false;
        return was;
    }

    /** The window was closed. */
    void end() {
        commands.add(END);
    }

    @Override
    public int width() {
        return PanelTexts.WIDTH;
    }

    @Override
    public int height() {
        return PanelTexts.HEIGHT;
    }

    @Override
    public Panel buttonPanel() {
        return PanelTexts.buttons((halted ? "The console stands. " : "The console runs: ") + message);
    }

    @Override
    public List<String> buttons() {
        return BUTTONS;
    }

    @Override
    public void pressed(String button) {
        if (button.equals(HALT)) {
            interrupted = true;
        } else if (halted) {
            halted = false;
            message = button;
            commands.add(button);
        }
    }

    @Override
    public List<Panel> panels() {
        return panels;
    }
}
