package soliloquy.llm.convert;

import java.io.Console;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Tells how far a long piece of work is. */
public interface Progress extends AutoCloseable {
    /** That {@code amount} more units are done. */
    void advance(long amount);

    @Override
    void close();

    /** A bar on the console where a person watches one, else nothing. */
    static Progress onConsole(String task, long bytes) {
        return onConsole(task, bytes, " MB", 1 << 20);
    }

    /** The same in other units: {@code size} of them are shown as one {@code unit}. Several threads may advance it. */
    static Progress onConsole(String task, long total, String unit, long size) {
        if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isEmpty()) {
            return silent();
        }
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setUnit(unit, size)
                .setStyle(ProgressBarStyle.ASCII)
                .build();
        return new Progress() {
            @Override
            public void advance(long amount) {
                bar.stepBy(amount);
            }

            @Override
            public void close() {
                bar.close();
            }
        };
    }

    /** Tells nobody. */
    static Progress silent() {
        return new Progress() {
            @Override
            public void advance(long amount) {}

            @Override
            public void close() {}
        };
    }
}
