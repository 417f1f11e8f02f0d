package soliloquy.llm.engine;

import java.io.IOException;
import soliloquy.llm.convert.Checkpoint;
import soliloquy.llm.psnt.FloatTensor;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.psnt.TensorKind;

/** All weights of a model in memory. */
final class ModelWeights {
    final int[][] attentionNorms;
    final int[][] ffnNorms;
    final int[] norm;
    final int[][] registers;
    final int[][] denseFormer;
    final WeightMatrix embedding;
    final WeightMatrix output;
    final Layer[] layers;

    /** The matrices of one unique layer. */
    record Layer(
            WeightMatrix wq,
            WeightMatrix wk,
            WeightMatrix wv,
            WeightMatrix wo,
            WeightMatrix w1,
            WeightMatrix w3,
            WeightMatrix w2) {}

    ModelWeights(Checkpoint checkpoint, Arithmetic math) throws IOException {
        ModelConfig config = checkpoint.config();
        attentionNorms = rows(checkpoint, TensorKind.ATTENTION_NORM);
        ffnNorms = rows(checkpoint, TensorKind.FFN_NORM);
        norm = rows(checkpoint, TensorKind.NORM)[0];
        registers = config.registers() > 0 ? rows(checkpoint, TensorKind.REGISTERS) : new int[0][];
        denseFormer = config.denseFormer() ? rows(checkpoint, TensorKind.DENSEFORMER) : new int[0][];
        embedding = math.matrix(checkpoint, TensorKind.EMBEDDING, 0);
        layers = new Layer[config.uniqueLayers()];
        for (int k = 0; k < layers.length; k++) {
            layers[k] = new Layer(
                    math.matrix(checkpoint, TensorKind.WQ, k),
                    math.matrix(checkpoint, TensorKind.WK, k),
                    math.matrix(checkpoint, TensorKind.WV, k),
                    math.matrix(checkpoint, TensorKind.WO, k),
                    math.matrix(checkpoint, TensorKind.W1, k),
                    math.matrix(checkpoint, TensorKind.W3, k),
                    math.matrix(checkpoint, TensorKind.W2, k));
        }
        output = config.sharedOutput() ? embedding : math.matrix(checkpoint, TensorKind.OUTPUT, 0);
    }

    private static int[][] rows(Checkpoint checkpoint, TensorKind kind) throws IOException {
        FloatTensor tensor = checkpoint.read(kind, 0);
        int[][] rows = new int[tensor.rows()][tensor.columns()];
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < tensor.columns(); column++) {
                rows[row][column] = Float.floatToRawIntBits(tensor.values()[row * tensor.columns() + column]);
            }
        }
        return rows;
    }
}
