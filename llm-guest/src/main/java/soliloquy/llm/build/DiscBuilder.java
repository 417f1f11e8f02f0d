package soliloquy.llm.build;

import java.io.IOException;
import java.nio.file.Path;
import soliloquy.cdvd.IsoLayout;
import soliloquy.llm.convert.DefaultModel;
import soliloquy.llm.psnt.PsntFile;
import soliloquy.machine.InputException;

/** Puts the files of a model's disc together; SYSTEM.CNF, the program and its module come first, the weights last. */
public final class DiscBuilder {
    private DiscBuilder() {}

    /**
     * The layout of a disc; write it with {@code IsoWriter} or serve it with {@link IsoLayout#image}.
     *
     * @param program SOLILOQU.ELF
     * @param model MODEL.PSN, version 4
     * @param tokenizer TOKENIZR.BIN
     * @param card text for MODEL.TXT; its first line is shown as the model's name
     */
    public static IsoLayout layout(byte[] program, Path model, Path tokenizer, byte[] card) throws IOException {
        try (PsntFile file = PsntFile.open(model)) {
            if (file.header().version() != 4) {
                throw new InputException(model + ": version " + file.header().version()
                        + "; expected 4, the one that can be streamed from a disc");
            }
        }
        return new IsoLayout("SOLILOQUY")
                .add("SYSTEM.CNF", IsoLayout.systemConfiguration(GuestBuilder.PROGRAM, "NTSC"))
                .add(GuestBuilder.PROGRAM, program)
                .add(ModuleBuilder.STREAM, DefaultModel.bytes(ModuleBuilder.STREAM))
                .add("MODEL.TXT", card)
                .add("TOKENIZR.BIN", tokenizer)
                .add("MODEL.PSN", model);
    }
}
