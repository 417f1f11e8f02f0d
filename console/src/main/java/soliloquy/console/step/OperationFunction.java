package soliloquy.console.step;

import java.util.function.BiFunction;
import soliloquy.llm.psnt.ModelConfig;

/**
 * The engine's functions that are operations of the forward pass (vector.h, multiply.h, attention.h), and how their arguments are read. A function that
 * computes the vectors of several positions says so in {@link Call#positions}.
 */
enum OperationFunction {
    /** {@code (out, matrix, row, tile)} */
    DEQUANTISE_ROW("dequantise_row", (self, call) -> {
        GuestMatrix matrix = call.matrix(1);
        Call.Weights tile = new Call.Weights(call.word(3), call.word(2), 1);
        return new Call(self, call.word(0), matrix.columns(), 0, 1, 0, matrix, tile, null);
    }),
    /** {@code (out, x, weight, n, epsilon)} */
    RMSNORM("rmsnorm", (self, call) -> {
        return Call.with(self, call.word(0), call.word(3), new Call.Weights(call.word(2), -1, 1));
    }),
    /** {@code (activation, x, n, bias)} */
    QUANTISE("quantise", (self, call) -> Call.of(self, call.word(0), call.word(2))),
    /** {@code (out, row, matrix, inputs, n, next)}; a matrix that comes in parts is as many calls */
    MULTIPLY("multiply", (self, call) -> {
        GuestMatrix matrix = call.matrix(2);
        int n = call.word(4);
        Call.Weights rows = new Call.Weights(matrix.tiles(), -1, matrix.rows());
        return new Call(self, call.word(0), n * matrix.rows(), -1, n, call.word(1), matrix, rows, null);
    }),
    /** {@code (v, heads, head_dim, cosine, sine)} */
    ROPE("rope", (self, call) -> Call.of(self, call.word(0), call.word(1) * call.word(2))),
    /** {@code (out, q, cache, positions, weights, row)}: the heads that share a head of keys and values */
    ATTENTION_HEADS("attention_heads", (self, call) -> {
        ModelConfig config = call.config();
        int heads = config.heads() / config.kvHeads();
        Call.Heads shared = new Call.Heads(call.word(4), call.word(5), heads, call.word(3));
        return new Call(self, call.word(0), heads * config.headDim(), -1, 1, 0, null, null, shared);
    }),
    /** {@code (x, y, n)} */
    ADD_TO("add_to", (self, call) -> Call.of(self, call.word(0), call.word(2))),
    /** {@code (gate, up, n)} */
    SWIGLU("swiglu", (self, call) -> Call.of(self, call.word(0), call.word(2))),
    /** {@code (x, states, weights, count, n)} */
    WEIGHTED_SUM("weighted_sum", (self, call) -> {
        return Call.with(self, call.word(0), call.word(4), new Call.Weights(call.word(2), -1, 1));
    }),
    /** {@code (sampler, logits)}: gives a token and no vector. */
    SAMPLER_CHOOSE("sampler_choose", (self, call) -> Call.of(self, 0, 0));

    private final String symbol;
    private final BiFunction<OperationFunction, CallArguments, Call> reader;

    OperationFunction(String symbol, BiFunction<OperationFunction, CallArguments, Call> reader) {
        this.symbol = symbol;
        this.reader = reader;
    }

    /** Its name in the program. */
    String symbol() {
        return symbol;
    }

    /** The call whose first instruction is the next. */
    Call read(CallArguments arguments) {
        return reader.apply(this, arguments);
    }
}
