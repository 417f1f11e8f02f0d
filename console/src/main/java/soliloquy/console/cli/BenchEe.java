package soliloquy.console.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import soliloquy.console.ExitStatus;
import soliloquy.console.Main;
import soliloquy.console.ProgramBench;
import soliloquy.console.StopReason;
import soliloquy.console.bench.Kernel;
import soliloquy.console.bench.KernelBench;
import soliloquy.console.bench.KernelFigures;
import soliloquy.console.bench.NativeKernels;
import soliloquy.machine.InputException;
import soliloquy.machine.WholeFile;

/** {@code soliloquy bench ee}: how fast the EE's processor is emulated. */
@Command(
        name = "ee",
        mixinStandardHelpOptions = true,
        description = {
            "Runs guest kernels on the emulated processor, each in a JVM of its own, and the same C on the host (gcc -O2).",
            "Rates are guest instructions by processor time of one core; medians of the warm half, with its deciles.",
            "Then the code compiled at the end: regions, bytes of guest code in them (each once), and bytes of their JVM code."
        },
        footer = {
            "",
            "Exit status: 0 measured; 2 something given was wrong; 3 the program of --elf crashed; 5 guest and host computed different values."
        })
final class BenchEe implements Callable<Integer> {
    @Option(names = "--kernel", paramLabel = "NAME", description = "Only this kernel; may be given several times.")
    private List<String> names = List.of();

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Wall time for each kernel, or at most for --elf (default: ${DEFAULT-VALUE}).")
    private double seconds = 10;

    @Option(names = "--interpreter", description = "Measure the interpreter alone.")
    private boolean interpreter;

    @Mixin
    private TimingOption timing;

    @Option(
            names = "--elf",
            paramLabel = "FILE",
            description = "Measure this program, in the whole console; a rate in cycles of --timing simple.")
    private Path elf;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON.")
    private Path json;

    /** Measures the one kernel in this process, on the data in this file, and prints its figures as JSON. */
    @Option(names = "--prepared", hidden = true)
    private Path prepared;

    private final ObjectMapper mapper = new ObjectMapper();

    @Override
    public Integer call() throws Exception {
        if (!(seconds > 0) || seconds > 3600) {
            throw new InputException("--seconds is " + seconds + "; expected more than 0 and at most 3600");
        }
        timing.profile();
        WholeFile.check(json);
        if (elf != null) {
            return measureProgram();
        }
        List<Kernel> kernels = kernels();
        if (prepared != null) {
            KernelFigures figures = KernelBench.measure(
                    kernels.getFirst(), Files.readAllBytes(prepared), seconds, !interpreter, timing.profile());
            System.out.println(mapper.writeValueAsString(toJson(figures)));
            return 0;
        }
        return measureKernels(kernels);
    }

    private List<Kernel> kernels() throws InputException {
        List<Kernel> kernels = new ArrayList<>();
        for (String name : names) {
            kernels.add(Kernel.of(name));
        }
        return kernels.isEmpty() ? List.of(Kernel.values()) : kernels;
    }

    private int measureProgram() throws Exception {
        if (interpreter || !names.isEmpty()) {
            throw new InputException("--elf measures a whole program; it does not go with --kernel or --interpreter");
        }
        checkElf();
        ProgramBench.Figures figures = ProgramBench.measure(elf, seconds, System.err);
        System.out.printf(
                Locale.ROOT,
                "%s: %.0f million guest cycles a second of one core, 90 %% of that after %.2f s; %.2f s in all%n",
                figures.name(),
                figures.guestMips(),
                figures.warmupSeconds(),
                figures.seconds());
        ArrayNode all = mapper.createArrayNode();
        all.addObject()
                .put("name", figures.name())
                .put("guest_mips", figures.guestMips())
                .putNull("native_ratio")
                .put("warmup_seconds", figures.warmupSeconds());
        write(all);
        return figures.end() instanceof StopReason.Crashed ? ExitStatus.GUEST_CRASH : 0;
    }

    private void checkElf() throws IOException {
        if (!Files.isRegularFile(elf)) {
            throw new InputException(elf + " is not a file; --elf takes a program of the EE");
        }
        try (InputStream in = Files.newInputStream(elf)) {
            byte[] magic = in.readNBytes(4);
            if (!Arrays.equals(magic, new byte[] {0x7F, 'E', 'L', 'F'})) {
                throw new InputException(elf + " does not begin as an ELF file; --elf takes a program of the EE");
            }
        }
    }

    private int measureKernels(List<Kernel> kernels) throws Exception {
        ArrayNode all = mapper.createArrayNode();
        boolean equal = true;
        try (TemporaryFolder folder = new TemporaryFolder()) {
            Optional<NativeKernels> host = NativeKernels.build(folder.path());
            if (host.isEmpty()) {
                System.err.println("soliloquy: gcc was not found on the PATH; the ratios to native code are left out.");
            }
            Path data = folder.path().resolve("prepared");
            Files.write(data, KernelBench.prepare());
            System.out.printf(
                    "%-16s %10s %13s %8s %9s %10s %8s %8s %8s%n",
                    "kernel",
                    "guest MIPS",
                    "deciles",
                    "/ native",
                    "90 % in s",
                    "300 in s",
                    "regions",
                    "guest B",
                    "bytecode");
            for (Kernel kernel : kernels) {
                JsonNode guest = measureInNewJvm(kernel, data);
                NativeKernels.Figures other = host.isEmpty() ? null : host.get().measure(kernel);
                ObjectNode figures = (ObjectNode) guest;
                int checksum = Integer.parseUnsignedInt(guest.get("checksum").asText(), 16);
                if (other != null) {
                    figures.put("native_ratio", guest.get("nanoseconds").asDouble() / other.nanos());
                    figures.put("native_nanoseconds", other.nanos());
                    if (kernel.sameOnHost() && other.checksum() != checksum) {
                        equal = false;
                        System.err.printf(
                                "soliloquy: the kernel %s computed 0x%08x on the guest and 0x%08x on the host; expected the same.%n",
                                kernel.label(), checksum, other.checksum());
                    }
                }
                all.add(figures);
                print(figures);
            }
        }
        write(all);
        return equal ? 0 : ExitStatus.TEST_FAILED;
    }

    private static void print(ObjectNode figures) {
        System.out.printf(
                Locale.ROOT,
                "%-16s %10.0f %13s %8s %9.2f %10s %8d %8d %8d%n",
                figures.get("name").asText(),
                figures.get("guest_mips").asDouble(),
                "%.0f-%.0f"
                        .formatted(
                                figures.get("guest_mips_p10").asDouble(),
                                figures.get("guest_mips_p90").asDouble()),
                figures.get("native_ratio").isNull()
                        ? "-"
                        : "%.2f".formatted(figures.get("native_ratio").asDouble()),
                figures.get("warmup_seconds").asDouble(),
                figures.get("realtime_seconds").isNull()
                        ? "never"
                        : "%.2f".formatted(figures.get("realtime_seconds").asDouble()),
                figures.get("regions").asInt(),
                figures.get("guest_code_bytes").asInt(),
                figures.get("bytecode_bytes").asInt());
        System.out.flush();
    }

    /** Another kernel in the same JVM would find code compiled for the first. */
    private JsonNode measureInNewJvm(Kernel kernel, Path data) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-agentlib") && !argument.startsWith("-javaagent"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "bench", "ee"));
        command.addAll(List.of("--prepared", data.toString(), "--kernel", kernel.label()));
        command.addAll(List.of("--seconds", String.valueOf(seconds)));
        command.addAll(List.of("--timing", timing.profile().label()));
        if (interpreter) {
            command.add("--interpreter");
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("the measurement of " + kernel.label() + " ended with status " + process.exitValue());
        }
        return mapper.readTree(text);
    }

    private ObjectNode toJson(KernelFigures figures) {
        ObjectNode node = mapper.createObjectNode()
                .put("name", figures.name())
                .put("guest_mips", figures.guestMips())
                .put("guest_mips_p10", figures.slowestMips())
                .put("guest_mips_p90", figures.fastestMips())
                .putNull("native_ratio")
                .put("warmup_seconds", figures.warmupSeconds());
        if (figures.realTimeSeconds() < 0) {
            node.putNull("realtime_seconds");
        } else {
            node.put("realtime_seconds", figures.realTimeSeconds());
        }
        return node.put("instructions", figures.instructions())
                .put("nanoseconds", figures.nanos())
                .put("regions", figures.regions())
                .put("guest_code_bytes", figures.guestBytes())
                .put("bytecode_bytes", figures.regionBytes())
                .put("checksum", "%08x".formatted(figures.checksum()));
    }

    private void write(ArrayNode kernels) throws IOException {
        if (json != null) {
            ObjectNode root = mapper.createObjectNode();
            root.set("kernels", kernels);
            WholeFile.write(json, mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
        }
    }
}
