package soliloquy.console;

import java.nio.file.Path;
import java.util.List;
import soliloquy.cdvd.DriveProfile;
import soliloquy.cdvd.Fault;
import soliloquy.ee.TimingProfile;

/**
 * What a user asked for with {@code soliloquy run}.
 *
 * @param program disc image, ELF or IRX, or null for the default disc
 * @param headless true to show no window
 * @param modelWords words of argv for the language-model program
 * @param words further words of argv
 * @param timeoutSeconds host time after which the run ends; infinite for none
 * @param consoleSpeed true to run no faster than a console
 * @param timing how EE cycles are counted
 * @param discSpeed the drive's profile, or null for the one that fits the disc
 * @param faults what the drive and the disc suffer from
 * @param host folder that the guest sees as {@code host:}, or null
 * @param memoryCard folder whose files a memory card has, or null
 * @param writable true to let the guest write to both
 * @param json where to write the report, or null
 * @param screenshot where to write the last picture, or null
 * @param gdb where to listen for debuggers, or null
 * @param instruments what watches the run
 */
public record RunRequest(
        Path program,
        boolean headless,
        List<String> modelWords,
        List<String> words,
        double timeoutSeconds,
        boolean consoleSpeed,
        TimingProfile timing,
        DriveProfile discSpeed,
        List<Fault> faults,
        Path host,
        Path memoryCard,
        boolean writable,
        Path json,
        Path screenshot,
        Gdb gdb,
        List<Instrument> instruments) {
    /**
     * A run without a window and with nothing to write.
     *
     * @param modelWords words of argv for the language-model program
     * @param words further words of argv
     * @param discSpeed the drive's profile, or null for the one that fits the disc
     */
    public static RunRequest headless(
            List<String> modelWords,
            List<String> words,
            double timeoutSeconds,
            TimingProfile timing,
            DriveProfile discSpeed,
            List<Fault> faults,
            List<Instrument> instruments) {
        return new RunRequest(
                null,
                true,
                modelWords,
                words,
                timeoutSeconds,
                false,
                timing,
                discSpeed,
                faults,
                null,
                null,
                false,
                null,
                null,
                null,
                instruments);
    }

    /**
     * Where to listen for debuggers.
     *
     * @param host address or name of this machine's interface
     * @param port of the EE; the IOP's is the next; 0 for any two
     * @param waits true if a debugger must let the EE go before the first instruction
     */
    public record Gdb(String host, int port, boolean waits) {}
}
