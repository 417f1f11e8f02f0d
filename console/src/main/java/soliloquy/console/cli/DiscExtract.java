package soliloquy.console.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import soliloquy.cdvd.DiscExtractor;
import soliloquy.cdvd.DiscFile;
import soliloquy.cdvd.DiscImage;
import soliloquy.cdvd.IsoReader;
import soliloquy.machine.WholeFile;

/** {@code disc extract}. */
@Command(
        name = "extract",
        mixinStandardHelpOptions = true,
        description = "Copies files of a disc into a folder: all, or those named. Files that are there are replaced.")
final class DiscExtract implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DISC", description = "The image: ISO, CUE, or BIN.")
    private Path image;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "PATH", description = "Files or folders of the disc.")
    private List<String> paths = List.of();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FOLDER",
            description = "Where they go; made if it is missing.")
    private Path folder;

    @Option(names = "--json", paramLabel = "FILE", description = "Write what was extracted as JSON.")
    private Path json;

    @Override
    public Integer call() throws Exception {
        WholeFile.check(json);
        try (DiscImage disc = DiscFile.open(image);
                CommandProgress progress = new CommandProgress("extracting to " + folder)) {
            DiscExtractor extractor = new DiscExtractor(new IsoReader(disc, image.toString()), folder);
            List<DiscExtractor.Copy> copies = extractor.plan(paths);
            long total = copies.stream().mapToLong(copy -> copy.entry().size()).sum();
            extractor.extract(copies, bytes -> progress.at(bytes, total));
            for (DiscExtractor.Copy copy : copies) {
                System.out.println(copy.target());
            }
            if (json != null) {
                write(copies);
            }
        }
        return 0;
    }

    private void write(List<DiscExtractor.Copy> copies) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        ArrayNode files = mapper.createArrayNode();
        for (DiscExtractor.Copy copy : copies) {
            files.addObject()
                    .put("path", copy.entry().path())
                    .put("file", copy.target().toString())
                    .put("lsn", copy.entry().lsn())
                    .put("bytes", copy.entry().size());
        }
        WholeFile.write(json, mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(files));
    }
}
