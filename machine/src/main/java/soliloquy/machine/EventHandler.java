package soliloquy.machine;

/** What a device does when its event is due. Installed once, when the console is wired. */
@FunctionalInterface
public interface EventHandler {
    /**
     * Called by the emulation thread at the first safe point at or after {@code time}.
     *
     * @param time the EE cycle for which the event was scheduled
     * @param payload the number given when it was scheduled
     */
    void due(long time, long payload);
}
