package soliloquy.console.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import soliloquy.ee.TimingProfile;
import soliloquy.machine.InputException;

/** Options of commands that run guest programs: how the processor's cycles are counted. */
final class TimingOption {
    @Option(
            names = "--timing",
            paramLabel = "pipeline|simple|cache",
            description =
                    "How EE cycles are counted: with its pipelines (default), one an instruction, or with pipelines and caches.")
    private String timing = TimingProfile.PIPELINE.label();

    TimingProfile profile() throws InputException {
        for (TimingProfile profile : TimingProfile.values()) {
            if (profile.label().equals(timing.toLowerCase(Locale.ROOT))) {
                return profile;
            }
        }
        String known = Arrays.stream(TimingProfile.values())
                .map(profile -> "'" + profile.label() + "'")
                .collect(Collectors.joining(", "));
        throw new InputException("--timing is '" + timing + "'; expected one of " + known);
    }
}
