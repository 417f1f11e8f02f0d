package soliloquy.cdvd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import soliloquy.machine.InputException;

/**
 * A CUE sheet: which files hold a disc's tracks. What it says is hostile: files outside of its folder are not opened. Source: the
 * commands FILE, TRACK and INDEX of CDRWIN's user's guide, appendix A.
 */
final class CueSheet {
    private static final int LARGEST = 1 << 16;
    private static final int MOST_TRACKS = 99;
    private static final int FRAMES = 75;
    private static final int SECONDS = 60;

    private static final Pattern FILE = Pattern.compile("FILE\\s+(?:\"([^\"]*)\"|(\\S+))\\s+(\\S+)");
    private static final Pattern TRACK = Pattern.compile("TRACK\\s+(\\d{1,2})\\s+(\\S+)");
    private static final Pattern INDEX = Pattern.compile("INDEX\\s+(\\d{1,2})\\s+(\\d{1,3}):(\\d{1,2}):(\\d{1,2})");

    /**
     * A track.
     *
     * @param file that holds it
     * @param mode as the sheet has it, for example MODE2/2352 or AUDIO
     * @param first sector of the file with its first index, which may be a pause
     * @param start sector of the file where its data begin (index 1)
     */
    record Track(int number, Path file, String mode, int first, int start) {
        boolean data() {
            return !mode.equals("AUDIO");
        }
    }

    private final Path path;
    private final Path folder;
    private final List<Track> tracks = new ArrayList<>();
    private Path file;
    private int number;
    private String mode;
    private int first = -1;
    private int start = -1;

    private CueSheet(Path path) throws IOException {
        this.path = path;
        Path parent = path.toAbsolutePath().getParent();
        folder = (parent == null ? path.toAbsolutePath() : parent).toRealPath();
    }

    /**
     * Reads a sheet.
     *
     * @throws InputException if it is none, or names files outside of its folder
     */
    static List<Track> read(Path path) throws IOException {
        long size = Files.size(path);
        if (size > LARGEST) {
            throw InputException.at(path.toString(), LARGEST, "more text", "a CUE sheet of at most 64 KB");
        }
        CueSheet sheet = new CueSheet(path);
        List<String> lines = new String(Files.readAllBytes(path), StandardCharsets.UTF_8)
                .lines()
                .toList();
        for (int i = 0; i < lines.size(); i++) {
            sheet.line(lines.get(i).strip(), i + 1);
        }
        sheet.endTrack(lines.size());
        if (sheet.tracks.isEmpty()) {
            throw sheet.wrong(lines.size(), "no track", "FILE, TRACK and INDEX commands");
        }
        return List.copyOf(sheet.tracks);
    }

    private InputException wrong(int line, String found, String expected) {
        return new InputException(path + ", line " + line + ": " + found + "; expected " + expected);
    }

    private void line(String line, int at) throws IOException {
        String command = line.split("\\s", 2)[0].toUpperCase(Locale.ROOT);
        switch (command) {
            case "FILE" -> {
                endTrack(at);
                Matcher found = match(FILE, line, at, "FILE \"name\" BINARY");
                if (!found.group(3).equalsIgnoreCase("BINARY")) {
                    throw wrong(at, "a file of type " + found.group(3), "BINARY");
                }
                file = inFolder(found.group(1) == null ? found.group(2) : found.group(1), at);
            }
            case "TRACK" -> {
                endTrack(at);
                Matcher found = match(TRACK, line, at, "TRACK number mode");
                number = Integer.parseInt(found.group(1));
                mode = found.group(2).toUpperCase(Locale.ROOT);
                if (file == null || tracks.size() == MOST_TRACKS) {
                    throw wrong(at, "a track", "a FILE before it, and at most 99 tracks");
                }
            }
            case "INDEX" -> {
                Matcher found = match(INDEX, line, at, "INDEX number mm:ss:ff");
                int frames = (Integer.parseInt(found.group(2)) * SECONDS + Integer.parseInt(found.group(3))) * FRAMES
                        + Integer.parseInt(found.group(4));
                if (mode == null) {
                    throw wrong(at, "an index", "a TRACK before it");
                }
                first = first < 0 ? frames : first;
                start = Integer.parseInt(found.group(1)) == 1 ? frames : start;
            }
            default -> {} // remarks, titles, catalogue numbers, pauses that no file holds
        }
    }

    private Matcher match(Pattern pattern, String line, int at, String expected) throws InputException {
        Matcher matcher = pattern.matcher(line.replaceFirst("^\\w+", line.split("\\s", 2)[0].toUpperCase(Locale.ROOT)));
        if (!matcher.find()) {
            throw wrong(at, "\"" + line.replaceAll("[^ -~]", "?") + "\"", expected);
        }
        return matcher;
    }

    private Path inFolder(String name, int at) throws IOException {
        Path wanted;
        try {
            wanted = folder.resolve(name);
        } catch (java.nio.file.InvalidPathException e) {
            throw wrong(at, "a name no file can have", "the name of a file");
        }
        if (!Files.exists(wanted)) {
            throw wrong(
                    at, "the file " + name.replaceAll("[^ -~]", "?") + ", which is not there", "one beside the sheet");
        }
        if (!wanted.toRealPath().startsWith(folder) || !Files.isRegularFile(wanted)) {
            throw wrong(at, "the file " + name.replaceAll("[^ -~]", "?"), "a plain file in the sheet's folder");
        }
        return wanted.toRealPath();
    }

    private void endTrack(int at) throws InputException {
        if (mode != null) {
            if (start < 0) {
                throw wrong(at, "track " + number + " without INDEX 01", "the place where it begins");
            }
            tracks.add(new Track(number, file, mode, first, start));
        }
        mode = null;
        first = -1;
        start = -1;
    }
}
