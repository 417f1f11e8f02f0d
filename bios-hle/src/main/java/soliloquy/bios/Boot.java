package soliloquy.bios;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import soliloquy.bios.irx.IrxFile;
import soliloquy.bios.kernel.ProgramSource;
import soliloquy.cdvd.IsoEntry;
import soliloquy.cdvd.IsoReader;
import soliloquy.machine.InputException;

/** Finds the first program: the one that SYSTEM.CNF of a disc names, or a file of the host. */
public final class Boot {
    /**
     * A program and how the kernel starts it.
     *
     * @param path its path in the guest's words, {@code argv[0]}
     */
    public record Program(ElfFile elf, String path) implements Software {}

    /**
     * A module of the IOP, started without any program on the EE.
     *
     * @param path its path in the guest's words, {@code argv[0]}
     */
    public record Module(IrxFile irx, String path) implements Software {}

    /** What can be started first. */
    public sealed interface Software {
        String path();
    }

    private Boot() {}

    /**
     * The program of a disc.
     *
     * @throws InputException if the disc has no SYSTEM.CNF or that names no program of the disc
     * @throws IOException if the image cannot be read
     */
    public static Program fromDisc(IsoReader disc) throws IOException {
        IsoEntry cnf = disc.find("\\" + SystemConfiguration.FILE_NAME)
                .orElseThrow(() -> new InputException(
                        disc.name() + " has no SYSTEM.CNF; expected a file that names the program to start"));
        String text = new String(disc.read(cnf, SystemConfiguration.LARGEST), StandardCharsets.ISO_8859_1);
        String path = SystemConfiguration.parse(text).boot();
        return new Program(open(disc, path), path);
    }

    /**
     * A program of the host, or a module of the IOP, told apart by its ELF type; it sees itself as {@code host:NAME}.
     *
     * @throws IOException if it cannot be read or is not a program of the console
     */
    public static Software fromFile(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException(file + " is not there; expected an ELF file of the PlayStation 2");
        }
        if (Files.size(file) > ElfFile.LARGEST) {
            throw new InputException(file + " has " + Files.size(file) + " bytes; expected at most " + ElfFile.LARGEST);
        }
        byte[] bytes = Files.readAllBytes(file);
        String path = "host:" + file.getFileName();
        return IrxFile.startsAsIrx(bytes)
                ? new Module(IrxFile.parse(file.toString(), bytes), path)
                : new Program(ElfFile.parse(file.toString(), bytes), path);
    }

    /** Programs of a disc, for LoadExecPS2. */
    public static ProgramSource programsOf(IsoReader disc) {
        return path -> open(disc, path);
    }

    private static ElfFile open(IsoReader disc, String path) throws IOException {
        DevicePath parsed = DevicePath.parse(path);
        List<String> parts = parsed.parts();
        if (!parsed.isDisc() || parts.isEmpty()) {
            throw new InputException(path + " is not on the disc; expected a path such as cdrom0:\\NAME.ELF;1");
        }
        IsoEntry entry = disc.find("\\" + String.join("\\", parts))
                .filter(found -> !found.directory())
                .orElseThrow(() -> new InputException(path + " is not on the disc; expected the program to start"));
        return ElfFile.parse(path, disc.read(entry, ElfFile.LARGEST));
    }
}
