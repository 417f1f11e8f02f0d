package soliloquy.llm.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import soliloquy.llm.convert.DefaultModel;
import soliloquy.llm.convert.PsntCheckpoint;
import soliloquy.llm.engine.EeArithmetic;
import soliloquy.llm.engine.ReferenceEngine;
import soliloquy.llm.generate.EngineModel;
import soliloquy.llm.generate.MemoryPlan;
import soliloquy.llm.generate.Residency;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.psnt.Models;
import soliloquy.llm.psnt.PsntEncoding;
import soliloquy.llm.psnt.PsntFile;
import soliloquy.llm.psnt.PsntHeader;
import soliloquy.llm.sample.Decimal;
import soliloquy.llm.sample.Sampler;
import soliloquy.llm.sample.SamplerSettings;
import soliloquy.machine.InputException;
import soliloquy.machine.MemoryChannel;

/** The C engine on the emulated processor gives the logits and choices of the Java engine in EE arithmetic, bit for bit. */
class EeEngineTest {
    private static final SamplerSettings SAMPLED =
            new SamplerSettings(new Decimal(7, 1), 11, new Decimal(95, 2), new Decimal(12, 1), 42);

    @TempDir
    private Path directory;

    @BeforeEach
    void needsTheCompiler() {
        Assumptions.assumeTrue(
                GuestBuilder.findCompiler().isPresent(), "skipped: " + GuestBuilder.COMPILER + " is not installed");
    }

    @ParameterizedTest
    @EnumSource
    void everyPartOfARandomModelAgrees(PsntEncoding encoding) throws IOException {
        for (ModelConfig config : new ModelConfig[] {Models.everything(), Models.plain()}) {
            byte[] file = Models.file(new PsntHeader(4, encoding, 0, config), 7);
            int[] tokens =
                    new Random(3).ints(config.context(), 0, config.vocabulary()).toArray();
            compare(file, tokens, 1, MemoryPlan::smallest);
            compare(file, tokens, 2, EeEngineTest::streaming);
            compare(file, tokens, 3, EeEngineTest::plan);
        }
    }

    @ParameterizedTest
    @EnumSource
    void longRowsAgree(PsntEncoding encoding) throws IOException {
        byte[] file = Models.file(new PsntHeader(4, encoding, 0, Models.wide()), 11);
        compare(file, new int[] {3, 69, 0}, 2, EeEngineTest::plan);
    }

    /**
     * Positions come to the scratchpad in chunks of 64, 32 or 16, by the width of a head; what is too large for it stays in memory: the work of wide
     * heads, and rows of more than 704 positions.
     */
    @ParameterizedTest
    @CsvSource({"6,4,2,140,3", "2,1,1,1,0", "72,4,1,70,0", "130,2,1,40,1", "2,2,1,720,0"})
    void attentionAgreesAcrossChunks(int width, int heads, int kvHeads, int context, int registers) throws IOException {
        ModelConfig config = Models.heads(width, heads, kvHeads, context, registers);
        byte[] file = Models.file(new PsntHeader(4, PsntEncoding.Q8, 0, config), 5);
        int[] tokens = new Random(9).ints(context, 0, config.vocabulary()).toArray();
        compare(file, tokens, 7, EeEngineTest::plan);
    }

    @Test
    void theDefaultModelAgrees() throws IOException {
        compare(DefaultModel.bytes(DefaultModel.WEIGHTS), new int[] {409, 408, 267}, 2, EeEngineTest::streaming);
    }

    @Test
    void aDamagedMatrixIsRefused() throws IOException {
        byte[] file = Models.file(new PsntHeader(4, PsntEncoding.Q8, 0, Models.everything()), 7);
        EngineModel model;
        try (PsntFile psnt = PsntFile.open("model", new MemoryChannel(file))) {
            model = EngineModel.of(psnt, 0, new byte[4096]);
            file[(int) psnt.tensor("layers.1.w3").offset() + 5] ^= 1;
        }
        EeProbe probe = new EeProbe(model, MemoryPlan.of(model), file, directory);
        assertThat(probe.run(new int[] {1}, 1, 0, 0, 0x3F80_0000, 0, 1)).isEqualTo(5);
    }

    private void compare(byte[] file, int[] tokens, int batch, Function<EngineModel, MemoryPlan> planner)
            throws IOException {
        EeArithmetic math = new EeArithmetic();
        PsntFile psnt = PsntFile.open("model", new MemoryChannel(file));
        try (PsntCheckpoint checkpoint = new PsntCheckpoint(psnt)) {
            EngineModel model = EngineModel.of(psnt, 0, new byte[4096]);
            EeProbe probe = new EeProbe(model, planner.apply(model), file, directory);
            int status = probe.run(
                    tokens,
                    batch,
                    bits(math, SAMPLED.temperature()),
                    bits(math, SAMPLED.topP()),
                    bits(math, SAMPLED.repeatPenalty()),
                    SAMPLED.topK(),
                    (int) SAMPLED.seed());
            assertThat(status).isZero();
            ReferenceEngine engine = new ReferenceEngine(checkpoint, math);
            Sampler sampler = new Sampler(SAMPLED, math);
            for (int i = 0; i < tokens.length; i++) {
                engine.accept(tokens[i]);
                sampler.saw(tokens[i]);
                if (i % batch == batch - 1 || i == tokens.length - 1) {
                    int[] logits = engine.logitBits();
                    assertThat(probe.logits(i / batch))
                            .as("logits behind token %d", i)
                            .containsExactly(logits);
                    assertThat(probe.choice(i / batch)).as("choice %d", i).isEqualTo(sampler.choose(logits));
                }
            }
        }
    }

    private static MemoryPlan plan(EngineModel model) {
        return plan(model, Residency.ALL);
    }

    private static MemoryPlan streaming(EngineModel model) {
        return plan(model, Residency.NONE);
    }

    private static MemoryPlan plan(EngineModel model, Residency residency) {
        try {
            return MemoryPlan.of(model, residency);
        } catch (InputException e) {
            throw new AssertionError(e);
        }
    }

    private static int bits(EeArithmetic math, Decimal decimal) {
        int power = 1;
        for (int i = 0; i < decimal.fractionDigits(); i++) {
            power *= 10;
        }
        int digits = math.fromInteger(decimal.digits());
        return decimal.fractionDigits() == 0 ? digits : math.div(digits, math.fromInteger(power));
    }
}
