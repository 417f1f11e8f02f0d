package soliloquy.console.debug;

/** A debugger of one processor. All methods are called on the emulation thread. */
public interface DebugClient {
    /** The processor is halted, and with it the console, until {@link DebugPort#resume}. */
    void halted(Halt halt);

    /** From now on the machine is another one, in an earlier state: what was kept of the one before is worth nothing. */
    void moved();

    /** The console has ended; no request is answered any more. */
    void ended(int exitStatus);
}
