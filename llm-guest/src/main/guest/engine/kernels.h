/* The steps of a forward pass on vectors and matrices. Operation by operation as in ARITHMETIC.md. */
#ifndef ENGINE_KERNELS_H
#define ENGINE_KERNELS_H

#include "types.h"

/* Encodings of a matrix (PSNT.md). */
#define ENCODING_TERNARY 1
#define ENCODING_Q4 4
#define ENCODING_Q8 8
#define ENCODING_FLOAT 32
#define GROUP_COLUMNS 32

/* Largest code of a quantised activation. */
#define ACTIVATION_MAXIMUM 8191

/* A matrix in memory: scales (row by row), then rows of codes, each `stride` bytes. */
typedef struct matrix {
    const float *scales;
    const u8 *codes;
    u32 rows, columns, stride;
    u32 encoding;
    u32 grouped; /* Q4 with a scale for each 32 columns */
} matrix;

/* A vector on its way into matrices: integers and the step they are multiples of; for float matrices the vector itself. */
typedef struct activation {
    const float *values;
    s16 *codes;
    float step;
    u32 parted; /* for Q8: of each sixteen codes, those of even columns come first, then those of odd ones */
} activation;

void rmsnorm(float *out, const float *x, const float *weight, u32 n, float epsilon);

/* Fills a->codes (room for n and the padding up to 32, 16-byte aligned) and a->step from x. */
void quantise(activation *a, const float *x, u32 n);

/* out[r] = row r of the matrix times the vector, rows first .. first + count - 1; `m->codes` points at row `first`. */
void multiply(float *out, const matrix *m, u32 first, u32 count, const activation *a);

/* Row `row`, whose codes are at `codes`, as floats. */
void dequantise_row(float *out, const matrix *m, u32 row, const u8 *codes);

/* Turns the pairs (2i, 2i + 1) of each head. */
void rope(float *v, u32 heads, u32 head_dim, const float *cosine, const float *sine);

/*
 * One head: q against keys 0 .. positions - 1, softmax, then the sum of the values. Rows of keys and values are `row` floats apart.
 */
void attention_head(float *out, const float *q, const float *keys, const float *values, u32 positions, u32 row, u32 head_dim, float scale, float *scores);

void add_to(float *x, const float *y, u32 n);

/* g[i] = silu(g[i]) * u[i] */
void swiglu(float *g, const float *u, u32 n);

/* x = sum of weights[j] * states[j], j = 0 .. count - 1, states n floats apart. */
void weighted_sum(float *x, const float *states, const float *weights, u32 count, u32 n);

#endif
