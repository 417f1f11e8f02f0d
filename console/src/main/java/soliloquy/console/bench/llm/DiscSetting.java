package soliloquy.console.bench.llm;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import soliloquy.cdvd.DriveProfile;
import soliloquy.machine.InputException;

/** A drive to measure with. */
public enum DiscSetting {
    /** CD at 24x. */
    CD24(DriveProfile.CD24),
    /** DVD at 4x. */
    DVD4(DriveProfile.DVD4),
    /** A drive that never waits, so that the DMA channel is the limit. */
    INSTANT(DriveProfile.INSTANT);

    private final DriveProfile profile;

    DiscSetting(DriveProfile profile) {
        this.profile = profile;
    }

    /** The drive's profile. */
    DriveProfile profile() {
        return profile;
    }

    /** The name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The drive of this name.
     *
     * @throws InputException there is none
     */
    public static DiscSetting of(String name) throws InputException {
        for (DiscSetting setting : values()) {
            if (setting.label().equals(name.toLowerCase(Locale.ROOT))) {
                return setting;
            }
        }
        throw new InputException("--disc has '" + name + "'; expected one of "
                + Arrays.stream(values()).map(s -> "'" + s.label() + "'").collect(Collectors.joining(", ")));
    }
}
