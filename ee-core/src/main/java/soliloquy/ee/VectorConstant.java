package soliloquy.ee;

import java.lang.constant.DynamicConstantDesc;
import soliloquy.ee.RegionEmitter.Datum;

/** Where lanes go; given to the region's class as objects behind those of {@link Datum}. */
enum VectorConstant {
    INTERLEAVE_LOW_BYTES(VectorLane.BYTES, false, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23),
    INTERLEAVE_HIGH_BYTES(VectorLane.BYTES, false, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31),
    INTERLEAVE_LOW_HALVES(VectorLane.HALVES, false, 0, 8, 1, 9, 2, 10, 3, 11),
    INTERLEAVE_HIGH_HALVES(VectorLane.HALVES, false, 4, 12, 5, 13, 6, 14, 7, 15),
    INTERLEAVE_LOW_WORDS(VectorLane.WORDS, false, 0, 4, 1, 5),
    INTERLEAVE_HIGH_WORDS(VectorLane.WORDS, false, 2, 6, 3, 7),
    PACK_BYTES(VectorLane.BYTES, false, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30),
    PACK_HALVES(VectorLane.HALVES, false, 0, 2, 4, 6, 8, 10, 12, 14),
    PACK_WORDS(VectorLane.WORDS, false, 0, 2, 4, 6),
    LOW_DOUBLEWORDS(VectorLane.DOUBLEWORDS, false, 0, 2),
    HIGH_DOUBLEWORDS(VectorLane.DOUBLEWORDS, false, 1, 3),
    COPY_HALF(VectorLane.HALVES, true, 0, 0, 0, 0, 4, 4, 4, 4),
    EXCHANGE_EVEN_HALVES(VectorLane.HALVES, true, 2, 1, 0, 3, 6, 5, 4, 7),
    EXCHANGE_CENTER_HALVES(VectorLane.HALVES, true, 0, 2, 1, 3, 4, 6, 5, 7),
    REVERSE_HALVES(VectorLane.HALVES, true, 3, 2, 1, 0, 7, 6, 5, 4),
    EXCHANGE_EVEN_WORDS(VectorLane.WORDS, true, 2, 1, 0, 3),
    EXCHANGE_CENTER_WORDS(VectorLane.WORDS, true, 0, 2, 1, 3),
    ROTATE_WORDS(VectorLane.WORDS, true, 1, 2, 0, 3),
    /** LO and HI: from the order of {@link R5900#gpr} to that of products, and back. */
    PRODUCTS(VectorLane.DOUBLEWORDS, true, 0, 2, 1, 3),
    /** The even words of LO and HI, in the order of products, to the lower half. */
    EVEN_WORDS(VectorLane.WORDS, true, 0, 2, 4, 6, 1, 3, 5, 7),
    /** LO, or HI, to the lower half. */
    LO_FIRST(VectorLane.DOUBLEWORDS, true, 0, 2, 1, 3),
    HI_FIRST(VectorLane.DOUBLEWORDS, true, 1, 3, 0, 2),
    /** The lower half of a vector, to where LO is, and where HI is. */
    SPREAD(VectorLane.DOUBLEWORDS, true, 0, 0, 1, 1),
    /** Ones where LO is, and where HI is. */
    LO_ONLY(VectorLane.DOUBLEWORDS, false, -1, 0, -1, 0),
    HI_ONLY(VectorLane.DOUBLEWORDS, false, 0, -1, 0, -1);

    final VectorLane lane;
    /** True for a rearrangement of one register; false for lanes chosen from two, and for bits. */
    final boolean ofOne;

    private final int[] lanes;
    final DynamicConstantDesc<?> constant;

    VectorConstant(VectorLane lane, boolean ofOne, int... lanes) {
        this.lane = lane;
        this.ofOne = ofOne;
        this.lanes = lanes;
        constant = RegionEmitter.classData(
                Datum.values().length + ordinal(), ofOne ? VectorLane.of("VectorShuffle") : lane.vector);
    }

    int[] lanes() {
        return lanes.clone();
    }
}
