package soliloquy.console.cli;

import java.io.Console;

/** A line on stderr that says how far long work is, where stderr is a person's. */
final class CommandProgress implements AutoCloseable {
    private final String what;
    private final boolean shown = terminal();
    private long lastPercent = -1;

    CommandProgress(String what) {
        this.what = what;
    }

    @SuppressWarnings("SystemConsoleNull") // some providers of the JDK still answer null
    private static boolean terminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    void at(long done, long total) {
        long percent = total == 0 ? 100 : done * 100 / total;
        if (shown && percent != lastPercent) {
            lastPercent = percent;
            System.err.printf("\r%s  %d %%", what, percent);
        }
    }

    @Override
    public void close() {
        if (shown && lastPercent >= 0) {
            System.err.println();
        }
    }
}
