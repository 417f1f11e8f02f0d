package soliloquy.llm.convert;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.tokenizer.SyntheticVocabulary;
import soliloquy.llm.tokenizer.TokenizerFile;
import soliloquy.machine.InputException;

/** Published models whose shapes random weights can take. Their numbers are those of the models' own configuration files. */
public enum SyntheticShape {
    /** The architecture of the default model: shared blocks, DenseFormer, value residual, registers. */
    BRANDON_TINY_10M(new ModelConfig(256, 720, 24, 12, 8, 2, 8192, 512, 4, 10000f, 1e-5f, true, true, true)),
    /** llama2.c's test model. */
    STORIES260K(new ModelConfig(64, 172, 5, 5, 8, 4, 512, 512, 0, 10000f, 1e-5f, true, false, false)),
    /** llama2.c's largest model. */
    STORIES110M(new ModelConfig(768, 2048, 12, 12, 12, 12, 32000, 1024, 0, 10000f, 1e-5f, true, false, false)),
    /** Hugging Face's SmolLM2 of 135 million parameters. */
    SMOLLM2_135M(new ModelConfig(576, 1536, 30, 30, 9, 3, 49152, 2048, 0, 100000f, 1e-5f, true, false, false));

    private final ModelConfig config;

    SyntheticShape(ModelConfig config) {
        this.config = config;
    }

    /** The shape. */
    public ModelConfig config() {
        return config;
    }

    /** A tokenizer of the model's kind and size, with made-up pieces. */
    public TokenizerFile tokenizer() {
        return switch (this) {
            case BRANDON_TINY_10M -> SyntheticVocabulary.sentencePiece(config.vocabulary(), true);
            case STORIES110M -> SyntheticVocabulary.sentencePiece(config.vocabulary(), false);
            case STORIES260K -> SyntheticVocabulary.llama2c(config.vocabulary());
            case SMOLLM2_135M -> SyntheticVocabulary.byteLevel(config.vocabulary());
        };
    }

    /** Its name on a command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The shape with this name. */
    public static SyntheticShape of(String name) throws InputException {
        for (SyntheticShape shape : values()) {
            if (shape.label().equals(name.toLowerCase(Locale.ROOT))) {
                return shape;
            }
        }
        throw new InputException("--like is '" + name + "'; expected one of "
                + Arrays.stream(values()).map(SyntheticShape::label).collect(Collectors.joining(", ")));
    }
}
