package soliloquy.console.step;

/**
 * The time between two operations, in EE cycles.
 *
 * @param cycles all of it
 * @param waiting for the disc: in {@code stream_wait}
 * @param checking what came: in {@code crc32}
 */
record Interlude(long cycles, long waiting, long checking) {
    static final Interlude NONE = new Interlude(0, 0, 0);

    Interlude plus(Interlude other) {
        return new Interlude(cycles + other.cycles, waiting + other.waiting, checking + other.checking);
    }
}
