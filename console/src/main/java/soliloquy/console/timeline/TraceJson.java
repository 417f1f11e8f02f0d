package soliloquy.console.timeline;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import soliloquy.machine.TraceTrack;

/**
 * Events in the JSON of Chrome's trace viewer, which Perfetto reads: times in microseconds of guest time, a process for each part of
 * the console, a thread for each {@link TraceTrack}.
 */
final class TraceJson {
    /** A part of what an event is, see {@link #event}. */
    static final int BEGIN = 0;

    static final int END = 1;
    static final int INSTANT = 2;
    static final int COUNTER = 3;

    /** An event has no number, or the number has no name. */
    static final int NAMELESS = 0;

    private static final TraceTrack[] TRACKS = TraceTrack.values();
    private static final byte[] ENDING = "\n]}\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LARGEST_EVENT = 128;

    private final List<byte[]> prefixes = new ArrayList<>();
    private byte[] bytes = new byte[1 << 16];
    private int length;

    TraceJson() {
        List<String> parts = parts();
        for (TraceTrack track : TRACKS) {
            String place =
                    ",\"pid\":%d,\"tid\":%d,\"ts\":".formatted(parts.indexOf(track.part) + 1, track.ordinal() + 1);
            prefixes.add(place.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static List<String> parts() {
        Set<String> parts = new LinkedHashSet<>();
        for (TraceTrack track : TRACKS) {
            parts.add(track.part);
        }
        return List.copyOf(parts);
    }

    /** A name as it stands in the file, quoted. */
    static byte[] quoted(String name) {
        return ("\"" + new String(JsonStringEncoder.getInstance().quoteAsString(name)) + "\"")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** What the file begins with: the names of parts and tracks. */
    static byte[] beginning(String timing) {
        StringBuilder text = new StringBuilder(
                        "{\"displayTimeUnit\":\"ms\",\"otherData\":{\"clock\":\"guest time\",\"timing\":")
                .append(new String(quoted(timing), StandardCharsets.UTF_8))
                .append("},\"traceEvents\":[");
        List<String> parts = parts();
        for (int i = 0; i < parts.size(); i++) {
            text.append(i == 0 ? "\n" : ",\n")
                    .append("{\"ph\":\"M\",\"pid\":%d,\"name\":\"process_name\",\"args\":{\"name\":\"%s\"}}"
                            .formatted(i + 1, parts.get(i)));
        }
        for (TraceTrack track : TRACKS) {
            int part = parts.indexOf(track.part) + 1;
            int number = track.ordinal() + 1;
            text.append(",\n{\"ph\":\"M\",\"pid\":%d,\"tid\":%d,\"name\":\"thread_name\",\"args\":{\"name\":\"%s\"}}"
                            .formatted(part, number, track.title))
                    .append(
                            ",\n{\"ph\":\"M\",\"pid\":%d,\"tid\":%d,\"name\":\"thread_sort_index\",\"args\":{\"sort_index\":%d}}"
                                    .formatted(part, number, number));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    void clear() {
        length = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /**
     * Adds an event.
     *
     * @param kind {@link #BEGIN}, {@link #END}, {@link #INSTANT} or {@link #COUNTER}
     * @param name quoted; not of an end
     * @param cycle EE cycles since power-on
     * @param label what the number is, quoted; null for none
     */
    void event(int kind, int track, byte[] name, long cycle, byte[] label, long number) {
        reserve(LARGEST_EVENT + (name == null ? 0 : name.length) + (label == null ? 0 : label.length));
        put(",\n{\"ph\":\"");
        bytes[length++] = (byte) "BEiC".charAt(kind);
        put("\"");
        put(prefixes.get(track));
        microseconds(cycle);
        if (kind != END) {
            put(",\"name\":");
            put(name);
        }
        if (kind == INSTANT) {
            put(",\"s\":\"t\"");
        }
        if (label != null) {
            put(",\"args\":{");
            put(label);
            put(":");
            decimal(number);
            put("}");
        }
        put("}");
    }

    /** Adds what the file ends with. */
    void ending() {
        reserve(ENDING.length);
        put(ENDING);
    }

    /** One EE cycle is 3.39 ns, so nanoseconds keep all of them apart. */
    private void microseconds(long cycle) {
        long nanoseconds = nanoseconds(cycle);
        decimal(nanoseconds / 1000);
        bytes[length++] = '.';
        int rest = (int) (nanoseconds % 1000);
        bytes[length++] = (byte) ('0' + rest / 100);
        bytes[length++] = (byte) ('0' + rest / 10 % 10);
        bytes[length++] = (byte) ('0' + rest % 10);
    }

    /** Nanoseconds of EE cycles at 294.912 MHz, rounded down: 10^9 / 294,912,000 is 15,625 / 4,608. */
    static long nanoseconds(long cycle) {
        return cycle / 4608 * 15625 + cycle % 4608 * 15625 / 4608;
    }

    private void decimal(long number) {
        long left = number;
        if (left < 0) {
            bytes[length++] = '-';
        }
        int digits = 1;
        for (long rest = left / 10; rest != 0; rest /= 10) {
            digits++;
        }
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + Math.abs(left % 10));
            left /= 10;
        }
        length += digits;
    }

    private void put(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            bytes[length++] = (byte) ascii.charAt(i);
        }
    }

    private void put(byte[] some) {
        System.arraycopy(some, 0, bytes, length, some.length);
        length += some.length;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * (length + more));
        }
    }
}
