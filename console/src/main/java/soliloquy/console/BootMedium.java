package soliloquy.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import soliloquy.bios.DevicePath;
import soliloquy.bios.ElfFile;
import soliloquy.bios.SystemConfiguration;
import soliloquy.cdvd.DiscImage;
import soliloquy.cdvd.IsoEntry;
import soliloquy.cdvd.IsoFile;
import soliloquy.cdvd.IsoReader;
import soliloquy.machine.InputException;

/**
 * What the console boots.
 *
 * @param disc the disc in the drive, or null for a program without one
 * @param program the first program
 * @param path its path as the program sees it in {@code argv[0]}
 */
public record BootMedium(DiscImage disc, ElfFile program, String path) implements AutoCloseable {
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
        return startsAsElf(file) ? ofProgram(file) : ofDisc(IsoFile.open(file), file.toString());
    }

    private static boolean startsAsElf(Path file) throws IOException {
        try (var stream = Files.newInputStream(file)) {
            return java.util.Arrays.equals(stream.readNBytes(ELF_MAGIC.length), ELF_MAGIC);
        }
    }

    private static BootMedium ofProgram(Path file) throws IOException {
        if (Files.size(file) > ElfFile.LARGEST) {
            throw new InputException(file + " has " + Files.size(file) + " bytes; expected a guest program of at most "
                    + ElfFile.LARGEST);
        }
        ElfFile program = ElfFile.parse(file.toString(), Files.readAllBytes(file));
        return new BootMedium(null, program, "host:" + file.getFileName());
    }

    /** Boots {@code disc} by its SYSTEM.CNF. */
    public static BootMedium ofDisc(DiscImage disc, String name) throws IOException {
        try {
            IsoReader reader = new IsoReader(disc, name);
            IsoEntry settings = reader.find("\\" + SystemConfiguration.FILE_NAME)
                    .orElseThrow(() -> new InputException(
                            name + " has no SYSTEM.CNF in its root folder; expected a disc of the PlayStation 2"));
            SystemConfiguration configuration = SystemConfiguration.parse(
                    new String(reader.read(settings, SystemConfiguration.LARGEST), StandardCharsets.ISO_8859_1));
            return new BootMedium(disc, program(reader, name, configuration.boot()), configuration.boot());
        } catch (IOException | RuntimeException e) {
            disc.close();
            throw e;
        }
    }

    /** Reads the program at {@code path}, such as {@code cdrom0:\NAME.ELF;1}, from a disc. */
    static ElfFile program(IsoReader reader, String name, String path) throws IOException {
        DevicePath device = DevicePath.parse(path);
        IsoEntry entry = device.isDisc()
                ? reader.find("\\" + String.join("\\", device.parts())).orElse(null)
                : null;
        if (entry == null || entry.directory()) {
            throw new InputException(
                    name + " has no program " + path + "; expected the file that SYSTEM.CNF names as BOOT2");
        }
        return ElfFile.parse(name + " " + path, reader.read(entry, ElfFile.LARGEST));
    }

    /** Opens another program of the disc, for LoadExecPS2. */
    ElfFile load(String guestPath) throws IOException {
        if (disc == null) {
            throw new InputException("there is no disc to load " + guestPath + " from");
        }
        return program(new IsoReader(disc, "the disc"), "the disc", guestPath);
    }

    @Override
    public void close() throws IOException {
        if (disc != null) {
            disc.close();
        }
    }
}
