/* Powers of two in integers (power in ARITHMETIC.md), eight at a time: the constants, a quadword each, in the order in which they are loaded. */
#ifndef ENGINE_POWER_OF_TWO_H
#define ENGINE_POWER_OF_TWO_H

/* Bits of the largest exponent; and of the smallest one and the largest as halfwords of a word. */
#define LARGEST_EXPONENT 0x407DE9F3u
#define SMALLEST_EXPONENT_HALVES 0, 0x403E
#define LARGEST_EXPONENT_HALVES LARGEST_EXPONENT & 0xFFFF, LARGEST_EXPONENT >> 16

#define FOUR_TIMES(word) word, word, word, word
#define EIGHT_HALVES(n) (n), (n), (n), (n), (n), (n), (n), (n)

#define POWER_OF_TWO_CONSTANTS                                                                                                       \
    FOUR_TIMES(SMALLEST_EXPONENT_HALVES), EIGHT_HALVES(5645), EIGHT_HALVES(17329), EIGHT_HALVES(5280), EIGHT_HALVES(428), EIGHT_HALVES(22728)

#endif
