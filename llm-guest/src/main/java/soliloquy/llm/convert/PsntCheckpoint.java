package soliloquy.llm.convert;

import java.io.IOException;
import soliloquy.llm.psnt.FloatTensor;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.psnt.PsntFile;
import soliloquy.llm.psnt.PsntTensor;
import soliloquy.llm.psnt.TensorKind;

/** The weights of a PSNT file, code times scale. */
public final class PsntCheckpoint implements Checkpoint {
    private final PsntFile file;

    /** Takes the file over. */
    public PsntCheckpoint(PsntFile file) {
        this.file = file;
    }

    /** The file itself, for its codes. */
    public PsntFile file() {
        return file;
    }

    @Override
    public String format() {
        return "PSNT version " + file.header().version() + ", " + file.header().encoding();
    }

    @Override
    public ModelConfig config() {
        return file.config();
    }

    @Override
    public FloatTensor read(TensorKind kind, int layer) throws IOException {
        PsntTensor tensor = file.tensor(kind, layer);
        return new FloatTensor(
                tensor.rows(), tensor.columns(), file.read(tensor).toFloats());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
