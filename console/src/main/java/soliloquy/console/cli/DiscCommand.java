package soliloquy.console.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import soliloquy.cdvd.DiscFile;
import soliloquy.cdvd.DiscImage;
import soliloquy.cdvd.IsoEntry;
import soliloquy.cdvd.IsoLayout;
import soliloquy.cdvd.IsoReader;
import soliloquy.cdvd.IsoWriter;
import soliloquy.console.DefaultDisc;
import soliloquy.console.FolderDisc;
import soliloquy.llm.build.DiscBuilder;
import soliloquy.llm.build.GuestBuilder;
import soliloquy.llm.generate.EngineModel;
import soliloquy.llm.generate.MemoryPlan;
import soliloquy.llm.generate.Residency;
import soliloquy.llm.sample.TextGeneration;
import soliloquy.machine.InputException;
import soliloquy.machine.WholeFile;

/** {@code soliloquy disc}: disc images. */
@Command(
        name = "disc",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Builds, lists, extracts and checks disc images.",
        subcommands = {
            DiscCommand.Build.class,
            DiscCommand.Listing.class,
            DiscCurve.class,
            DiscExtract.class,
            DiscVerify.class
        })
final class DiscCommand {
    /** {@code disc build}. */
    @Command(
            name = "build",
            mixinStandardHelpOptions = true,
            description = "Builds a disc: of a folder's files, or of a model, whose engine it generates and compiles."
                    + " Without either, the default disc.")
    static final class Build implements Callable<Integer> {
        @Option(
                names = {"-o", "--output"},
                required = true,
                paramLabel = "DISC.iso",
                description = "The image to write.")
        private Path output;

        @Parameters(
                arity = "0..1",
                paramLabel = "FOLDER",
                description = "What goes on the disc: SYSTEM.CNF and its program first, then all files by name.")
        private Path folder;

        @Option(names = "--model", paramLabel = "MODEL.PSN", description = "The weights, PSNT version 4.")
        private Path model;

        @Option(names = "--tokenizer", paramLabel = "TOKENIZR.BIN", description = "Else the one beside the model.")
        private Path tokenizer;

        @Option(names = "--card", paramLabel = "FILE", description = "Text for MODEL.TXT; else the model's name.")
        private Path card;

        @Option(names = "--program", paramLabel = "PROGRAM.elf", description = "A program that is compiled already.")
        private Path program;

        @Option(
                names = "--context",
                paramLabel = "N",
                description = "Positions to make room for; else the model's, or fewer if memory has no room for them.")
        private int context;

        @Option(
                names = "--resident",
                paramLabel = "all|none|N",
                description = "Layers that the engine keeps in memory (default: all that fit).")
        private String resident = Residency.ALL.toString();

        @Override
        public Integer call() throws Exception {
            WholeFile.check(output);
            if (folder != null && model != null) {
                throw new InputException("a folder and --model were given; expected one of them");
            }
            IsoLayout layout =
                    folder != null ? FolderDisc.layout(folder) : model == null ? DefaultDisc.layout() : layout();
            try (CommandProgress progress = new CommandProgress("writing " + output)) {
                long total = (long) layout.sectorCount() * 2048;
                IsoWriter.write(layout, output, bytes -> progress.at(bytes, total));
            }
            list(layout.entries());
            return 0;
        }

        private IsoLayout layout() throws Exception {
            Path tokens = tokenizer == null ? TextGeneration.tokenizerBeside(model) : tokenizer;
            byte[] text = card == null
                    ? (model.getFileName() + "\n").getBytes(StandardCharsets.UTF_8)
                    : Files.readAllBytes(card);
            return DiscBuilder.layout(engine(tokens), model, tokens, text);
        }

        private byte[] engine(Path tokens) throws Exception {
            if (program != null) {
                return Files.readAllBytes(program);
            }
            try (TemporaryFolder folder = new TemporaryFolder()) {
                EngineModel engine = EngineModel.of(model, tokens, context);
                MemoryPlan plan = MemoryPlan.of(engine, Residency.parse(resident));
                return Files.readAllBytes(GuestBuilder.build(engine, plan, folder.path()));
            }
        }
    }

    /** {@code disc list}. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists what is on a disc, and where.")
    static final class Listing implements Callable<Integer> {
        @Parameters(paramLabel = "DISC", description = "The image: ISO, CUE, or BIN.")
        private Path image;

        @Option(names = "--json", paramLabel = "FILE", description = "Write the list as JSON.")
        private Path json;

        @Override
        public Integer call() throws Exception {
            WholeFile.check(json);
            try (DiscImage disc = DiscFile.open(image)) {
                IsoReader reader = new IsoReader(disc, image.toString());
                System.out.printf(
                        Locale.ROOT, "volume %s, %d sectors, %s%n", reader.volume(), disc.sectorCount(), disc.type());
                list(reader.list());
                if (json != null) {
                    write(reader);
                }
            }
            return 0;
        }

        private void write(IsoReader reader) throws Exception {
            ObjectMapper mapper = new ObjectMapper();
            ObjectNode root = mapper.createObjectNode()
                    .put("volume", reader.volume())
                    .put("sectors", reader.image().sectorCount())
                    .put("type", reader.image().type().toString());
            ArrayNode files = root.putArray("entries");
            for (IsoEntry entry : reader.list()) {
                files.addObject()
                        .put("path", entry.path())
                        .put("lsn", entry.lsn())
                        .put("bytes", entry.size())
                        .put("folder", entry.directory());
            }
            WholeFile.write(json, mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
        }
    }

    private static void list(Iterable<IsoEntry> entries) {
        System.out.println("     LSN        bytes  path");
        for (IsoEntry entry : entries) {
            System.out.printf(
                    Locale.ROOT,
                    "%8d %12s  %s%n",
                    entry.lsn(),
                    entry.directory() ? "folder" : Long.toString(entry.size()),
                    entry.path());
        }
    }

    private DiscCommand() {}
}
