#include "functions.h"
#include "ee_float.h"

/* e^x = 2^k * e^r with k the nearest integer to x / ln 2, so that |r| <= ln 2 / 2; e^r by its Taylor polynomial of degree 6. */
float exponential(float x) {
    if (f_less(x, float_of_bits(0xC2AE0000))) { /* -87 */
        return ZERO;
    }
    if (f_less(float_of_bits(0x42B00000), x)) { /* 88 */
        x = float_of_bits(0x42B00000);
    }
    float t = f_mul(x, float_of_bits(0x3FB8AA3B)); /* log2 e */
    s32 k = f_to_int(f_add(t, f_less(x, ZERO) ? MINUS_HALF : HALF));
    float n = f_of_int(k);
    float r = f_sub(x, f_mul(n, float_of_bits(0x3F317200))); /* ln 2 in two parts, the first short enough for exact products */
    r = f_sub(r, f_mul(n, float_of_bits(0x35BFBE8E)));

    float p = float_of_bits(0x3AB60B61);                   /* 1/720 */
    p = f_add(f_mul(p, r), float_of_bits(0x3C088889));     /* 1/120 */
    p = f_add(f_mul(p, r), float_of_bits(0x3D2AAAAB));     /* 1/24 */
    p = f_add(f_mul(p, r), float_of_bits(0x3E2AAAAB));     /* 1/6 */
    p = f_add(f_mul(p, r), HALF);
    p = f_add(f_mul(p, r), ONE);
    p = f_add(f_mul(p, r), ONE);
    return f_mul(p, float_of_bits((u32) (k + 127) << 23));
}

float silu(float x) {
    return f_div(x, f_add(ONE, exponential(f_neg(x))));
}
