package soliloquy.console.plan;

import java.util.List;
import java.util.Locale;
import soliloquy.cdvd.DriveProfile;
import soliloquy.console.profile.SvgText;
import soliloquy.llm.generate.MemoryPlan;

/** The console's 32 MB as a column whose blocks are to scale, each with its label. */
public final class PlanPicture {
    private static final int WIDTH = 760;
    private static final int TOP = 84;
    private static final int COLUMN_HEIGHT = 800;
    private static final int LEFT = 56;
    private static final int COLUMN_WIDTH = 180;
    private static final int LABELS_LEFT = LEFT + COLUMN_WIDTH + 64;
    private static final int LABEL_HEIGHT = 18;
    private static final int MEGABYTE = 1 << 20;

    private PlanPicture() {}

    /** The whole SVG file. */
    public static String of(PlanFigures figures) {
        SvgText svg = new SvgText(WIDTH, TOP + COLUMN_HEIGHT + 32);
        svg.words(LEFT, 26, "start", 16, "The console's 32 MiB: " + figures.name());
        svg.words(LEFT, 46, "start", 12, summary(figures));
        svg.words(LEFT, 64, "start", 12, drive(figures));
        for (int megabyte = 0; megabyte <= 32; megabyte += 4) {
            double y = y(megabyte * (long) MEGABYTE);
            svg.stroke(LEFT - 8, y, LEFT, y, "#888888", 1, "");
            svg.words(LEFT - 12, y + 4, "end", 11, Integer.toString(megabyte));
        }
        List<PlanFigures.Block> blocks = figures.blocks();
        double[] labels = labels(blocks);
        long at = 0;
        for (int i = 0; i < blocks.size(); i++) {
            PlanFigures.Block block = blocks.get(i);
            double top = y(at);
            at += block.bytes();
            double bottom = y(at);
            String size = String.format(Locale.ROOT, "%.2f MiB", (double) block.bytes() / MEGABYTE);
            svg.box(LEFT, top, COLUMN_WIDTH, bottom - top, colour(block.use()), block.name() + ", " + size);
            int edge = LEFT + COLUMN_WIDTH;
            svg.stroke(edge, (top + bottom) / 2, LABELS_LEFT - 6, labels[i], "#aaaaaa", 0.8, "");
            String note = block.note().isEmpty() ? "" : " (" + block.note() + ")";
            svg.words(LABELS_LEFT, labels[i] + 4, "start", 12, block.name() + ", " + size + note);
        }
        return svg.end();
    }

    private static String summary(PlanFigures figures) {
        MemoryPlan plan = figures.plan();
        return String.format(
                Locale.ROOT,
                "context %d, batches of %d; %d of %d layers stay in memory",
                figures.model().context(),
                plan.batch(),
                plan.residentLayers(),
                figures.model().config().uniqueLayers());
    }

    private static String drive(PlanFigures figures) {
        if (figures.plan().resident()) {
            return "nothing is streamed";
        }
        return String.format(
                Locale.ROOT,
                "each token streams %.2f MB: %.2f s from DVD 4x, %.2f s from CD 24x",
                figures.tokenBytes() / 1e6,
                figures.tokenSeconds(DriveProfile.DVD4),
                figures.tokenSeconds(DriveProfile.CD24));
    }

    /** Heights of the labels: beside their blocks, and moved apart where these are thin. */
    private static double[] labels(List<PlanFigures.Block> blocks) {
        double[] places = new double[blocks.size()];
        long at = 0;
        for (int i = 0; i < places.length; i++) {
            double middle = (y(at) + y(at + blocks.get(i).bytes())) / 2;
            places[i] = i == 0 ? middle : Math.max(middle, places[i - 1] + LABEL_HEIGHT);
            at += blocks.get(i).bytes();
        }
        double limit = TOP + COLUMN_HEIGHT;
        for (int i = places.length - 1; i >= 0 && places[i] > limit; i--) {
            places[i] = limit;
            limit -= LABEL_HEIGHT;
        }
        return places;
    }

    private static double y(long bytes) {
        return TOP + (double) COLUMN_HEIGHT * bytes / MemoryPlan.MEMORY_END;
    }

    private static String colour(PlanFigures.Use use) {
        return switch (use) {
            case SYSTEM -> "#8a8a8a";
            case WEIGHTS -> "#1f5fa8";
            case STREAM -> "#b8442c";
            case STATE -> "#3c7d3c";
            case FREE -> "#e8e8e8";
        };
    }
}
