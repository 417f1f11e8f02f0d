package soliloquy.console.plan;

import java.util.ArrayList;
import java.util.List;
import soliloquy.cdvd.DiscImage;
import soliloquy.cdvd.DriveProfile;
import soliloquy.llm.generate.EngineModel;
import soliloquy.llm.generate.MemoryPlan;
import soliloquy.llm.psnt.PsntTensor;
import soliloquy.llm.psnt.TensorKind;

/**
 * A memory plan and the model it is for.
 *
 * @param name of the model, for people
 */
public record PlanFigures(String name, EngineModel model, MemoryPlan plan) {
    /** Sectors of a disc before its first file: volume descriptors and folders; a few more or less change no figure. */
    private static final int SECTORS_BEFORE_FILES = 24;

    /** Spindle byte of the highest speed at constant angular velocity, in which the streaming module reads. */
    private static final int HIGHEST_SPEED = 0;

    /** One part of the console's 32 MB. */
    record Block(String name, long bytes, String note, Use use) {}

    /** What a part of memory is for. */
    enum Use {
        SYSTEM,
        WEIGHTS,
        STREAM,
        STATE,
        FREE
    }

    /** All 32 MB from the kernel to the end, in the order of the plan's table; sizes are exact, the linker's order is its own. */
    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block("kernel", MemoryPlan.PROGRAM_START, "the console's own", Use.SYSTEM));
        for (MemoryPlan.Region region : plan.regions()) {
            blocks.add(new Block(region.name(), region.bytes(), region.note(), use(region)));
        }
        blocks.add(new Block("free", Math.max(0, MemoryPlan.AVAILABLE - plan.total()), "", Use.FREE));
        blocks.add(new Block("stack", MemoryPlan.STACK + MemoryPlan.KERNEL_TOP, "of the main thread", Use.SYSTEM));
        return blocks;
    }

    private static Use use(MemoryPlan.Region region) {
        return switch (region.name()) {
            case "program", "RoPE tables" -> Use.SYSTEM;
            case "ring" -> Use.STREAM;
            case "key and value cache", "vectors", "logits and sampler", "tokenizer" -> Use.STATE;
            default -> region.note().startsWith("rows from the disc") ? Use.STREAM : Use.WEIGHTS;
        };
    }

    /** Layers that every pass reads from the disc. */
    int streamedLayers() {
        return model.config().uniqueLayers() - plan.residentLayers();
    }

    /** Bytes that one pass through the layers reads. */
    long passBytes() {
        return plan.streamedBytesPerPass(model);
    }

    /** Bytes that one token reads: a pass, and the output matrix where it does not stay. A row of the embedding is not counted. */
    long tokenBytes() {
        return passBytes() + (plan.outputResident() ? 0 : sectors(output().bytes()) * DiscImage.SECTOR_BYTES);
    }

    /** Seconds in which a drive gives the sectors of a token one after the other, without seeks. */
    double tokenSeconds(DriveProfile drive) {
        PsntTensor matrix = model.tensor(TensorKind.WQ);
        long layers = fileSector() + matrix.offset() / DiscImage.SECTOR_BYTES;
        long sectors = passBytes() / DiscImage.SECTOR_BYTES;
        long total = sectors / Math.max(1, streamedLayers()) * model.config().uniqueLayers();
        double seconds = drive.passSeconds(HIGHEST_SPEED, layers + (double) (total - sectors), layers + (double) total);
        if (!plan.outputResident()) {
            long first = fileSector() + output().offset() / DiscImage.SECTOR_BYTES;
            seconds += drive.passSeconds(HIGHEST_SPEED, (double) first, first + (double) sectors(output().bytes()));
        }
        return seconds;
    }

    private PsntTensor output() {
        return model.tensor(model.outputKind());
    }

    /** Where MODEL.PSN begins on its disc: behind the program and the tokenizer. */
    private long fileSector() {
        long program = 0;
        for (MemoryPlan.Region region : plan.regions()) {
            program += use(region) == Use.SYSTEM ? region.bytes() : 0;
        }
        return SECTORS_BEFORE_FILES + sectors(program) + sectors(model.tokenizerBytes());
    }

    private static long sectors(long bytes) {
        return (bytes + DiscImage.SECTOR_BYTES - 1) / DiscImage.SECTOR_BYTES;
    }
}
