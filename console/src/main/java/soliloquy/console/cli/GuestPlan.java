package soliloquy.console.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import soliloquy.console.plan.PlanFigures;
import soliloquy.console.plan.PlanJson;
import soliloquy.console.plan.PlanPicture;
import soliloquy.console.plan.PlanText;
import soliloquy.llm.generate.EngineModel;
import soliloquy.machine.WholeFile;

/** {@code guest plan}. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description =
                "Tells what of a model stays in the console's 32 MB, what is streamed for every token, and how long a"
                        + " drive takes for that.",
        footer = {"", "Exit status: 0 the engine fits; 2 it does not, or something given was wrong."})
final class GuestPlan extends EngineOptions implements Callable<Integer> {
    @Option(names = "--json", paramLabel = "FILE", description = "Write the plan as JSON.")
    private Path json;

    @Option(names = "--picture", paramLabel = "FILE.svg", description = "Draw the memory to scale.")
    private Path picture;

    @Override
    public Integer call() throws Exception {
        WholeFile.check(json);
        WholeFile.check(picture);
        EngineModel engine = engine();
        PlanFigures figures = new PlanFigures(modelName(), engine, plan(engine));
        System.out.print(PlanText.of(figures));
        if (json != null) {
            WholeFile.write(json, PlanJson.of(figures));
        }
        if (picture != null) {
            WholeFile.write(picture, PlanPicture.of(figures).getBytes(StandardCharsets.UTF_8));
        }
        return 0;
    }
}
