package soliloquy.console.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import soliloquy.llm.build.BenchProgram;
import soliloquy.llm.build.GuestBuilder;
import soliloquy.llm.build.ModuleBuilder;
import soliloquy.llm.generate.EngineModel;
import soliloquy.llm.generate.ForwardPassMap;
import soliloquy.llm.generate.MapFile;
import soliloquy.llm.generate.MemoryPlan;
import soliloquy.machine.InputException;
import soliloquy.machine.WholeFile;

/** {@code soliloquy guest}: the C engine. */
@Command(
        name = "guest",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Generates and compiles the guest's engine for a model.",
        subcommands = {
            GuestCommand.Generate.class,
            GuestCommand.Build.class,
            GuestPlan.class,
            GuestCommand.Module.class,
            GuestCommand.Bench.class
        })
final class GuestCommand {
    /** {@code guest generate}. */
    @Command(
            name = "generate",
            mixinStandardHelpOptions = true,
            description = "Writes the C sources of the engine, and map.json: its operations in order.")
    static final class Generate extends EngineOptions implements Callable<Integer> {
        @Option(
                names = {"-o", "--output"},
                required = true,
                paramLabel = "FOLDER",
                description = "Where the sources go; made if it is not there.")
        private Path folder;

        @Override
        public Integer call() throws Exception {
            EngineModel engine = engine();
            MemoryPlan plan = plan(engine);
            Map<String, String> sources = GuestBuilder.sources(engine, plan);
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new InputException(folder + " is a file; expected a folder or a name that is free");
            }
            for (Map.Entry<String, String> source : sources.entrySet()) {
                Path file = folder.resolve(source.getKey());
                Files.createDirectories(file.getParent());
                Files.writeString(file, source.getValue());
            }
            ForwardPassMap map = ForwardPassMap.of(engine.config(), engine.tensors());
            Files.write(folder.resolve(MapFile.NAME), MapFile.of(map, MapFile.NO_DISC));
            System.out.println(plan.table());
            System.out.println(sources.size() + " files and the forward pass's " + MapFile.NAME + " in " + folder);
            return 0;
        }
    }

    /** {@code guest build}. */
    @Command(
            name = "build",
            mixinStandardHelpOptions = true,
            description = "Compiles the engine to a console program (needs Debian's gcc-mips64el-linux-gnuabi64).")
    static final class Build extends EngineOptions implements Callable<Integer> {
        @Option(
                names = {"-o", "--output"},
                required = true,
                paramLabel = "PROGRAM.elf",
                description = "The program to write.")
        private Path output;

        @Option(
                names = "--debug-info",
                paramLabel = "FOLDER",
                description =
                        "Put information for debuggers into the program, and its sources into this folder. The code is the same.")
        private Path sources;

        @Override
        public Integer call() throws Exception {
            WholeFile.check(output);
            EngineModel engine = engine();
            MemoryPlan plan = plan(engine);
            if (sources != null) {
                Files.createDirectories(sources);
                byte[] program =
                        Files.readAllBytes(GuestBuilder.buildForDebugging(engine, plan, sources.toAbsolutePath()));
                WholeFile.write(output, program);
                System.out.println(
                        output + ": " + program.length + " bytes, with debug information; sources in " + sources);
                return 0;
            }
            try (TemporaryFolder folder = new TemporaryFolder()) {
                byte[] program = Files.readAllBytes(GuestBuilder.build(engine, plan, folder.path()));
                WholeFile.write(output, program);
                System.out.println(output + ": " + program.length + " bytes");
            }
            return 0;
        }
    }

    /** {@code guest module}. */
    @Command(
            name = "module",
            mixinStandardHelpOptions = true,
            description = "Compiles the streaming module of the IOP (needs Debian's gcc-mips64el-linux-gnuabi64).")
    static final class Module implements Callable<Integer> {
        @Option(
                names = {"-o", "--output"},
                required = true,
                paramLabel = "STREAM.IRX",
                description = "The module to write.")
        private Path output;

        @Override
        public Integer call() throws Exception {
            WholeFile.check(output);
            try (TemporaryFolder folder = new TemporaryFolder()) {
                byte[] module = ModuleBuilder.stream(folder.path());
                WholeFile.write(output, module);
                System.out.println(output + ": " + module.length + " bytes");
            }
            return 0;
        }
    }

    /** {@code guest bench}. */
    @Command(
            name = "bench",
            mixinStandardHelpOptions = true,
            description = "Compiles the kernels of 'bench ee' (needs Debian's gcc-mips64el-linux-gnuabi64).")
    static final class Bench implements Callable<Integer> {
        @Option(
                names = {"-o", "--output"},
                required = true,
                paramLabel = "BENCH.ELF",
                description = "The program to write.")
        private Path output;

        @Override
        public Integer call() throws Exception {
            WholeFile.check(output);
            try (TemporaryFolder folder = new TemporaryFolder()) {
                byte[] program = BenchProgram.build(folder.path());
                WholeFile.write(output, program);
                System.out.println(output + ": " + program.length + " bytes");
            }
            return 0;
        }
    }

    private GuestCommand() {}
}
