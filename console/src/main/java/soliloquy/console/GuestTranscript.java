package soliloquy.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import soliloquy.machine.Notices;
import soliloquy.machine.TextOutput;

/**
 * Reads what the guest prints. Plain text goes to {@code console} as it comes; lines that begin with the record separator
 * (0x1E) are JSON records of the language-model program (as in RFC 7464) and are collected with the guest and host time of
 * their arrival. Used by the emulation thread; results are read after the run.
 */
public final class GuestTranscript implements TextOutput {
    private static final int RECORD_SEPARATOR = 0x1E;
    private static final int LONGEST_RECORD = 1 << 20;

    private final PrintStream console;
    private final LongSupplier guestTime;
    private final LongSupplier hostTime;
    private final Notices notices;
    private final JsonFactory json = new JsonFactory();
    private final ByteArrayOutputStream record = new ByteArrayOutputStream();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final List<Integer> promptIds = new ArrayList<>();
    private final List<Token> tokens = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final Map<String, Stages> stages = new LinkedHashMap<>();
    private Runnable tokenListener = () -> {};
    private boolean inRecord;
    private boolean resting;

    /**
     * A generated token.
     *
     * @param guestCycles EE cycles since power-on when the guest reported it
     * @param hostNanos host time of the same
     */
    public record Token(int id, long guestCycles, long hostNanos) {}

    /**
     * What the guest says a part of a story took.
     *
     * @param tokens how many it covers
     * @param cycles EE cycles by stage
     */
    public record Stages(int tokens, Map<String, Long> cycles) {}

    /**
     * @param console where plain text goes
     * @param guestTime EE cycles since power-on
     * @param hostTime host nanoseconds
     */
    public GuestTranscript(OutputStream console, LongSupplier guestTime, LongSupplier hostTime, Notices notices) {
        this.console = new PrintStream(console, false, StandardCharsets.UTF_8);
        this.guestTime = guestTime;
        this.hostTime = hostTime;
        this.notices = notices;
    }

    @Override
    public void write(int octet) {
        if (inRecord) {
            if (octet == '\n') {
                inRecord = false;
                accept(record.toString(StandardCharsets.UTF_8));
                record.reset();
            } else if (record.size() < LONGEST_RECORD) {
                record.write(octet);
            }
        } else if (octet == RECORD_SEPARATOR) {
            inRecord = true;
        } else {
            console.write(octet);
            if (octet == '\n') {
                console.flush();
            }
        }
    }

    /** Pushes out plain text that has no line end yet. */
    public void flush() {
        console.flush();
    }

    private void accept(String line) {
        try {
            Entry entry = parse(line);
            switch (entry.event) {
                case "prompt" -> {
                    resting = false;
                    promptIds.clear();
                    tokens.clear();
                    text.reset();
                    stages.clear();
                    promptIds.addAll(entry.ids);
                }
                case "token" -> {
                    tokens.add(new Token(entry.id, guestTime.getAsLong(), hostTime.getAsLong()));
                    tokenListener.run();
                    text.writeBytes(HexFormat.of().parseHex(entry.bytes));
                    console.flush();
                }
                case "stages" ->
                    stages.put(entry.part, new Stages(entry.tokenCount, Collections.unmodifiableMap(entry.cycles)));
                case "error" -> errors.add(entry.message);
                case "waiting" -> resting = true;
                case "end" -> {
                    resting = true;
                    console.flush();
                }
                default ->
                    notices.report(
                            Notices.Kind.UNHANDLED,
                            "console",
                            0,
                            "the guest printed a record of unknown event '" + entry.event + "'");
            }
        } catch (IOException | IllegalArgumentException e) {
            notices.report(
                    Notices.Kind.UNUSUAL, "console", 0, "the guest printed a record that is not valid JSON: " + line);
        }
    }

    /** Members of a record that are not there are empty. */
    private static final class Entry {
        private String event = "";
        private int id;
        private String bytes = "";
        private String message = "";
        private String part = "";
        private int tokenCount;
        private final Map<String, Long> cycles = new LinkedHashMap<>();
        private final List<Integer> ids = new ArrayList<>();
    }

    private Entry parse(String line) throws IOException {
        Entry entry = new Entry();
        try (JsonParser parser = json.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no object");
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "event" -> entry.event = parser.getText();
                    case "id" -> entry.id = parser.getIntValue();
                    case "bytes" -> entry.bytes = parser.getText();
                    case "message" -> entry.message = parser.getText();
                    case "part" -> entry.part = parser.getText();
                    case "tokens" -> entry.tokenCount = parser.getIntValue();
                    case "cycles" -> {
                        while (parser.nextToken() == JsonToken.FIELD_NAME) {
                            entry.cycles.put(parser.currentName(), parser.nextLongValue(0));
                        }
                    }
                    case "ids" -> {
                        while (value == JsonToken.START_ARRAY && parser.nextToken() != JsonToken.END_ARRAY) {
                            entry.ids.add(parser.getIntValue());
                        }
                    }
                    default -> parser.skipChildren();
                }
            }
        }
        return entry;
    }

    /** Installs the one who is told when {@link #tokens} has got another one. */
    public void onToken(Runnable listener) {
        tokenListener = listener;
    }

    /** Token ids of the prompt of the last story, or of the user's last turn of a conversation. */
    public List<Integer> promptIds() {
        return promptIds;
    }

    /** Generated tokens of the last story, in order. */
    public List<Token> tokens() {
        return tokens;
    }

    /** Text of the generated tokens of the last story; as decoders do, without the space that a first word brings along. */
    public String text() {
        String all = text.toString(StandardCharsets.UTF_8);
        return all.startsWith(" ") ? all.substring(1) : all;
    }

    /** What the parts ({@code prompt}, {@code tokens}) of the last story took by stage, as far as they are at their end. */
    public Map<String, Stages> stages() {
        return stages;
    }

    /** True while the guest waits for its user: before the first story, and from the end of one to the beginning of the next. */
    public boolean resting() {
        return resting;
    }

    /** Errors that the guest reported. */
    public List<String> errors() {
        return errors;
    }
}
