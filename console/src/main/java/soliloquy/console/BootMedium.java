package soliloquy.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import soliloquy.bios.Boot;
import soliloquy.bios.kernel.ProgramSource;
import soliloquy.cdvd.DiscFile;
import soliloquy.cdvd.DiscImage;
import soliloquy.cdvd.IsoReader;
import soliloquy.machine.InputException;

/**
 * What the console boots.
 *
 * @param disc the disc in the drive, or null for a program without one
 * @param program the first program and its path in the guest's words
 * @param programs where LoadExecPS2 finds others
 */
public record BootMedium(DiscImage disc, Boot.Software program, ProgramSource programs) implements AutoCloseable {
    private static final byte[] ELF_MAGIC = {0x7F, 'E', 'L', 'F'};

    /** Opens a disc image or an ELF, told apart by their first bytes; null is the default disc. */
    public static BootMedium open(Path file) throws IOException {
        if (file == null) {
            return ofDisc(DefaultDisc.open(), "the default disc");
        }
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (Files.isDirectory(file)) {
            throw new InputException(file + " is a folder; expected a disc image or a guest program");
        }
        if (startsAsElf(file)) {
            return ofProgram(Boot.fromFile(file));
        }
        return ofDisc(DiscFile.open(file), file.toString());
    }

    /** Boots {@code program} with an empty drive. */
    static BootMedium ofProgram(Boot.Software program) {
        return new BootMedium(null, program, path -> {
            throw new InputException("there is no disc to load " + path + " from");
        });
    }

    private static boolean startsAsElf(Path file) throws IOException {
        try (var stream = Files.newInputStream(file)) {
            return Arrays.equals(stream.readNBytes(ELF_MAGIC.length), ELF_MAGIC);
        }
    }

    /** Boots {@code disc} by its SYSTEM.CNF; it is closed if that fails. */
    public static BootMedium ofDisc(DiscImage disc, String name) throws IOException {
        try {
            IsoReader reader = new IsoReader(disc, name);
            return new BootMedium(disc, Boot.fromDisc(reader), Boot.programsOf(reader));
        } catch (IOException | RuntimeException e) {
            disc.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        if (disc != null) {
            disc.close();
        }
    }
}
