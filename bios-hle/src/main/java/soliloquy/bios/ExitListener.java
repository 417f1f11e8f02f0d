package soliloquy.bios;

/** Told when the guest program ends, on the emulation thread. The processor has been stopped. */
public interface ExitListener {
    /** The program called Exit, or returned to a kernel that has nothing else to run. */
    void exited(int status);

    /**
     * The program did what no program survives.
     *
     * @param reason one sentence
     * @param pc address of the instruction
     */
    void crashed(String reason, int pc);
}
