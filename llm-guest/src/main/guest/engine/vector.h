/*
 * The steps of a forward pass on vectors. Operation by operation as in ARITHMETIC.md. Vectors are 16-byte aligned and have room, with zeros in it,
 * up to a multiple of 16 numbers.
 */
#ifndef ENGINE_VECTOR_H
#define ENGINE_VECTOR_H

#include "multiply.h"
#include "types.h"

/* Numbers of a vector with its room. */
#define ROOM(n) (((n) + 15u) & ~15u)

/* Codes of an activation with their room, a multiple of 64 and two quadwords. */
#define CODES_ROOM(n) ((((n) + 63u) & ~63u) + 16u)

void rmsnorm(float *out, const float *x, const float *weight, u32 n, float epsilon);

/* Fills a->codes, a->step and what the matrices' corrections need from x. `bias` is that of the matrices' codes, 0 for float matrices. */
void quantise(activation *a, const float *x, u32 n, u32 bias);

/* Largest magnitudes of codes, as bits of floats: 8191 and 127. */
#define LIMIT_14_BITS 0x45FFF800u
#define LIMIT_8_BITS 0x42FE0000u

/* codes[i] times the step that it gives are about x[i]; *sum is the sum of the codes. Numbers are rounded up to a multiple of 8. */
float to_codes(s16 *codes, s32 *sum, const float *x, u32 n, u32 limit);

/* The largest word as a signed integer, masked bits only. */
s32 largest_word(const float *x, u32 n, u32 mask);

/* Turns the pairs (2i, 2i + 1) of each head. */
void rope(float *v, u32 heads, u32 head_dim, const float *cosine, const float *sine);

/* out[i] = x[i] as a float, times factor. */
void scale_integers(float *out, const s32 *x, u32 n, float factor);

void add_to(float *x, const float *y, u32 n);

/* g[i] = silu(g[i]) * u[i] */
void swiglu(float *g, const float *u, u32 n);

/* x[i] = e^(x[i] - offset), where that is not positive. */
void exponentials(float *x, u32 n, float offset);

/* x = sum of weights[j] * states[j], j = 0 .. count - 1, states ROOM(n) apart. */
void weighted_sum(float *x, const float *states, const float *weights, u32 count, u32 n);

#endif
