/* Powers of two in integers (power in ARITHMETIC.md), eight at a time: the constants, a quadword each, in the order in which they are loaded. */
#ifndef ENGINE_POWER_OF_TWO_H
#define ENGINE_POWER_OF_TWO_H

/* Bits of the largest exponent and of the smallest one. */
#define LARGEST_EXPONENT 0x407E0000u
#define SMALLEST_EXPONENT 0x403E0000u

/* A word as halfwords. */
#define HALVES(word) (word) & 0xFFFF, (word) >> 16
#define FOUR_TIMES(halves) halves, halves, halves, halves
#define EIGHT_HALVES(n) (n), (n), (n), (n), (n), (n), (n), (n)

#define POWER_OF_TWO_CONSTANTS                                                                                                       \
    FOUR_TIMES(HALVES(SMALLEST_EXPONENT)), EIGHT_HALVES(0x8000), EIGHT_HALVES(0x7FFF), EIGHT_HALVES(5185), EIGHT_HALVES(0xFE43), \
        EIGHT_HALVES(22712), FOUR_TIMES(HALVES(LARGEST_EXPONENT))

#endif
