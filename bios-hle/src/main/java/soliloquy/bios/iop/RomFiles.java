package soliloquy.bios.iop;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import soliloquy.bios.DevicePath;

/** What of the IOP's ROM programs look at: the version text, and the names of the modules whose work is done here. */
final class RomFiles {
    /** Version 1.60, an American console, the date of a late ROM: programs take the video mode from the fifth letter. */
    private static final byte[] ROMVER = "0160AC20020207\n".getBytes(StandardCharsets.ISO_8859_1);

    private static final List<String> MODULES = List.of(
            "SIO2MAN",
            "XSIO2MAN",
            "PADMAN",
            "XPADMAN",
            "MTAPMAN",
            "XMTAPMAN",
            "MCMAN",
            "XMCMAN",
            "MCSERV",
            "XMCSERV",
            "CDVDMAN",
            "CDVDFSV",
            "FILEIO",
            "LOADFILE",
            "IOMAN",
            "SYSCLIB",
            "STDIO",
            "LIBSD",
            "CLEARSPU");

    /** Modules that are there by name only: their work is not done. */
    private static final Set<String> SILENT = Set.of("MTAPMAN", "XMTAPMAN", "LIBSD", "CLEARSPU");

    private RomFiles() {}

    /** A file of the ROM. */
    static Optional<byte[]> file(DevicePath path) {
        return path.device().startsWith("rom") && path.joined().equalsIgnoreCase("ROMVER")
                ? Optional.of(ROMVER.clone())
                : Optional.empty();
    }

    /** The number of a module, from 1; 0 if it is unknown. */
    static int moduleId(String name) {
        return MODULES.indexOf(name.toUpperCase(Locale.ROOT)) + 1;
    }

    /** True if a module loads but does nothing. */
    static boolean silent(String name) {
        return SILENT.contains(name.toUpperCase(Locale.ROOT));
    }
}
