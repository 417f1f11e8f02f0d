package soliloquy.console.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import soliloquy.console.profile.CallTree.Count;
import soliloquy.machine.Clocks;

/** A profile as a flame graph: what calls is below what it calls, as wide as its share of guest time; colours tell stages. */
public final class FlameGraph {
    private static final int WIDTH = 1200;
    private static final int MARGIN = 10;
    private static final int TOP = 44;
    private static final int ROW = 18;
    private static final int LEGEND = 40;
    /** Narrower boxes are left out. */
    private static final double NARROWEST = 0.2;

    private static final double CHARACTER = 6.6;

    private final GuestProfile profile;
    private final CallTree tree;
    private final long[] totals;
    private final StageFinder finder;
    private final List<List<Integer>> called = new ArrayList<>();
    private final int depth;
    private final SvgText svg;

    private FlameGraph(GuestProfile profile) {
        this.profile = profile;
        tree = profile.tree();
        totals = tree.totals(Count.CYCLES);
        finder = new StageFinder(profile.names());
        int[] depths = new int[tree.size()];
        int deepest = 0;
        called.add(new ArrayList<>());
        for (int node = 1; node < tree.size(); node++) {
            called.add(new ArrayList<>());
            called.get(tree.parent(node)).add(node);
            depths[node] = depths[tree.parent(node)] + 1;
            if (width(totals[node]) >= NARROWEST) {
                deepest = Math.max(deepest, depths[node]);
            }
        }
        depth = deepest;
        svg = new SvgText(WIDTH, TOP + (depth + 1) * ROW + LEGEND);
    }

    /** The picture as SVG. */
    public static String of(GuestProfile profile) {
        FlameGraph graph = new FlameGraph(profile);
        graph.svg.words(
                WIDTH / 2.0,
                24,
                "middle",
                15,
                String.format(
                        Locale.ROOT,
                        "Guest time by call stack: %.3f s (timing %s)",
                        Clocks.seconds(profile.cycles()),
                        profile.timing()));
        graph.draw(0, MARGIN, 0);
        graph.legend();
        return graph.svg.end();
    }

    private double width(long cycles) {
        return profile.cycles() == 0 ? 0 : (WIDTH - 2.0 * MARGIN) * cycles / profile.cycles();
    }

    private void draw(int node, double x, int level) {
        double width = width(totals[node]);
        String name = node == 0 ? "all" : profile.names().name(tree.function(node));
        double y = TOP + (depth - level) * ROW;
        svg.box(
                x,
                y,
                width,
                ROW - 1,
                node == 0 ? "#eeeeee" : stage(node).colour,
                String.format(
                        Locale.ROOT,
                        "%s: %d cycles, %.3f s, %.2f %%",
                        name,
                        totals[node],
                        Clocks.seconds(totals[node]),
                        profile.percent(totals[node])));
        int room = (int) ((width - 6) / CHARACTER);
        if (room >= 3) {
            svg.words(x + 3, y + 13, "start", 11, name.length() <= room ? name : name.substring(0, room - 2) + "..");
        }
        double left = x;
        for (int child : called.get(node).stream()
                .sorted(Comparator.comparing(c -> profile.names().name(tree.function(c))))
                .toList()) {
            if (width(totals[child]) >= NARROWEST) {
                draw(child, left, level + 1);
            }
            left += width(totals[child]);
        }
    }

    private Stage stage(int node) {
        List<Integer> stack = new ArrayList<>();
        for (int outer = node; outer > 0; outer = tree.parent(outer)) {
            stack.add(tree.function(outer));
        }
        int[] functions = stack.stream().mapToInt(Integer::intValue).toArray();
        return finder.of(functions, functions.length, false);
    }

    private void legend() {
        double x = MARGIN;
        double y = TOP + (depth + 1) * ROW + 16;
        for (Stage stage : Stage.values()) {
            if (profile.stages().cycles(stage) > 0) {
                svg.box(x, y - 9, 10, 10, stage.colour, stage.title);
                svg.words(x + 14, y, "start", 10, stage.title);
                x += 24 + stage.title.length() * 5.6;
            }
        }
    }
}
