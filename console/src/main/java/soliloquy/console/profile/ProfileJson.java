package soliloquy.console.profile;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import soliloquy.machine.Clocks;
import soliloquy.machine.WholeFile;

/** A profile for machines. */
public final class ProfileJson {
    private ProfileJson() {}

    /** Writes {@code profile} to {@code file}, whole or not at all. */
    public static void write(GuestProfile profile, Path file) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode()
                .put("timing", profile.timing())
                .put("cycles", profile.cycles())
                .put("seconds", Clocks.seconds(profile.cycles()))
                .put("samples", profile.samples())
                .put("period", profile.period());
        ArrayNode stages = root.putArray("stages");
        for (Phase phase : Phase.values()) {
            for (Stage stage : Stage.values()) {
                long cycles = profile.stages().cycles(phase, stage);
                if (cycles > 0) {
                    stages.addObject()
                            .put("phase", phase.title)
                            .put("stage", stage.title)
                            .put("cycles", cycles)
                            .put("disc_bytes", profile.stages().octets(phase, stage));
                }
            }
        }
        CallGraph graph = new CallGraph(profile);
        ArrayNode functions = root.putArray("functions");
        for (CallGraph.Function function : graph.functions()) {
            ObjectNode node = functions
                    .addObject()
                    .put("name", function.name())
                    .put("own_cycles", function.own())
                    .put("total_cycles", function.total());
            if (profile.caches()) {
                node.put("data_misses", function.dataMisses()).put("fetch_misses", function.fetchMisses());
            }
        }
        ArrayNode calls = root.putArray("calls");
        for (CallGraph.Calls call : graph.calls()) {
            calls.addObject()
                    .put("caller", call.caller() == null ? null : call.caller().name())
                    .put("called", call.called().name())
                    .put("cycles", call.cycles());
        }
        WholeFile.write(file, mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
    }
}
