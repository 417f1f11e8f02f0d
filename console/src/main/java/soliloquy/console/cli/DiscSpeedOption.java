package soliloquy.console.cli;

import picocli.CommandLine.Option;
import soliloquy.cdvd.DriveProfile;
import soliloquy.machine.InputException;

/** Options of commands that run discs: how fast the drive is. */
final class DiscSpeedOption {
    @Option(
            names = "--disc-speed",
            paramLabel = "cd24|dvd4|instant",
            description = "Speed of the drive; by default that of the disc's medium. 'instant' never waits for it.")
    private String discSpeed;

    /** The profile, or null for the one that fits the disc. */
    DriveProfile profile() throws InputException {
        return switch (discSpeed) {
            case null -> null;
            case "cd24" -> DriveProfile.CD24;
            case "dvd4" -> DriveProfile.DVD4;
            case "instant" -> DriveProfile.INSTANT;
            default ->
                throw new InputException("--disc-speed is '" + discSpeed + "'; expected 'cd24', 'dvd4' or 'instant'");
        };
    }
}
