package soliloquy.console.cli;

import java.io.IOException;
import java.nio.file.Path;
import soliloquy.cdvd.IsoEntry;
import soliloquy.cdvd.IsoReader;
import soliloquy.console.BootMedium;
import soliloquy.llm.convert.DefaultModel;
import soliloquy.llm.tokenizer.ChatTemplate;
import soliloquy.llm.tokenizer.DiscTokenizer;
import soliloquy.machine.InputException;

/** How the model on a disc writes conversations. */
final class DiscChat {
    private static final int LARGEST_TOKENIZER = 32 << 20;

    private DiscChat() {}

    /**
     * The template of the tokenizer on a disc.
     *
     * @param program disc image, or null for the default disc
     * @throws InputException there is no disc, or no tokenizer on it
     */
    static ChatTemplate of(Path program) throws IOException {
        if (program == null) {
            return DefaultModel.tokenizer().file().chat();
        }
        try (BootMedium medium = BootMedium.open(program)) {
            if (medium.disc() == null) {
                throw missing(program);
            }
            IsoReader reader = new IsoReader(medium.disc(), program.toString());
            IsoEntry entry = reader.find("\\" + DefaultModel.TOKENIZER + ";1").orElseThrow(() -> missing(program));
            return DiscTokenizer.read(program + ": " + DefaultModel.TOKENIZER, reader.read(entry, LARGEST_TOKENIZER))
                    .chat();
        }
    }

    private static InputException missing(Path program) {
        return new InputException("--chat needs a disc with " + DefaultModel.TOKENIZER + " on it, which " + program
                + " is not; give the whole text with --prompt");
    }
}
