package soliloquy.console.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import soliloquy.cdvd.DriveProfile;
import soliloquy.llm.generate.MemoryPlan;

/** A memory plan as JSON; sizes are bytes, times seconds at the drive's limit. */
public final class PlanJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PlanJson() {}

    /** The whole file. */
    public static byte[] of(PlanFigures figures) throws JsonProcessingException {
        MemoryPlan plan = figures.plan();
        ObjectNode root = MAPPER.createObjectNode()
                .put("model", figures.name())
                .put("context", figures.model().context())
                .put("batch", plan.batch())
                .put("unique_layers", figures.model().config().uniqueLayers())
                .put("resident_layers", plan.residentLayers())
                .put("ring_layers", plan.ringLayers())
                .put("embedding_resident", plan.embeddingResident())
                .put("output_resident", plan.outputResident());
        ArrayNode regions = root.putArray("regions");
        for (MemoryPlan.Region region : plan.regions()) {
            regions.addObject()
                    .put("name", region.name())
                    .put("bytes", region.bytes())
                    .put("note", region.note());
        }
        root.put("total_bytes", plan.total()).put("available_bytes", MemoryPlan.AVAILABLE);
        root.put("streamed_bytes_per_pass", figures.passBytes()).put("streamed_bytes_per_token", figures.tokenBytes());
        root.putObject("seconds_per_token")
                .put("dvd4", figures.tokenSeconds(DriveProfile.DVD4))
                .put("cd24", figures.tokenSeconds(DriveProfile.CD24));
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    }
}
