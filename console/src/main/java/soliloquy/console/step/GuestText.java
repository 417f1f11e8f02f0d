package soliloquy.console.step;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Sets what the guest prints apart from the stepper's own text: whole lines, or what there is of one when the guest is halted. */
final class GuestText extends OutputStream {
    private static final String MARK = "guest| ";

    private final PrintStream out;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    GuestText(PrintStream out) {
        this.out = out;
    }

    @Override
    public void write(int octet) {
        if (octet == '\n') {
            out.println(MARK + line.toString(StandardCharsets.UTF_8));
            line.reset();
        } else {
            line.write(octet);
        }
    }

    /** The guest is halted: shows a line that is not at its end. */
    void halted() {
        if (line.size() > 0) {
            write('\n');
        }
    }
}
