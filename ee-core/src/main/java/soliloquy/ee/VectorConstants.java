package soliloquy.ee;

import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShuffle;

/**
 * Rearrangements of lanes that vector code is given as constants, see {@link VectorConstant}. To be touched only where the
 * JVM has the module jdk.incubator.vector.
 */
final class VectorConstants {
    private VectorConstants() {}

    /** The objects in the order of {@link VectorConstant}. */
    static List<Object> all() {
        return Arrays.stream(VectorConstant.values())
                .map(VectorConstants::value)
                .toList();
    }

    private static Object value(VectorConstant constant) {
        int[] lanes = constant.lanes();
        if (constant.ofOne) {
            return switch (constant.lane) {
                case BYTES -> VectorShuffle.fromArray(ByteVector.SPECIES_128, lanes, 0);
                case HALVES -> VectorShuffle.fromArray(ShortVector.SPECIES_128, lanes, 0);
                case WORDS ->
                    VectorShuffle.fromArray(
                            lanes.length == 4 ? IntVector.SPECIES_128 : IntVector.SPECIES_256, lanes, 0);
                case DOUBLEWORDS ->
                    VectorShuffle.fromArray(
                            lanes.length == 2 ? LongVector.SPECIES_128 : LongVector.SPECIES_256, lanes, 0);
            };
        }
        return switch (constant.lane) {
            case BYTES -> {
                byte[] bytes = new byte[lanes.length];
                for (int i = 0; i < lanes.length; i++) {
                    bytes[i] = (byte) lanes[i];
                }
                yield ByteVector.fromArray(ByteVector.SPECIES_128, bytes, 0);
            }
            case HALVES -> {
                short[] halves = new short[lanes.length];
                for (int i = 0; i < lanes.length; i++) {
                    halves[i] = (short) lanes[i];
                }
                yield ShortVector.fromArray(ShortVector.SPECIES_128, halves, 0);
            }
            case WORDS -> IntVector.fromArray(IntVector.SPECIES_128, lanes, 0);
            case DOUBLEWORDS -> {
                long[] doubles = new long[lanes.length];
                for (int i = 0; i < lanes.length; i++) {
                    doubles[i] = lanes[i];
                }
                yield LongVector.fromArray(
                        lanes.length == 2 ? LongVector.SPECIES_128 : LongVector.SPECIES_256, doubles, 0);
            }
        };
    }
}
