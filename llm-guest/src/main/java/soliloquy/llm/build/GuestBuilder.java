package soliloquy.llm.build;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import soliloquy.llm.generate.EngineGenerator;
import soliloquy.llm.generate.EngineModel;
import soliloquy.llm.generate.MemoryPlan;
import soliloquy.machine.InputException;

/**
 * Compiles guest programs with Debian's cross-compiler. The same sources and the same compiler give the same bytes, wherever they
 * are built: paths in the command are relative, nothing holds a time or a build id.
 */
public final class GuestBuilder {
    /** The compiler; in Debian's package gcc-mips64el-linux-gnuabi64. */
    public static final String COMPILER = "mips64el-linux-gnuabi64-gcc";

    private static final String PACKAGE = "gcc-mips64el-linux-gnuabi64";

    /** Name of the program on the disc. */
    public static final String PROGRAM = "SOLILOQU.ELF";

    private static final List<String> FLAGS = List.of(
            "-std=gnu11",
            "-O2",
            "-march=r5900",
            "-mfix-r5900",
            "-mabi=n32",
            "-EL",
            "-msingle-float",
            "-G0",
            "-mno-abicalls",
            "-mno-check-zero-division",
            "-fno-pic",
            "-ffreestanding",
            "-fno-builtin",
            "-fno-strict-aliasing",
            "-fno-tree-loop-distribute-patterns",
            "-ffp-contract=off",
            "-fno-fast-math",
            "-fno-stack-protector",
            "-fno-asynchronous-unwind-tables",
            "-fno-ident",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-DSTACK_SIZE=" + MemoryPlan.STACK,
            "-Isdk",
            "-Iengine",
            "-Iprogram",
            "-I.");

    /**
     * The engine is always compiled with it, and it is taken out afterwards: the labels that it brings keep the assembler from filling
     * some delay slots, and a debugger needs the very same code.
     */
    private static final List<String> DEBUG_INFORMATION = List.of("-g", "-gdwarf-4");

    private static final List<String> LINK_FLAGS = List.of(
            "-march=r5900",
            "-mabi=n32",
            "-EL",
            "-nostdlib",
            "-static",
            "-Wl,--build-id=none",
            "-Wl,--no-warn-rwx-segments",
            "-Wl,-z,max-page-size=128");

    private GuestBuilder() {}

    /** The cross-compiler on this machine's PATH. */
    public static Optional<Path> findCompiler() {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String directory : path.split(Pattern.quote(File.pathSeparator), -1)) {
            Path candidate = Path.of(directory.isEmpty() ? "." : directory, COMPILER);
            if (Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** All sources of the engine of one model by path: generated and fixed ones. */
    public static Map<String, String> sources(EngineModel model) throws IOException {
        return sources(model, MemoryPlan.of(model));
    }

    /** The same with a plan of the caller's choice. */
    public static Map<String, String> sources(EngineModel model, MemoryPlan plan) throws IOException {
        Map<String, String> files = new LinkedHashMap<>(GuestSources.all());
        files.putAll(EngineGenerator.generate(model, plan));
        return files;
    }

    /**
     * Generates, compiles and links the engine of one model.
     *
     * @param directory where sources and program are left
     * @return the program, {@code directory/SOLILOQU.ELF}
     * @throws InputException the model does not fit, or there is no compiler
     */
    public static Path build(EngineModel model, Path directory) throws IOException {
        return compile(sources(model), directory, PROGRAM, DEBUG_INFORMATION, List.of("-Wl,--strip-debug"));
    }

    /** The same with a plan of the caller's choice. */
    public static Path build(EngineModel model, MemoryPlan plan, Path directory) throws IOException {
        return compile(sources(model, plan), directory, PROGRAM, DEBUG_INFORMATION, List.of("-Wl,--strip-debug"));
    }

    /**
     * The same with information for debuggers in the program, which is otherwise the same.
     *
     * @param directory where debuggers will look for the sources
     */
    public static Path buildForDebugging(EngineModel model, Path directory) throws IOException {
        return buildForDebugging(model, MemoryPlan.of(model), directory);
    }

    /** The same with a plan of the caller's choice. */
    public static Path buildForDebugging(EngineModel model, MemoryPlan plan, Path directory) throws IOException {
        return compile(sources(model, plan), directory, PROGRAM, DEBUG_INFORMATION, List.of());
    }

    /**
     * Compiles and links a program of these sources.
     *
     * @param files every source and header by path; .c and .S files are compiled, {@code sdk/link.ld} links
     * @throws InputException there is no compiler, or it refuses the sources (its first lines are in the message)
     */
    public static Path compile(Map<String, String> files, Path directory, String program) throws IOException {
        return compile(files, directory, program, List.of(), List.of());
    }

    private static Path compile(
            Map<String, String> files,
            Path directory,
            String program,
            List<String> furtherFlags,
            List<String> furtherLinkFlags)
            throws IOException {
        Path compiler = compiler();
        GuestSources.write(files, directory);
        List<String> link = new ArrayList<>(List.of(compiler.toString()));
        link.addAll(LINK_FLAGS);
        link.addAll(furtherLinkFlags);
        link.addAll(List.of("-T", "sdk/link.ld", "-o", program));
        for (String name : files.keySet()) {
            if (name.endsWith(".c") || name.endsWith(".S")) {
                // Objects have names of their own: those of temporary files would get into the symbol table.
                String object = name.substring(0, name.length() - 2) + ".o";
                List<String> command = new ArrayList<>(List.of(compiler.toString()));
                command.addAll(FLAGS);
                command.addAll(furtherFlags);
                command.addAll(List.of("-c", name, "-o", object));
                run(command, directory);
                link.add(object);
            }
        }
        run(link, directory);
        return directory.resolve(program);
    }

    /** The compiler, or the exception that says where to get it. */
    static Path compiler() throws InputException {
        return findCompiler()
                .orElseThrow(() -> new InputException("Building a guest program needs " + COMPILER
                        + ", which is not on the PATH; on Debian and Ubuntu: apt install " + PACKAGE));
    }

    /** Runs the compiler in {@code directory}; its first lines are in the message when it fails. */
    static void run(List<String> command, Path directory) throws IOException {
        Path log = Files.createTempFile("soliloquy-guest", ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("LC_ALL", "C");
            int status = builder.start().waitFor();
            if (status != 0) {
                String text = Files.readString(log, StandardCharsets.UTF_8);
                String lines = String.join("\n", text.lines().limit(20).toList());
                throw new InputException(
                        COMPILER + " in " + directory + " ended with status " + status + ":\n" + lines);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while compiling in " + directory, e);
        } finally {
            Files.deleteIfExists(log);
        }
    }
}
