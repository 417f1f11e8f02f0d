package soliloquy.pad;

/** What the fingers do: asked by the pad each time it is polled, on the emulation thread. */
@FunctionalInterface
public interface ButtonSource {
    /** The buttons that are pressed now, as the bits of {@link Button#mask()}. */
    int pressed();
}
