package soliloquy.console.profile;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import soliloquy.machine.Clocks;

/** A profile as tables for a person. */
public final class ProfileText {
    private final GuestProfile profile;
    private final CallGraph graph;
    private final int most;
    private final StringBuilder text = new StringBuilder();

    private ProfileText(GuestProfile profile, int most) {
        this.profile = profile;
        this.most = most;
        graph = new CallGraph(profile);
    }

    /** The tables, each with at most {@code most} functions. */
    public static String of(GuestProfile profile, int most) {
        ProfileText tables = new ProfileText(profile, most);
        tables.heading();
        tables.stages();
        tables.flat();
        tables.calls();
        return tables.text.toString();
    }

    private void heading() {
        line(String.format(
                Locale.ROOT,
                "profile       %d EE cycles (%.3f s of guest time, timing '%s'), %d samples, one in %d cycles of computing",
                profile.cycles(),
                Clocks.seconds(profile.cycles()),
                profile.timing(),
                profile.samples(),
                profile.period()));
    }

    private void stages() {
        line("");
        line(String.format(Locale.ROOT, "%-34s %15s %8s %7s %14s", "stage", "cycles", "s", "%", "disc bytes"));
        List.of(Stage.values()).stream()
                .filter(stage -> profile.stages().cycles(stage) > 0)
                .sorted(Comparator.comparingLong(
                                (Stage stage) -> profile.stages().cycles(stage))
                        .reversed())
                .forEach(stage -> {
                    long cycles = profile.stages().cycles(stage);
                    line(String.format(
                            Locale.ROOT,
                            "%-34s %15d %8.3f %7.2f %14d",
                            stage.title,
                            cycles,
                            Clocks.seconds(cycles),
                            profile.percent(cycles),
                            profile.stages().octets(stage)));
                });
    }

    private void flat() {
        line("");
        String misses = profile.caches() ? "  data misses  fetch misses" : "";
        line(String.format(
                Locale.ROOT,
                "%7s %15s %7s %15s%s  function",
                "own %",
                "own cycles",
                "total %",
                "total cycles",
                misses));
        graph.functions().stream().limit(most).forEach(function -> {
            String missed =
                    profile.caches() ? "%13d %13d".formatted(function.dataMisses(), function.fetchMisses()) : "";
            line(String.format(
                    Locale.ROOT,
                    "%7.2f %15d %7.2f %15d%s  %s",
                    profile.percent(function.own()),
                    function.own(),
                    profile.percent(function.total()),
                    function.total(),
                    missed,
                    function.name()));
        });
        more(graph.functions().size(), "functions");
    }

    private void calls() {
        line("");
        line("calls: under each function what it called, with the cycles in it on its behalf");
        List<CallGraph.Function> callers = graph.functions().stream()
                .filter(function -> graph.calls().stream().anyMatch(call -> function.equals(call.caller())))
                .sorted(Comparator.comparingLong(CallGraph.Function::total)
                        .reversed()
                        .thenComparing(CallGraph.Function::name))
                .toList();
        callers.stream().limit(most).forEach(this::callsOf);
        more(callers.size(), "functions that call others");
    }

    private void callsOf(CallGraph.Function function) {
        line(String.format(
                Locale.ROOT, "%7.2f %15d  %s", profile.percent(function.total()), function.total(), function.name()));
        line(String.format(Locale.ROOT, "%7.2f %15d    own code", profile.percent(function.own()), function.own()));
        graph.calls().stream()
                .filter(call -> function.equals(call.caller()))
                .forEach(call -> line(String.format(
                        Locale.ROOT,
                        "%7.2f %15d    %s",
                        profile.percent(call.cycles()),
                        call.cycles(),
                        call.called().name())));
    }

    private void more(int count, String what) {
        if (count > most) {
            line(String.format(Locale.ROOT, "        and %d more %s (--top)", count - most, what));
        }
    }

    private void line(String words) {
        text.append(words).append('\n');
    }
}
