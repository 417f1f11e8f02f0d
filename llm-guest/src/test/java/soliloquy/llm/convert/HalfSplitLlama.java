package soliloquy.llm.convert;

import java.util.Map;

/**
 * A Hugging Face Llama's forward pass in double precision, straight from its checkpoint's tensors: rotary embedding by halves, every
 * position anew, no cache.
 */
record HalfSplitLlama(
        Map<String, TestCheckpoints.Stored> tensors,
        int dim,
        int hidden,
        int layers,
        int heads,
        int kvHeads,
        int vocabulary,
        double theta,
        double epsilon) {

    /** Logits behind the last token. */
    double[] logits(int[] tokens) {
        double[][] x = new double[tokens.length][];
        for (int t = 0; t < tokens.length; t++) {
            x[t] = row("model.embed_tokens.weight", tokens[t], dim);
        }
        for (int layer = 0; layer < layers; layer++) {
            layer(x, "model.layers." + layer + ".");
        }
        return times("lm_head.weight", norm(x[x.length - 1], "model.norm.weight"), vocabulary);
    }

    private void layer(double[][] x, String name) {
        int count = x.length;
        int headDim = dim / heads;
        double[][] q = new double[count][];
        double[][] k = new double[count][];
        double[][] v = new double[count][];
        for (int t = 0; t < count; t++) {
            double[] h = norm(x[t], name + "input_layernorm.weight");
            q[t] = rotated(times(name + "self_attn.q_proj.weight", h, dim), t, headDim);
            k[t] = rotated(times(name + "self_attn.k_proj.weight", h, kvHeads * headDim), t, headDim);
            v[t] = times(name + "self_attn.v_proj.weight", h, kvHeads * headDim);
        }
        for (int t = 0; t < count; t++) {
            double[] mixed = new double[dim];
            for (int head = 0; head < heads; head++) {
                int kv = head / (heads / kvHeads) * headDim;
                double[] weights = new double[t + 1];
                double sum = 0;
                for (int s = 0; s <= t; s++) {
                    double score = 0;
                    for (int i = 0; i < headDim; i++) {
                        score += q[t][head * headDim + i] * k[s][kv + i];
                    }
                    weights[s] = Math.exp(score / Math.sqrt(headDim));
                    sum += weights[s];
                }
                for (int s = 0; s <= t; s++) {
                    for (int i = 0; i < headDim; i++) {
                        mixed[head * headDim + i] += weights[s] / sum * v[s][kv + i];
                    }
                }
            }
            add(x[t], times(name + "self_attn.o_proj.weight", mixed, dim));
            double[] h = norm(x[t], name + "post_attention_layernorm.weight");
            double[] gate = times(name + "mlp.gate_proj.weight", h, hidden);
            double[] up = times(name + "mlp.up_proj.weight", h, hidden);
            for (int i = 0; i < hidden; i++) {
                gate[i] *= up[i] / (1 + Math.exp(-gate[i]));
            }
            add(x[t], times(name + "mlp.down_proj.weight", gate, dim));
        }
    }

    /** x cos + rotate_half(x) sin, head by head. */
    private double[] rotated(double[] x, int position, int headDim) {
        double[] result = new double[x.length];
        int half = headDim / 2;
        for (int i = 0; i < x.length; i++) {
            int base = i / headDim * headDim;
            int inHead = i % headDim;
            double angle = position / Math.pow(theta, 2.0 * (inHead % half) / headDim);
            double other = inHead < half ? -x[base + inHead + half] : x[base + inHead - half];
            result[i] = x[i] * Math.cos(angle) + other * Math.sin(angle);
        }
        return result;
    }

    private double[] norm(double[] x, String name) {
        double squares = 0;
        for (double value : x) {
            squares += value * value;
        }
        double scale = 1 / Math.sqrt(squares / x.length + epsilon);
        double[] weights = row(name, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            weights[i] *= x[i] * scale;
        }
        return weights;
    }

    private double[] times(String name, double[] x, int rows) {
        double[] result = new double[rows];
        for (int r = 0; r < rows; r++) {
            double[] row = row(name, r, x.length);
            for (int i = 0; i < x.length; i++) {
                result[r] += row[i] * x[i];
            }
        }
        return result;
    }

    private double[] row(String name, int row, int columns) {
        double[] values = new double[columns];
        for (int i = 0; i < columns; i++) {
            values[i] = tensors.get(name).values()[row * columns + i];
        }
        return values;
    }

    private static void add(double[] target, double[] addend) {
        for (int i = 0; i < target.length; i++) {
            target[i] += addend[i];
        }
    }
}
