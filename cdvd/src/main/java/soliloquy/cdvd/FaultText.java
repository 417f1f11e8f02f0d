package soliloquy.cdvd;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import soliloquy.machine.InputException;

/**
 * Faults as users write them: a kind and its values, {@code kind:name=value,name=value}.
 *
 * <pre>
 * read-error:lsn=N,times=K          read-error:lsn=A-B,times=K         read-error:rate=1%,seed=S,times=K
 * tray-open:at=SECONDS,for=SECONDS  slow:factor=F                      vibration:rate=P,seed=S
 * corrupt:lsn=N,byte=B              corrupt:lsn=N,byte=B,after=K,times=K
 * </pre>
 */
public final class FaultText {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");
    private static final Pattern SHARE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(%?)");
    private static final String KINDS = "'read-error', 'tray-open', 'slow', 'vibration' or 'corrupt'";

    private final String text;
    private final Map<String, String> values = new LinkedHashMap<>();

    private FaultText(String text) {
        this.text = text;
    }

    /**
     * Reads one fault.
     *
     * @throws InputException if it is none
     */
    public static Fault parse(String text) throws InputException {
        return new FaultText(text).fault();
    }

    private Fault fault() throws InputException {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon);
        if (colon >= 0) {
            split(text.substring(colon + 1));
        }
        return switch (kind) {
            case "read-error" -> readError();
            case "tray-open" -> {
                only(Set.of("at", "for"));
                yield new Fault.TrayOpen(number("at", 0, 1e6), number("for", 0, 1e6));
            }
            case "slow" -> {
                only(Set.of("factor"));
                yield new Fault.Slow(number("factor", 1, 1000));
            }
            case "vibration" -> {
                only(Set.of("rate", "seed"));
                yield new Fault.Vibration(share(), seed());
            }
            case "corrupt" -> {
                only(Set.of("lsn", "byte", "after", "times"));
                yield new Fault.Corrupt(
                        (int) whole("lsn", Integer.MAX_VALUE),
                        (int) whole("byte", DiscImage.SECTOR_BYTES - 1),
                        values.containsKey("after") ? (int) whole("after", Integer.MAX_VALUE) : 0,
                        values.containsKey("times") ? times() : Fault.ALWAYS);
            }
            default -> throw bad("the kind '" + kind + "'", KINDS);
        };
    }

    private Fault readError() throws InputException {
        only(Set.of("lsn", "rate", "seed", "times"));
        int first = 0;
        int last = Integer.MAX_VALUE;
        if (values.containsKey("lsn")) {
            Matcher range = RANGE.matcher(values.get("lsn"));
            if (!range.matches()) {
                throw bad("lsn=" + values.get("lsn"), "a sector number or two as 'A-B'");
            }
            first = Integer.parseInt(range.group(1));
            last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            if (last < first) {
                throw bad("lsn=" + values.get("lsn"), "the smaller number first");
            }
        } else if (!values.containsKey("rate")) {
            throw bad("no place", "'lsn=' or 'rate='");
        }
        double rate = values.containsKey("rate") ? share() : 1;
        return new Fault.ReadError(first, last, rate, seed(), times());
    }

    private void split(String list) throws InputException {
        for (String part : list.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals <= 0) {
                throw bad("'" + part + "'", "name=value");
            }
            if (values.put(part.substring(0, equals), part.substring(equals + 1)) != null) {
                throw bad("'" + part.substring(0, equals) + "' twice", "each name once");
            }
        }
    }

    private void only(Set<String> names) throws InputException {
        for (String name : values.keySet()) {
            if (!names.contains(name)) {
                throw bad(
                        "the name '" + name + "'",
                        String.join(", ", names.stream().sorted().toList()));
            }
        }
    }

    private String value(String name) throws InputException {
        String value = values.get(name);
        if (value == null) {
            throw bad("no '" + name + "='", "it");
        }
        return value;
    }

    private double number(String name, double least, double most) throws InputException {
        String value = value(name);
        Matcher matcher = SHARE.matcher(value);
        if (matcher.matches() && matcher.group(2).isEmpty()) {
            double number = Double.parseDouble(value);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw bad(name + "=" + value, "a number from " + (long) least + " to " + (long) most);
    }

    private long whole(String name, long most) throws InputException {
        String value = value(name);
        if (value.matches("\\d{1,18}") && Long.parseLong(value) <= most) {
            return Long.parseLong(value);
        }
        throw bad(name + "=" + value, "a whole number from 0 to " + most);
    }

    private double share() throws InputException {
        String value = value("rate");
        Matcher matcher = SHARE.matcher(value);
        if (matcher.matches()) {
            double share =
                    Double.parseDouble(matcher.group(1)) / (matcher.group(2).isEmpty() ? 1 : 100);
            if (share <= 1) {
                return share;
            }
        }
        throw bad("rate=" + value, "a share from 0 to 1, or a percentage such as '1%'");
    }

    private long seed() throws InputException {
        return values.containsKey("seed") ? whole("seed", Long.MAX_VALUE) : 0;
    }

    private int times() throws InputException {
        return value("times").equals("always") ? Fault.ALWAYS : (int) whole("times", Integer.MAX_VALUE - 1);
    }

    private InputException bad(String found, String expected) {
        return new InputException("Fault '" + text + "' has " + found + "; expected " + expected + ".");
    }
}
