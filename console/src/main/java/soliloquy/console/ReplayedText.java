package soliloquy.console;

import java.io.IOException;
import java.io.OutputStream;

/** Text that several consoles print one after another, each from power-on: what one has printed the next does not print again. */
final class ReplayedText {
    private final OutputStream out;
    private long printed;

    ReplayedText(OutputStream out) {
        this.out = out;
    }

    /** Where a console prints to that begins at power-on. */
    OutputStream fromPowerOn() {
        return new OutputStream() {
            private long at;

            @Override
            public void write(int value) throws IOException {
                if (at++ == printed) {
                    out.write(value);
                    printed++;
                }
            }

            @Override
            public void flush() throws IOException {
                out.flush();
            }
        };
    }
}
