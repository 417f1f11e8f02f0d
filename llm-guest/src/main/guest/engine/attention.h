/*
 * Attention of one position over all before it, and the keys and values of those. They are written past the data cache and come back to the
 * processor through the scratchpad.
 */
#ifndef ENGINE_ATTENTION_H
#define ENGINE_ATTENTION_H

#include "model.h"
#include "types.h"

#define HEAD_ROOM ((MODEL_HEAD_DIM + 3u) & ~3u)
#define BLOCK_POSITIONS 16u
#define POSITION_BLOCKS ((MODEL_POSITIONS + BLOCK_POSITIONS - 1) / BLOCK_POSITIONS)
#define ATTENTION_ROW (POSITION_BLOCKS * BLOCK_POSITIONS)
#define GROUP_HEADS (MODEL_HEADS / MODEL_KV_HEADS) /* query heads that share keys and values */

/* Keys of a head, position by position. */
typedef float head_keys[POSITION_BLOCKS * BLOCK_POSITIONS][HEAD_ROOM];

/* Values of a head: sixteen positions of each number stand together. */
typedef float head_values[POSITION_BLOCKS][HEAD_ROOM][BLOCK_POSITIONS];

/* Keeps a position's key and value, MODEL_KV_DIM numbers each. */
void attention_store(head_keys *keys, head_values *values, u32 position, const float *key, const float *value);

/*
 * The heads that share one head of keys and values: q against the keys of `positions` positions, softmax, then the sum of the values. q and out are
 * GROUP_HEADS times MODEL_HEAD_DIM numbers; q is scaled. `weights` keeps the weights of each head, `row` numbers apart: room for all positions
 * in whole blocks.
 */
void attention_heads(float *out, float *q, const head_keys *keys, const head_values *values, u32 positions, float *weights, u32 row);

/* model_kernels.c: sums[r] = q times key r. */
void kernel_scores(float *sums, const float *keys, const float *q, u32 rows);

/* model_kernels.c: adds to out[d] a block of weights times the block's values of number d. */
void kernel_values(float *out, const float *values, const float *weights);

#endif
