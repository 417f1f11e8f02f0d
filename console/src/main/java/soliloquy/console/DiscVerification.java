package soliloquy.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import soliloquy.bios.SystemConfiguration;
import soliloquy.cdvd.DiscImage;
import soliloquy.cdvd.IsoEntry;
import soliloquy.cdvd.IsoReader;
import soliloquy.cdvd.IsoVerifier;
import soliloquy.llm.psnt.PsntFile;
import soliloquy.llm.psnt.PsntTensor;
import soliloquy.machine.InputException;

/** Everything that can be checked of a disc: its file system, its boot file, the check sums of models, and files it should hold. */
public final class DiscVerification {
    private static final byte[] PSNT_MAGIC = "PSNT".getBytes(StandardCharsets.US_ASCII);
    private static final int PIECE = 1 << 16;

    private final IsoReader reader;
    private final List<IsoEntry> entries;
    private final List<String> findings = new ArrayList<>();

    private DiscVerification(IsoReader reader) throws IOException {
        this.reader = reader;
        entries = reader.list();
    }

    /**
     * Checks a disc.
     *
     * @param against a folder whose files the disc should hold, or null
     * @return a sentence for each thing that is wrong
     * @throws IOException if the host cannot read the image or the folder
     */
    public static List<String> verify(DiscImage disc, String name, Path against) throws IOException {
        List<String> structure = IsoVerifier.verify(disc, name);
        List<String> all = new ArrayList<>(structure);
        try {
            DiscVerification verification = new DiscVerification(new IsoReader(disc, name));
            verification.bootFile();
            verification.models();
            if (against != null) {
                verification.compare(against);
            }
            all.addAll(verification.findings);
        } catch (InputException e) {
            if (!all.contains(e.getMessage())) {
                all.add(e.getMessage());
            }
        }
        return all;
    }

    private void bootFile() throws IOException {
        IsoEntry file = reader.find(SystemConfiguration.FILE_NAME).orElse(null);
        if (file == null || file.directory()) {
            findings.add(reader.name() + ": there is no SYSTEM.CNF; expected one that names the program to boot");
            return;
        }
        try {
            byte[] text = reader.read(file, SystemConfiguration.LARGEST);
            String boot = SystemConfiguration.parse(new String(text, StandardCharsets.ISO_8859_1))
                    .boot();
            String path = boot.substring(boot.indexOf(':') + 1).replace('/', '\\');
            if (reader.find(path).filter(entry -> !entry.directory()).isEmpty()) {
                findings.add(reader.name() + ": SYSTEM.CNF boots " + boot.replaceAll("[^ -~]", "?")
                        + ", which is not on the disc; expected a program");
            }
        } catch (InputException e) {
            findings.add(reader.name() + ": " + e.getMessage());
        }
    }

    private void models() throws IOException {
        for (IsoEntry entry : entries) {
            if (!entry.directory() && entry.size() > PSNT_MAGIC.length && startsAsModel(entry)) {
                try (PsntFile model = PsntFile.open(reader.name() + entry.path(), reader.open(entry))) {
                    for (PsntTensor tensor : model.tensors()) {
                        check(model, tensor);
                    }
                } catch (InputException e) {
                    findings.add(e.getMessage());
                }
            }
        }
    }

    private void check(PsntFile model, PsntTensor tensor) throws IOException {
        try {
            model.stored(tensor);
        } catch (InputException e) {
            findings.add(e.getMessage());
        }
    }

    private boolean startsAsModel(IsoEntry entry) throws IOException {
        try (InputStream bytes = Channels.newInputStream(reader.open(entry))) {
            return java.util.Arrays.equals(bytes.readNBytes(PSNT_MAGIC.length), PSNT_MAGIC);
        }
    }

    private void compare(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new InputException(folder + " is not a folder; expected the one the disc was made from");
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
                compare(folder.relativize(file).toString(), file);
            }
        }
    }

    private void compare(String relative, Path file) throws IOException {
        String wanted = relative.replace('/', '\\').toUpperCase(Locale.ROOT);
        IsoEntry entry = entries.stream()
                .filter(candidate ->
                        !candidate.directory() && plain(candidate.path()).equals(wanted))
                .findFirst()
                .orElse(null);
        if (entry == null) {
            findings.add(
                    reader.name() + ": there is no " + relative + " on the disc; expected every file of the folder");
            return;
        }
        long differs = firstDifference(entry, file);
        if (differs >= 0) {
            findings.add(reader.name() + ": " + entry.path() + " differs from " + file + " at byte " + differs
                    + "; expected the same contents");
        }
    }

    private static String plain(String path) {
        String bare = path.substring(1).replaceFirst(";\\d+$", "");
        return (bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare).toUpperCase(Locale.ROOT);
    }

    private long firstDifference(IsoEntry entry, Path file) throws IOException {
        try (InputStream ours = Channels.newInputStream(reader.open(entry));
                InputStream theirs = Files.newInputStream(file)) {
            long at = 0;
            while (true) {
                byte[] a = ours.readNBytes(PIECE);
                byte[] b = theirs.readNBytes(PIECE);
                int mismatch = java.util.Arrays.mismatch(a, b);
                if (mismatch >= 0) {
                    return at + mismatch;
                }
                if (a.length == 0) {
                    return -1;
                }
                at += a.length;
            }
        }
    }
}
