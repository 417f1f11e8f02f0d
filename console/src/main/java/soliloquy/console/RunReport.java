package soliloquy.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import soliloquy.machine.Clocks;
import soliloquy.machine.WholeFile;

/**
 * What a run came to: the story and what it cost. Guest time is counted in EE cycles from power-on; {@code timing} names the
 * model by which cycles are counted. Token rates cover the tokens after the first.
 *
 * @param promptIds token ids of the prompt
 * @param ids generated token ids, the stop token included
 * @param text what the generated tokens spell
 * @param guest in guest time
 * @param guestCycles EE cycles from power-on to the end
 * @param wall the same in host time
 * @param disc what the drive did
 * @param timing name of the timing profile
 * @param exitStatus the process's exit status
 */
public record RunReport(
        List<Integer> promptIds,
        List<Integer> ids,
        String text,
        Rates guest,
        long guestCycles,
        Rates wall,
        Disc disc,
        String timing,
        int exitStatus) {

    /** @param firstTokenSeconds 0 where no token was generated */
    public record Rates(double seconds, double firstTokenSeconds, double tokensPerSecond) {}

    /** @param profile name of the drive's speed profile */
    public record Disc(long sectors, long seeks, long bytes, String profile) {}

    /** The report of a run from its transcript. */
    public static RunReport of(
            GuestTranscript transcript,
            long endCycles,
            long startNanos,
            long endNanos,
            Disc disc,
            String timing,
            int exitStatus) {
        List<GuestTranscript.Token> tokens = transcript.tokens();
        double guestFirst = 0;
        double guestRate = 0;
        double wallFirst = 0;
        double wallRate = 0;
        if (!tokens.isEmpty()) {
            GuestTranscript.Token first = tokens.getFirst();
            GuestTranscript.Token last = tokens.getLast();
            guestFirst = Clocks.seconds(first.guestCycles());
            wallFirst = (first.hostNanos() - startNanos) * 1e-9;
            if (tokens.size() > 1) {
                guestRate = (tokens.size() - 1) / Clocks.seconds(last.guestCycles() - first.guestCycles());
                wallRate = (tokens.size() - 1) / ((last.hostNanos() - first.hostNanos()) * 1e-9);
            }
        }
        return new RunReport(
                List.copyOf(transcript.promptIds()),
                tokens.stream().map(GuestTranscript.Token::id).toList(),
                transcript.text(),
                new Rates(Clocks.seconds(endCycles), guestFirst, guestRate),
                endCycles,
                new Rates((endNanos - startNanos) * 1e-9, wallFirst, wallRate),
                disc,
                timing,
                exitStatus);
    }

    /** The report as lines for a person. */
    public String summary() {
        StringBuilder lines = new StringBuilder();
        if (!promptIds.isEmpty() || !ids.isEmpty()) {
            lines.append("tokens        %d after a prompt of %d%n".formatted(ids.size(), promptIds.size()));
            lines.append(String.format(
                    Locale.ROOT,
                    "guest time    first token %.2f s, then %.3f tokens/s (%.2f s in all, timing '%s')%n",
                    guest.firstTokenSeconds(),
                    guest.tokensPerSecond(),
                    guest.seconds(),
                    timing));
            lines.append(String.format(
                    Locale.ROOT,
                    "wall time     first token %.2f s, then %.3f tokens/s (%.2f s in all)%n",
                    wall.firstTokenSeconds(),
                    wall.tokensPerSecond(),
                    wall.seconds()));
        } else {
            lines.append(String.format(
                    Locale.ROOT,
                    "guest time    %.3f s (timing '%s'), wall time %.3f s%n",
                    guest.seconds(),
                    timing,
                    wall.seconds()));
        }
        lines.append("disc          %d sectors (%d bytes) read, %d seeks, profile '%s'%n"
                .formatted(disc.sectors(), disc.bytes(), disc.seeks(), disc.profile()));
        return lines.toString();
    }

    /** Writes the report as JSON, whole or not at all. */
    public void writeJson(Path file) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.set("prompt_ids", mapper.valueToTree(promptIds));
        root.set("ids", mapper.valueToTree(ids));
        root.put("text", text);
        root.set("guest", rates(mapper, guest).put("cycles", guestCycles));
        root.set("wall", rates(mapper, wall));
        root.putObject("disc")
                .put("sectors", disc.sectors())
                .put("seeks", disc.seeks())
                .put("bytes", disc.bytes())
                .put("profile", disc.profile());
        root.put("timing", timing);
        root.put("exit_status", exitStatus);
        WholeFile.write(file, mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
    }

    private static ObjectNode rates(ObjectMapper mapper, Rates rates) {
        return mapper.createObjectNode()
                .put("seconds", rates.seconds())
                .put("first_token_seconds", rates.firstTokenSeconds())
                .put("tokens_per_second", rates.tokensPerSecond());
    }
}
