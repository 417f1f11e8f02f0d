package soliloquy.console.step;

import java.io.IOException;
import soliloquy.cdvd.IsoEntry;
import soliloquy.cdvd.IsoReader;
import soliloquy.console.BootMedium;
import soliloquy.llm.convert.DefaultModel;
import soliloquy.llm.convert.PsntCheckpoint;
import soliloquy.llm.generate.ForwardPassMap;
import soliloquy.llm.psnt.PsntFile;
import soliloquy.llm.tokenizer.DiscTokenizer;
import soliloquy.llm.tokenizer.Tokenizer;
import soliloquy.machine.InputException;

/**
 * The model on the disc in the drive.
 *
 * @param lsn sector at which MODEL.PSN begins
 */
public record ModelDisc(PsntFile file, int lsn, ForwardPassMap map, Tokenizer tokenizer) {
    private static final int LARGEST_TOKENIZER = 32 << 20;

    /** @throws InputException the disc holds no model with its tokenizer */
    public static ModelDisc of(BootMedium medium, String name) throws IOException {
        if (medium.disc() == null) {
            throw new InputException(name + " is a program without a disc; expected a disc with " + DefaultModel.WEIGHTS
                    + " on it (make one with 'disc build --model')");
        }
        IsoReader reader = new IsoReader(medium.disc(), name);
        IsoEntry weights = find(reader, DefaultModel.WEIGHTS);
        IsoEntry pieces = find(reader, DefaultModel.TOKENIZER);
        PsntFile file = PsntFile.open(name + ": " + DefaultModel.WEIGHTS, reader.open(weights));
        Tokenizer tokenizer = Tokenizer.of(
                DiscTokenizer.read(name + ": " + DefaultModel.TOKENIZER, reader.read(pieces, LARGEST_TOKENIZER)));
        return new ModelDisc(file, weights.lsn(), ForwardPassMap.of(file.config(), file.tensors()), tokenizer);
    }

    private static IsoEntry find(IsoReader reader, String file) throws IOException {
        return reader.find("\\" + file + ";1")
                .orElseThrow(() -> new InputException(reader.name() + " has no " + file
                        + "; expected a disc of a language model (make one with 'disc build --model')"));
    }

    /** The weights for the reference engine. */
    PsntCheckpoint checkpoint() {
        return new PsntCheckpoint(file);
    }

    /** The text of a token for a table: in quotes, control pieces by their names. */
    String text(int id) {
        if (id < 0 || id >= tokenizer.vocabulary()) {
            return "id " + id;
        }
        String bytes = new String(tokenizer.pieceBytes(id), java.nio.charset.StandardCharsets.UTF_8);
        String shown = bytes.isEmpty() ? tokenizer.file().pieces().get(id).toString() : bytes;
        return "'" + shown.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + "'";
    }
}
