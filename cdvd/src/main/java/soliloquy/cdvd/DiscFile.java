package soliloquy.cdvd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import soliloquy.machine.InputException;

/** Opens disc images of all kinds: plain sectors (ISO), raw sectors (BIN), and CUE sheets that name such files. */
public final class DiscFile {
    private DiscFile() {}

    /**
     * Opens an image; what it is is told by its contents, a CUE sheet by its name.
     *
     * @throws InputException if it is missing, damaged, or holds no data track
     */
    public static DiscImage open(Path path) throws IOException {
        Path name = path.getFileName();
        if (name != null && name.toString().toLowerCase(Locale.ROOT).endsWith(".cue") && Files.isRegularFile(path)) {
            return ofSheet(path);
        }
        return startsWithSync(path) ? TrackFile.open(path) : IsoFile.open(path);
    }

    /** Raw sectors begin with the sync pattern 00, ten FF, 00 (ECMA-130, 14.1). */
    static boolean startsWithSync(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            return false;
        }
        ByteBuffer start = ByteBuffer.allocate(12);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            if (channel.read(start, 0) < 12 || start.get(0) != 0 || start.get(11) != 0) {
                return false;
            }
        } catch (java.nio.file.AccessDeniedException e) {
            throw new InputException("The disc image " + path + " cannot be opened: its permissions forbid it.", e);
        }
        for (int i = 1; i <= 10; i++) {
            if (start.get(i) != (byte) 0xFF) {
                return false;
            }
        }
        return true;
    }

    /** The first data track; a disc for a game machine has its file system there. */
    private static DiscImage ofSheet(Path path) throws IOException {
        List<CueSheet.Track> tracks = CueSheet.read(path);
        CueSheet.Track data = tracks.getFirst();
        if (!data.data()) {
            throw new InputException(path + ": the first track is audio; expected a data track, where the files are");
        }
        TrackFile.SectorForm form = switch (data.mode()) {
            case "MODE1/2352" -> TrackFile.SectorForm.MODE_1;
            case "MODE2/2352" -> TrackFile.SectorForm.MODE_2;
            case "MODE2/2336" -> TrackFile.SectorForm.MODE_2_SHORT;
            case "MODE1/2048" -> TrackFile.SectorForm.PLAIN;
            default ->
                throw new InputException(
                        path + ": a track of mode " + data.mode().replaceAll("[^ -~]", "?")
                                + "; expected MODE1/2352, MODE2/2352, MODE2/2336 or MODE1/2048");
        };
        long end = tracks.stream()
                .skip(1)
                .filter(track -> track.file().equals(data.file()))
                .findFirst()
                .map(track -> (long) track.first())
                .orElse(-1L);
        return TrackFile.open(data.file(), form, data.start(), end);
    }
}
