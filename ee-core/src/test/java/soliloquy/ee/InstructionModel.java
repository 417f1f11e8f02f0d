package soliloquy.ee;

import java.util.EnumMap;
import java.util.Map;

/** What one instruction does, written down as the manual says it and not as the interpreter does it. */
@FunctionalInterface
interface InstructionModel {
    void apply(ModelState state, Operands operands);

    /** The models of all integer and multimedia instructions. */
    static Map<Instruction, InstructionModel> all() {
        Map<Instruction, InstructionModel> models = new EnumMap<>(Instruction.class);
        IntegerModels.addTo(models);
        MultiplyModels.addTo(models);
        MemoryModels.addTo(models);
        ControlModels.addTo(models);
        LaneModels.addTo(models);
        ShuffleModels.addTo(models);
        LaneProductModels.addTo(models);
        return models;
    }
}
