/*
 * From the sums over queries and keys to the weights of positions. Rows of numbers are 16-byte aligned and as long as a multiple of 8, with ordinary
 * numbers behind the last position. ARITHMETIC.md is the specification.
 */
#ifndef ENGINE_SOFTMAX_H
#define ENGINE_SOFTMAX_H

#include "types.h"

/* x[t], an integer, becomes a float times steps[t]; gives the largest. */
float scale_sums(float *x, const float *steps, u32 n);

/* y[t] = 2^(64 (x[t] * factor - 2) - 127) or so, for the float that `offset` makes of the product; y may be x. */
void powers_of_two(float *y, const float *x, u32 n, float offset, float factor);

/* products[t] = x[t] * steps[t]; gives the sum of x. */
float weigh(float *products, const float *x, const float *steps, u32 n);

#endif
