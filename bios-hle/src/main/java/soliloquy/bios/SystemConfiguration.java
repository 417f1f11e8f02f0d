package soliloquy.bios;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import soliloquy.machine.InputException;

/**
 * {@code SYSTEM.CNF} of a disc: lines of {@code NAME = value}.
 *
 * @param boot path of the program, such as {@code cdrom0:\SLUS_123.45;1}
 * @param version the program's version, empty if the file has none
 * @param videoMode {@code NTSC} or {@code PAL}, empty if the file has none
 * @param settings every setting by its name in capitals
 */
public record SystemConfiguration(String boot, String version, String videoMode, Map<String, String> settings) {
    /** Name in the root directory of the disc. */
    public static final String FILE_NAME = "SYSTEM.CNF;1";

    /** Largest file that is read, in bytes. */
    public static final int LARGEST = 64 << 10;

    /**
     * Reads the text of the file.
     *
     * @throws InputException if it names no program for the PlayStation 2
     */
    public static SystemConfiguration parse(String text) throws InputException {
        Map<String, String> settings = new TreeMap<>();
        for (String line : text.split("[\r\n\0\u001A]+", 0)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                settings.put(
                        line.substring(0, equals).strip().toUpperCase(Locale.ROOT),
                        line.substring(equals + 1).strip());
            }
        }
        String boot = settings.get("BOOT2");
        if (boot == null && settings.containsKey("BOOT")) {
            throw new InputException("SYSTEM.CNF has BOOT but no BOOT2, so this is a disc of the first PlayStation;"
                    + " expected one of the PlayStation 2");
        }
        if (boot == null || boot.isEmpty()) {
            throw new InputException("SYSTEM.CNF has no line BOOT2; expected BOOT2 = cdrom0:\\NAME.ELF;1");
        }
        return new SystemConfiguration(
                boot, settings.getOrDefault("VER", ""), settings.getOrDefault("VMODE", ""), Map.copyOf(settings));
    }
}
