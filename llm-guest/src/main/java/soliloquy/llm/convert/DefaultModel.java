package soliloquy.llm.convert;

import java.io.IOException;
import java.io.InputStream;
import soliloquy.llm.psnt.PsntFile;
import soliloquy.llm.tokenizer.DiscTokenizer;
import soliloquy.llm.tokenizer.Tokenizer;
import soliloquy.machine.MemoryChannel;

/** The model that comes with the program: the files of the default disc, kept as resources. */
public final class DefaultModel {
    /** Name of the weights on the disc. */
    public static final String WEIGHTS = "MODEL.PSN";

    /** Name of the tokenizer on the disc. */
    public static final String TOKENIZER = "TOKENIZR.BIN";

    /** Name of the model card on the disc. */
    public static final String CARD = "MODEL.TXT";

    private static final String FOLDER = "/soliloquy/llm/disc/";

    private DefaultModel() {}

    /** The bytes of one file of the default disc. */
    public static byte[] bytes(String name) throws IOException {
        try (InputStream stream = DefaultModel.class.getResourceAsStream(FOLDER + name)) {
            if (stream == null) {
                throw new IllegalStateException("the program was built without its default model's " + name);
            }
            return stream.readAllBytes();
        }
    }

    /** The weights. */
    public static PsntFile weights() throws IOException {
        return PsntFile.open(WEIGHTS, new MemoryChannel(bytes(WEIGHTS)));
    }

    /** The weights as a checkpoint. */
    public static Checkpoint checkpoint() throws IOException {
        return new PsntCheckpoint(weights());
    }

    /** The tokenizer. */
    public static Tokenizer tokenizer() throws IOException {
        return Tokenizer.of(DiscTokenizer.read(TOKENIZER, bytes(TOKENIZER)));
    }
}
