package soliloquy.machine;

/** An interrupt input of a processor: a level, driven by an interrupt controller. */
@FunctionalInterface
public interface InterruptPin {
    /** Drives the level of the pin. */
    void drive(boolean asserted);
}
