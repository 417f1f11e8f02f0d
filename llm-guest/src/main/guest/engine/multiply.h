/* Matrices, and vectors on their way into them. */
#ifndef ENGINE_MULTIPLY_H
#define ENGINE_MULTIPLY_H

#include "types.h"

/* Encodings of a matrix (PSNT.md). */
#define ENCODING_TERNARY 1
#define ENCODING_Q4 4
#define ENCODING_Q8 8
#define ENCODING_FLOAT 32

/* What is added to a code before it is stored. */
static inline u32 encoding_bias(u32 encoding) {
    return encoding == ENCODING_TERNARY ? 1 : 1u << (encoding - 1);
}

#define TILE_ROWS 4u      /* rows that are stored, and multiplied, together */
#define GROUP_COLUMNS 32u /* columns that share a scale, where not all of a row do */

/*
 * A vector as the matrices of a model take it: integers of 14 bits, and the step they are multiples of; for float matrices the vector itself.
 * Codes are followed by zeros up to a multiple of 64, and by two quadwords that are read and not used.
 */
typedef struct activation {
    const float *values;
    s16 *codes;
    float step;
    s32 *group_sums; /* of each 32 codes; NULL where no matrix has scales for groups */
    /* What the rows' sums begin with: codes of weights are stored with a number added, so their products are too large by it times the sum of the codes. */
    s32 correction[4] __attribute__((aligned(16)));
} activation;

/* out[0 .. 4 * count - 1] = the rows of `count` tiles times the vector. */
typedef void tile_kernel(float *out, const u8 *tiles, u32 count, const activation *a);

/* A matrix in memory (PSNT.md, section 4.4); of a float matrix, four rows are a tile. */
typedef struct matrix {
    const u8 *tiles; /* 16-byte aligned */
    u32 rows, columns;
    u32 encoding;
    u32 grouped;     /* a scale for each 32 columns */
    u32 tile_bytes;
    tile_kernel *kernel;
} matrix;

/*
 * n vectors times a matrix: results are `row` floats apart, each with room for a multiple of four. The tiles go through the scratchpad once for all
 * vectors. `next` is what will be multiplied next, if that is known and in memory, else NULL: its first tiles come while the last ones of m are worked on.
 */
void multiply(float *out, u32 row, const matrix *m, const activation *inputs, u32 n, const matrix *next);

/* The half of the scratchpad in which nothing is that was fetched ahead; it is free until the next call. */
u8 *multiply_free_half(void);

/* Row `row` as floats; `tile` is the tile it is in. Only for matrices without groups. */
void dequantise_row(float *out, const matrix *m, u32 row, const u8 *tile);

#endif
