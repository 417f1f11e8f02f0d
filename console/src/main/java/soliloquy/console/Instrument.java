package soliloquy.console;

/** Something that watches a console and changes nothing in it: the guest's time and memory are the same without it. */
public interface Instrument {
    /** The console has booted and not yet executed an instruction. */
    void attach(Console console);

    /** The run is over, however it ended. Called once after {@link #attach}. */
    void detach(Console console);
}
