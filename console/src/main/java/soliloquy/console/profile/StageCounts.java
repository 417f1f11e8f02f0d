package soliloquy.console.profile;

import java.util.Arrays;

/** EE cycles and octets of the disc by phase and stage. */
public final class StageCounts {
    private final long[][] cycles = new long[Phase.values().length][Stage.values().length];
    private final long[][] octets = new long[Phase.values().length][Stage.values().length];

    StageCounts() {}

    void count(Phase phase, Stage stage, long moreCycles, long moreOctets) {
        cycles[phase.ordinal()][stage.ordinal()] += moreCycles;
        octets[phase.ordinal()][stage.ordinal()] += moreOctets;
    }

    /** EE cycles of {@code stage} in {@code phase}. */
    public long cycles(Phase phase, Stage stage) {
        return cycles[phase.ordinal()][stage.ordinal()];
    }

    /** EE cycles of {@code stage}. */
    public long cycles(Stage stage) {
        return Arrays.stream(cycles).mapToLong(row -> row[stage.ordinal()]).sum();
    }

    /** EE cycles of {@code phase}. */
    public long cycles(Phase phase) {
        return Arrays.stream(cycles[phase.ordinal()]).sum();
    }

    /** Octets that the IOP got from the disc during {@code stage} of {@code phase}. */
    public long octets(Phase phase, Stage stage) {
        return octets[phase.ordinal()][stage.ordinal()];
    }

    /** Octets during {@code stage}. */
    public long octets(Stage stage) {
        return Arrays.stream(octets).mapToLong(row -> row[stage.ordinal()]).sum();
    }
}
