package soliloquy.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import soliloquy.ee.CacheCounts;
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
 * @param caches what the processor's caches did; null in profiles without
 * @param stages what the parts of the story (prompt, tokens) took, as the guest counted
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
        CacheCounts caches,
        Map<String, GuestTranscript.Stages> stages,
        int exitStatus) {

    /**
     * How fast tokens came.
     *
     * @param firstTokenSeconds 0 where no token was generated
     * @param tokensPerSecond of the tokens after the first, 0 where there is none
     * @param lastHalfTokensPerSecond of the last half of them: in host time, when most of the guest is compiled
     */
    public record Rates(
            double seconds, double firstTokenSeconds, double tokensPerSecond, double lastHalfTokensPerSecond) {
        private static Rates of(double seconds, double[] tokenSeconds) {
            int last = tokenSeconds.length - 1;
            if (last < 0) {
                return new Rates(seconds, 0, 0, 0);
            }
            return new Rates(seconds, tokenSeconds[0], rate(tokenSeconds, 0), rate(tokenSeconds, last / 2));
        }

        private static double rate(double[] tokenSeconds, int from) {
            int last = tokenSeconds.length - 1;
            return last == from ? 0 : (last - from) / (tokenSeconds[last] - tokenSeconds[from]);
        }
    }

    /**
     * What the drive did.
     *
     * @param retries passes of a sector that failed and were tried again
     * @param failedSectors sectors the drive gave up
     * @param faultHits how often a fault on demand made a difference
     * @param profile name of the drive's speed profile
     * @param streaming the phase from the first token to the last, or null if it is too short
     */
    public record Disc(
            long sectors,
            long seeks,
            long bytes,
            long retries,
            long failedSectors,
            long faultHits,
            String profile,
            Streaming streaming) {}

    /**
     * How the drive was used while weights were streamed.
     *
     * @param bytesPerSecond user data that came
     * @param limitBytesPerSecond what the drive's profile gives for the same sectors, one after the other, or the DMA channel
     *     if that is slower
     * @param ratio of the two
     * @param seeking share of the time in which the head moved or waited for its sector to come by
     * @param idle share in which no command was under way: the guest had asked for nothing
     */
    public record Streaming(
            double bytesPerSecond, double limitBytesPerSecond, double ratio, double seeking, double idle) {}

    /** The report of a run from its transcript. */
    public static RunReport of(
            GuestTranscript transcript,
            long endCycles,
            long startNanos,
            long endNanos,
            Disc disc,
            String timing,
            CacheCounts caches,
            int exitStatus) {
        List<GuestTranscript.Token> tokens = transcript.tokens();
        double[] guest = tokens.stream()
                .mapToDouble(token -> Clocks.seconds(token.guestCycles()))
                .toArray();
        double[] wall = tokens.stream()
                .mapToDouble(token -> (token.hostNanos() - startNanos) * 1e-9)
                .toArray();
        return new RunReport(
                List.copyOf(transcript.promptIds()),
                tokens.stream().map(GuestTranscript.Token::id).toList(),
                transcript.text(),
                Rates.of(Clocks.seconds(endCycles), guest),
                endCycles,
                Rates.of((endNanos - startNanos) * 1e-9, wall),
                disc,
                timing,
                caches,
                Map.copyOf(transcript.stages()),
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
                    "wall time     first token %.2f s, then %.3f tokens/s, in the last half %.3f (%.2f s in all)%n",
                    wall.firstTokenSeconds(),
                    wall.tokensPerSecond(),
                    wall.lastHalfTokensPerSecond(),
                    wall.seconds()));
        } else {
            lines.append(String.format(
                    Locale.ROOT,
                    "guest time    %.3f s (timing '%s'), wall time %.3f s%n",
                    guest.seconds(),
                    timing,
                    wall.seconds()));
        }
        if (caches != null) {
            lines.append("caches        %d misses of data, %d of instructions; %d lines prefetched, %d written back%n"
                    .formatted(caches.dataMisses(), caches.fetchMisses(), caches.prefetches(), caches.linesWritten()));
        }
        lines.append("disc          %d sectors (%d bytes) read, %d seeks, profile '%s'%n"
                .formatted(disc.sectors(), disc.bytes(), disc.seeks(), disc.profile()));
        if (disc.faultHits() > 0 || disc.retries() > 0) {
            lines.append("faults        %d hit, %d retries, %d sectors given up%n"
                    .formatted(disc.faultHits(), disc.retries(), disc.failedSectors()));
        }
        if (disc.streaming() != null) {
            lines.append(streaming(disc.streaming()));
        }
        return lines.toString();
    }

    private static String streaming(Streaming streaming) {
        return String.format(
                Locale.ROOT,
                "streaming     %.3f of %.3f MB/s (%.1f %% of the limit; %.1f %% seeks and rotation, %.1f %% without a command)%n",
                streaming.bytesPerSecond() * 1e-6,
                streaming.limitBytesPerSecond() * 1e-6,
                streaming.ratio() * 100,
                streaming.seeking() * 100,
                streaming.idle() * 100);
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
        ObjectNode drive = root.putObject("disc")
                .put("sectors", disc.sectors())
                .put("seeks", disc.seeks())
                .put("bytes", disc.bytes())
                .put("retries", disc.retries())
                .put("failed_sectors", disc.failedSectors())
                .put("faults_hit", disc.faultHits())
                .put("profile", disc.profile());
        if (disc.streaming() != null) {
            Streaming phase = disc.streaming();
            drive.putObject("streaming")
                    .put("bytes_per_second", phase.bytesPerSecond())
                    .put("limit_bytes_per_second", phase.limitBytesPerSecond())
                    .put("ratio", phase.ratio())
                    .put("seeking", phase.seeking())
                    .put("idle", phase.idle());
        }
        root.put("timing", timing);
        if (caches != null) {
            root.putObject("caches")
                    .put("data_misses", caches.dataMisses())
                    .put("instruction_misses", caches.fetchMisses())
                    .put("prefetches", caches.prefetches())
                    .put("lines_written_back", caches.linesWritten());
        }
        if (!stages.isEmpty()) {
            ObjectNode parts = root.putObject("stages");
            stages.forEach((part, taken) -> {
                ObjectNode cycles =
                        parts.putObject(part).put("tokens", taken.tokens()).putObject("cycles");
                taken.cycles().forEach(cycles::put);
            });
        }
        root.put("exit_status", exitStatus);
        WholeFile.write(file, mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
    }

    private static ObjectNode rates(ObjectMapper mapper, Rates rates) {
        return mapper.createObjectNode()
                .put("seconds", rates.seconds())
                .put("first_token_seconds", rates.firstTokenSeconds())
                .put("tokens_per_second", rates.tokensPerSecond())
                .put("last_half_tokens_per_second", rates.lastHalfTokensPerSecond());
    }
}
