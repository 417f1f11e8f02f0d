package soliloquy.console.plan;

import java.util.List;
import java.util.Locale;
import soliloquy.cdvd.DriveProfile;
import soliloquy.llm.generate.MemoryPlan;

/** A memory plan as text. */
public final class PlanText {
    /** Characters of the bar: each is a quarter of a megabyte. */
    private static final int CELLS = 128;

    /** In two lines, so that they fit on a terminal. */
    private static final int CELLS_IN_LINE = 64;

    private static final String MARKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private PlanText() {}

    /** The table, what is streamed, and the bar. */
    public static String of(PlanFigures figures) {
        MemoryPlan plan = figures.plan();
        StringBuilder text = new StringBuilder();
        text.append("%s: context %d, prompts %d tokens at a time%n%n"
                .formatted(figures.name(), figures.model().context(), plan.batch()));
        text.append(plan.table()).append("\n\n");
        streamed(text, figures);
        text.append('\n');
        bar(text, figures.blocks());
        return text.toString().replace("\r", "");
    }

    private static void streamed(StringBuilder text, PlanFigures figures) {
        if (figures.plan().resident()) {
            text.append("Nothing is streamed: all weights stay in memory.\n");
            return;
        }
        if (figures.streamedLayers() > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "A pass streams %d of %d layers, %,d bytes.%n",
                    figures.streamedLayers(),
                    figures.model().config().uniqueLayers(),
                    figures.passBytes()));
        }
        if (!figures.plan().outputResident()) {
            text.append(String.format(
                    Locale.ROOT,
                    "Each token reads the output matrix besides, %,d bytes in all.%n",
                    figures.tokenBytes()));
        }
        if (!figures.plan().embeddingResident()) {
            text.append("Rows of the embedding are read from the disc one by one.\n");
        }
        for (DriveProfile drive : List.of(DriveProfile.DVD4, DriveProfile.CD24)) {
            double seconds = figures.tokenSeconds(drive);
            text.append(String.format(
                    Locale.ROOT,
                    "%12s  %.2f s a token at the drive's limit, %.2f MB/s%n",
                    drive.name(),
                    seconds,
                    figures.tokenBytes() / seconds / 1e6));
        }
    }

    private static void bar(StringBuilder text, List<PlanFigures.Block> blocks) {
        char[] cells = new char[CELLS];
        long bytes = 0;
        int mark = 0;
        StringBuilder legend = new StringBuilder();
        for (PlanFigures.Block block : blocks) {
            char letter = block.use() == PlanFigures.Use.FREE ? '.' : MARKS.charAt(mark++ % MARKS.length());
            int from = cell(bytes);
            bytes += block.bytes();
            for (int i = from; i < cell(bytes); i++) {
                cells[i] = letter;
            }
            legend.append(String.format(
                    Locale.ROOT, "  %s %-24s %6.2f MiB%n", letter, block.name(), block.bytes() / 1048576.0));
        }
        text.append("32 MiB, a character is 256 KiB:\n");
        for (int i = 0; i < CELLS; i += CELLS_IN_LINE) {
            text.append("  [").append(cells, i, CELLS_IN_LINE).append("]\n");
        }
        text.append(legend);
    }

    private static int cell(long bytes) {
        return (int) Math.min(CELLS, Math.round((double) bytes * CELLS / MemoryPlan.MEMORY_END));
    }
}
