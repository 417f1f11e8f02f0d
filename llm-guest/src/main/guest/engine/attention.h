/*
 * Attention of one position over all before it, and the keys and values of those: codes of eight bits, and a step for each head (ARITHMETIC.md). Codes
 * are written past the data cache and come to the processor through the scratchpad.
 */
#ifndef ENGINE_ATTENTION_H
#define ENGINE_ATTENTION_H

#include "model.h"
#include "types.h"

#define HEAD_ROOM ((MODEL_HEAD_DIM + 7u) & ~7u)
#define BLOCK_POSITIONS 8u
#define ATTENTION_ROW ((MODEL_POSITIONS + 15u) & ~15u) /* numbers of a row with one for each position */
#define GROUP_HEADS (MODEL_HEADS / MODEL_KV_HEADS)     /* query heads that share keys and values */

/* Positions whose codes come to the scratchpad together: whole blocks, 4 KB or less. */
#define CHUNK_POSITIONS (HEAD_ROOM <= 64u ? 64u : HEAD_ROOM <= 128u ? 32u : HEAD_ROOM <= 256u ? 16u : 8u)

/*
 * Keys and values of a head. For eight_sums, two rows of eight codes are in a quadword: rows of a key are its numbers, for eight positions; rows of
 * values are positions, for eight numbers. The values of a chunk of positions stand together, and in it those of eight numbers.
 */
typedef struct head_cache {
    u8 keys[ATTENTION_ROW / BLOCK_POSITIONS][HEAD_ROOM * BLOCK_POSITIONS];
    u8 values[ATTENTION_ROW * HEAD_ROOM];
    float key_steps[ATTENTION_ROW], value_steps[ATTENTION_ROW];
} CACHE_ALIGNED head_cache;

/* Keeps a position's key and value, MODEL_KV_DIM numbers each, in the caches of all heads. */
void attention_store(head_cache *cache, u32 position, const float *key, const float *value);

/*
 * The heads that share one head of keys and values: q against the keys of `positions` positions, softmax, then the sum of the values. q and out are
 * GROUP_HEADS times MODEL_HEAD_DIM numbers. `weights` keeps the weights of each head, powers of two that are not divided by
 * their sum; they are `row` numbers apart, a multiple of 8: side by side, they do not share places in the data cache.
 */
void attention_heads(float *out, const float *q, const head_cache *cache, u32 positions, float *weights, u32 row);

#endif
