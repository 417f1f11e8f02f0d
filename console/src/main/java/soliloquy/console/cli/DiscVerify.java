package soliloquy.console.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import soliloquy.cdvd.DiscFile;
import soliloquy.cdvd.DiscImage;
import soliloquy.console.DiscVerification;
import soliloquy.console.ExitStatus;
import soliloquy.machine.WholeFile;

/** {@code disc verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Checks a disc: file system, boot file, the check sums of models. Exit status 6 if anything is wrong.")
final class DiscVerify implements Callable<Integer> {
    @Parameters(paramLabel = "DISC", description = "The image: ISO, CUE, or BIN.")
    private Path image;

    @Option(names = "--against", paramLabel = "FOLDER", description = "Compare with the files of a folder too.")
    private Path against;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the findings as JSON.")
    private Path json;

    @Override
    public Integer call() throws Exception {
        WholeFile.check(json);
        List<String> findings;
        int sectors;
        try (DiscImage disc = DiscFile.open(image)) {
            sectors = disc.sectorCount();
            findings = DiscVerification.verify(disc, image.toString(), against);
        }
        findings.forEach(System.out::println);
        System.out.printf("%d sectors, %s%n", sectors, findings.isEmpty() ? "sound" : findings.size() + " findings");
        if (json != null) {
            ObjectMapper mapper = new ObjectMapper();
            ObjectNode root = mapper.createObjectNode().put("sectors", sectors).put("sound", findings.isEmpty());
            ArrayNode list = root.putArray("findings");
            findings.forEach(list::add);
            WholeFile.write(json, mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
        }
        return findings.isEmpty() ? 0 : ExitStatus.UNSOUND_DISC;
    }
}
