/* e^x out of EE float operations, for four numbers side by side: each operation takes four cycles, and another one can begin in each. */
#ifndef ENGINE_FUNCTIONS_H
#define ENGINE_FUNCTIONS_H

#include "ee_float.h"

#define LANES 4u

/* For l = 0 .. LANES - 1; the compiler writes the statement LANES times. */
#define EACH_LANE(l) _Pragma("GCC unroll 4") for (u32 l = 0; l < LANES; l++)

/*
 * x[l] = e^x[l]: 2^n * 2^f with n the nearest integer to x * log2 e, and 2^f by a polynomial of degree 5 for |f| <= 1/2, whose relative error is
 * below 2^-23. The sum with 1.5 * 2^23 + 128 leaves n + 128 in the low bits.
 */
static inline void exponential_lanes(float x[LANES]) {
    float t[LANES], m[LANES], p[LANES];
    EACH_LANE(l) x[l] = f_min(f_max(x[l], float_of_bits(0xC2AE0000)), float_of_bits(0x42B00000)); /* -87, 88 */
    EACH_LANE(l) t[l] = f_mul(x[l], float_of_bits(0x3FB8AA3B));                                   /* log2 e */
    EACH_LANE(l) m[l] = f_add(t[l], float_of_bits(0x43008000));                                   /* 128.5 */
    EACH_LANE(l) m[l] = f_add(m[l], float_of_bits(0x4B400000));                                   /* 1.5 * 2^23 */
    EACH_LANE(l) x[l] = f_sub(m[l], float_of_bits(0x4B400080));                                   /* n */
    EACH_LANE(l) t[l] = f_sub(t[l], x[l]);                                                        /* f */
    EACH_LANE(l) p[l] = f_mul(t[l], float_of_bits(0x3AAE0473));
    EACH_LANE(l) p[l] = f_add(p[l], float_of_bits(0x3C1E8629));
    EACH_LANE(l) p[l] = f_mul(p[l], t[l]);
    EACH_LANE(l) p[l] = f_add(p[l], float_of_bits(0x3D635B72));
    EACH_LANE(l) p[l] = f_mul(p[l], t[l]);
    EACH_LANE(l) p[l] = f_add(p[l], float_of_bits(0x3E75FC8C));
    EACH_LANE(l) p[l] = f_mul(p[l], t[l]);
    EACH_LANE(l) p[l] = f_add(p[l], float_of_bits(0x3F317214));
    EACH_LANE(l) p[l] = f_mul(p[l], t[l]);
    EACH_LANE(l) p[l] = f_add(p[l], ONE);
    EACH_LANE(l) x[l] = f_mul(p[l], float_of_bits((bits_of_float(m[l]) << 23) - 0x00800000u)); /* 2^n */
}

#endif
