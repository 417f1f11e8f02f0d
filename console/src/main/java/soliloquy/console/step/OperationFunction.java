package soliloquy.console.step;

import java.util.function.BiFunction;

/**
 * The engine's functions that are operations of the forward pass (kernels.h), and how their arguments are read. A function that
 * computes the vectors of several positions says so in {@link Call#positions}.
 */
enum OperationFunction {
    /** {@code (out, matrix, row, codes)} */
    DEQUANTISE_ROW("dequantise_row", (self, call) -> {
        GuestMatrix matrix = call.matrix(1);
        Call.Weights row = new Call.Weights(call.word(3), call.word(2), 1);
        return new Call(self, call.word(0), matrix.columns(), 0, 1, matrix, row, null);
    }),
    /** {@code (out, x, weight, n, epsilon)} */
    RMSNORM("rmsnorm", (self, call) -> {
        return Call.with(self, call.word(0), call.word(3), new Call.Weights(call.word(2), -1, 1));
    }),
    /** {@code (activation, x, n)} */
    QUANTISE("quantise", (self, call) -> Call.of(self, call.word(0), call.word(2))),
    /** {@code (out, matrix, first, count, activation)} */
    MULTIPLY("multiply", (self, call) -> {
        GuestMatrix matrix = call.matrix(1);
        Call.Weights rows = new Call.Weights(matrix.codes(), call.word(2), call.word(3));
        int out = call.word(0) + Float.BYTES * rows.first();
        return new Call(self, out, rows.rows(), rows.first(), 1, matrix, rows, null);
    }),
    /** {@code (v, heads, head_dim, cosine, sine)} */
    ROPE("rope", (self, call) -> Call.of(self, call.word(0), call.word(1) * call.word(2))),
    /** {@code (out, q, keys, values, positions, row, head_dim, scale, scores)} */
    ATTENTION_HEAD("attention_head", (self, call) -> {
        Call.Head head = new Call.Head(call.word(8), call.word(4));
        return new Call(self, call.word(0), call.word(6), -1, 1, null, null, head);
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
