package soliloquy.bios.iop;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** sceMcTblGetDir, what tells of a file on a card: two times, size, mode, and the name. Source: ps2sdk {@code libmc-common.h}. */
final class CardEntry {
    static final int BYTES = 64;

    private static final int MODIFIED = 8;
    private static final int SIZE = 16;
    private static final int MODE = 20;
    private static final int NAME = 32;
    private static final int LONGEST_NAME = 31;
    private static final int FILE_MODE = 0x8497;
    private static final int DIRECTORY_MODE = 0x8427;

    /** The time of the clock of the console. */
    private static final ZoneOffset JAPAN = ZoneOffset.ofHours(9);

    private CardEntry() {}

    /** The entry of something in a folder; its time of creation is that of its last change. */
    static byte[] of(HostFolder.Item item) {
        ByteBuffer entry = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        OffsetDateTime time = item.modified().toInstant().atOffset(JAPAN);
        for (int start = 0; start <= MODIFIED; start += MODIFIED) {
            entry.putInt(start, time.getSecond() << 8 | time.getMinute() << 16 | time.getHour() << 24);
            entry.putInt(start + 4, time.getDayOfMonth() | time.getMonthValue() << 8 | time.getYear() << 16);
        }
        entry.putInt(SIZE, (int) item.size());
        entry.putInt(MODE, item.directory() ? DIRECTORY_MODE : FILE_MODE);
        byte[] name = item.name().getBytes(StandardCharsets.ISO_8859_1);
        entry.put(NAME, name, 0, Math.min(name.length, LONGEST_NAME));
        return entry.array();
    }

    /**
     * The time of the last change.
     *
     * @throws java.time.DateTimeException if there is no such time
     */
    static FileTime modified(byte[] entry) {
        ByteBuffer fields = ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN);
        int time = fields.getInt(MODIFIED);
        int date = fields.getInt(MODIFIED + 4);
        return FileTime.from(OffsetDateTime.of(
                        date >>> 16,
                        date >>> 8 & 0xFF,
                        date & 0xFF,
                        time >>> 24,
                        time >>> 16 & 0xFF,
                        time >>> 8 & 0xFF,
                        0,
                        JAPAN)
                .toInstant());
    }

    static String name(byte[] entry) {
        String name = new String(entry, NAME, LONGEST_NAME, StandardCharsets.ISO_8859_1);
        int end = name.indexOf('\0');
        return end < 0 ? name : name.substring(0, end);
    }

    /** True if a card can have {@code name} and {@code pattern} fits it: a star for any characters, a question mark for one. */
    static boolean matches(String name, String pattern) {
        if (name.length() > LONGEST_NAME) {
            return false;
        }
        int at = 0;
        int star = -1;
        int resume = 0;
        int i = 0;
        while (i < name.length()) {
            char wanted = at < pattern.length() ? pattern.charAt(at) : 0;
            if (wanted == '*') {
                star = at++;
                resume = i;
            } else if (wanted == '?' || wanted == name.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++resume;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}
