package soliloquy.machine;

/** One input of an interrupt controller. Controllers of the console latch the rising edge. */
@FunctionalInterface
public interface InterruptLine {
    /** Raises the line: the controller sets the status bit of this source. */
    void raise();
}
