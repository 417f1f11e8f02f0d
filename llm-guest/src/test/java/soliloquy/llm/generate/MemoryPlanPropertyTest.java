package soliloquy.llm.generate;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.psnt.PsntEncoding;
import soliloquy.llm.psnt.PsntHeader;
import soliloquy.llm.psnt.PsntLayout;
import soliloquy.llm.psnt.PsntTensor;
import soliloquy.machine.InputException;

/** Plans of models of any shape. */
class MemoryPlanPropertyTest {
    private static final int SECTOR = 2048;

    @Provide
    Arbitrary<EngineModel> models() {
        Arbitrary<int[]> heads = Combinators.combine(
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of(8, 16, 32, 48, 64))
                .as((keys, group, width) -> new int[] {keys, group, width});
        Arbitrary<int[]> layers = Combinators.combine(
                        Arbitraries.integers().between(1, 16),
                        Arbitraries.integers().between(1, 3))
                .as((unique, uses) -> new int[] {unique, uses});
        return Combinators.combine(
                        heads,
                        layers,
                        Arbitraries.integers().between(1, 128).map(n -> 16 * n),
                        Arbitraries.integers().between(8, 40_000),
                        Arbitraries.integers().between(1, 2048),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.of(PsntEncoding.class))
                .as((head, layer, hidden, vocabulary, context, registers, flags, encoding) -> {
                    ModelConfig config = new ModelConfig(
                            head[0] * head[1] * head[2],
                            hidden,
                            layer[0] * layer[1],
                            layer[0],
                            head[0] * head[1],
                            head[0],
                            vocabulary,
                            context,
                            registers,
                            10000f,
                            1e-5f,
                            (flags & 1) != 0,
                            (flags & 2) != 0,
                            (flags & 4) != 0);
                    PsntHeader header = new PsntHeader(4, encoding, 0, config);
                    return new EngineModel(header, PsntLayout.of(header).tensors(), context, 200_000, 0);
                });
    }

    @Property(tries = 300)
    void whatFitsIsNotLargerThanMemoryAndLosesNoLayer(
            @ForAll("models") EngineModel own, @ForAll("residencies") Residency wanted) {
        EngineModel model = own.withContext(DefaultContext.of(own));
        MemoryPlan plan;
        try {
            plan = MemoryPlan.of(model, wanted);
        } catch (InputException e) {
            assertThat(MemoryPlan.smallest(model.withContext(1)).fits()).isFalse();
            return;
        }
        int unique = model.config().uniqueLayers();
        assertThat(plan.fits()).isTrue();
        assertThat(plan.total()).isLessThanOrEqualTo(MemoryPlan.AVAILABLE);
        assertThat(plan.residentLayers()).isBetween(0, Math.min(unique, wanted.layers()));
        assertThat(plan.streamedBytesPerPass(model)).isEqualTo(layerBytes(model) * (unique - plan.residentLayers()));
        assertThat(plan.ringLayers() == 0).isEqualTo(plan.residentLayers() == unique);
        assertThat(bytes(plan, "resident layers")).isEqualTo(layerBytes(model) * plan.residentLayers());
        assertThat(bytes(plan, "ring")).isEqualTo(layerBytes(model) * plan.ringLayers());
        assertThat(plan.table().lines()).hasSize(plan.regions().size() + 1);
    }

    @Property(tries = 100)
    void oneLayerMoreDoesNotFit(@ForAll("models") EngineModel own) throws InputException {
        EngineModel model = own.withContext(DefaultContext.of(own));
        if (!MemoryPlan.smallest(model).fits()) {
            return;
        }
        MemoryPlan plan = MemoryPlan.of(model, Residency.ALL);
        if (plan.residentLayers() < model.config().uniqueLayers() - 1) {
            assertThat(plan.total() + layerBytes(model)).isGreaterThan(MemoryPlan.AVAILABLE);
        }
    }

    @Provide
    Arbitrary<Residency> residencies() {
        return Arbitraries.oneOf(
                Arbitraries.just(Residency.ALL),
                Arbitraries.integers().between(0, 20).map(Residency::new));
    }

    private static long bytes(MemoryPlan plan, String region) {
        return plan.regions().stream()
                .filter(r -> r.name().equals(region))
                .mapToLong(MemoryPlan.Region::bytes)
                .sum();
    }

    /** Every matrix of a layer begins on a sector. */
    private static long layerBytes(EngineModel model) {
        long bytes = 0;
        for (PsntTensor tensor : model.tensors()) {
            boolean matrix = switch (tensor.kind()) {
                case WQ, WK, WV, WO, W1, W2, W3 -> true;
                default -> false;
            };
            if (matrix && tensor.layer() == 0) {
                bytes += (tensor.bytes() + SECTOR - 1) / SECTOR * SECTOR;
            }
        }
        return bytes;
    }
}
