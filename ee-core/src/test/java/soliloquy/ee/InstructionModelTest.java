package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every integer and multimedia instruction of the table, executed as a word, against its model in unbounded integers. */
class InstructionModelTest {
    private static final int TRIES = 1000;

    private static final Map<Instruction, InstructionModel> MODELS = InstructionModel.all();

    static Set<Instruction> rows() {
        return MODELS.keySet();
    }

    @Test
    void everyIntegerAndMultimediaRowHasAModel() {
        Set<Instruction> claimed = Arrays.stream(Instruction.values())
                .filter(row -> row.unit == Instruction.Unit.INTEGER || row.unit == Instruction.Unit.MMI)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Instruction.class)));
        assertThat(MODELS.keySet()).isEqualTo(claimed);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void behavesAsItsModel(Instruction row) {
        ModelRunner runner = new ModelRunner(row.ordinal());
        InstructionModel model = MODELS.get(row);
        for (int i = 0; i < TRIES; i++) {
            runner.check(row, model);
        }
    }
}
