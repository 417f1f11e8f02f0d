package soliloquy.console.step;

import soliloquy.llm.generate.ForwardPassMap;
import soliloquy.llm.generate.ForwardPassMap.Operation;

/**
 * An operation that the guest has just executed.
 *
 * @param number 1 is the first since power-on
 * @param pass the pass it belongs to, or null: the sampler works behind all passes
 * @param place what it is in the map, or null: not in the map
 * @param before the time from the operation before it to its begin
 * @param begin EE cycles since power-on at its first instruction
 * @param end the same behind its last
 * @param returned what the function returned
 * @param endsLayer true if the next operation belongs to another layer
 */
record OperationRun(
        long number,
        Call call,
        Pass pass,
        PassCursor.Place place,
        Interlude before,
        long begin,
        long end,
        int returned,
        boolean endsLayer) {
    long cycles() {
        return end - begin;
    }

    /** True for the function that ends a token. */
    boolean endsToken() {
        return call.function() == OperationFunction.SAMPLER_CHOOSE;
    }

    /** The operation of the map, or null. */
    Operation operation() {
        return place == null ? null : place.operation();
    }

    /** Its stage for tables and titles; the function's name where the map has no such operation. */
    String stage() {
        return endsToken()
                ? "sampler"
                : place == null
                        ? call.function().symbol()
                        : place.operation().stage().label();
    }

    /** Logical layer, or {@link ForwardPassMap#NO_LAYER}. */
    int layer() {
        return place == null ? ForwardPassMap.NO_LAYER : place.operation().layer();
    }
}
