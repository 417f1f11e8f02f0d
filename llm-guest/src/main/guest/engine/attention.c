#include "attention.h"
#include "ee_float.h"
#include "functions.h"
#include "scratchpad.h"
#include "vector.h"

/* Positions that come to the scratchpad together: 2 KB, or one block. */
#define CHUNK_BLOCKS (HEAD_ROOM * 64u >= 2048u ? 1u : 2048u / (HEAD_ROOM * 64u))
#define CHUNK_POSITIONS (CHUNK_BLOCKS * BLOCK_POSITIONS)

void attention_store(head_keys *keys, head_values *values, u32 position, const float *key, const float *value) {
    u32 block = position / BLOCK_POSITIONS, place = position % BLOCK_POSITIONS;
    for (u32 h = 0; h < MODEL_KV_HEADS; h++) {
        float *k = UNCACHED(keys[h][position]), *v = UNCACHED(values[h][block][0]);
        for (u32 d = 0; d < MODEL_HEAD_DIM; d++) {
            k[d] = *key++;
            v[d * BLOCK_POSITIONS + place] = *value++;
        }
    }
}

static void fetch(u32 half, const void *from, u32 chunk, u32 positions) {
    u32 first = chunk * CHUNK_POSITIONS, blocks = (positions - first + BLOCK_POSITIONS - 1) / BLOCK_POSITIONS;
    if (blocks > CHUNK_BLOCKS) {
        blocks = CHUNK_BLOCKS;
    }
    u32 bytes = BLOCK_POSITIONS * HEAD_ROOM * 4;
    scratchpad_fetch(half, (const u8 *) from + first * HEAD_ROOM * 4, blocks * bytes);
}

/* Scores to weights that add up to 1; zeros behind them up to the end of the block. */
static void softmax(float *w, u32 positions) {
    float largest[LANES], sum = ZERO;
    u32 room = ROOM(positions);
    for (u32 t = positions; t < room; t++) {
        w[t] = w[0];
    }
    EACH_LANE(l) largest[l] = w[l];
    for (u32 t = LANES; t < room; t += LANES) {
        EACH_LANE(l) largest[l] = f_max(largest[l], w[t + l]);
    }
    exponentials(w, positions, f_max(f_max(largest[0], largest[1]), f_max(largest[2], largest[3])));
    for (u32 t = 0; t < positions; t++) {
        sum = f_add(sum, w[t]);
    }
    float inverse = f_div(ONE, sum);
    for (u32 t = 0; t < room; t += LANES) {
        float p[LANES];
        EACH_LANE(l) p[l] = f_mul(w[t + l], inverse);
        EACH_LANE(l) w[t + l] = p[l];
    }
    for (u32 t = positions; t < room; t++) {
        w[t] = ZERO;
    }
}

void attention_heads(float *out, float *q, const head_keys *keys, const head_values *values, u32 positions, float *weights, u32 row) {
    u32 chunks = (positions + CHUNK_POSITIONS - 1) / CHUNK_POSITIONS, half = 0;
    fetch(0, keys, 0, positions);
    for (u32 i = 0; i < GROUP_HEADS * MODEL_HEAD_DIM; i++) {
        q[i] = f_mul(q[i], float_of_bits(MODEL_SCORE_SCALE));
        out[i] = ZERO;
    }
    for (u32 c = 0; c < chunks; c++, half ^= 1) {
        u32 first = c * CHUNK_POSITIONS, rows = positions - first < CHUNK_POSITIONS ? positions - first : CHUNK_POSITIONS;
        scratchpad_wait();
        if (c + 1 < chunks) {
            fetch(half ^ 1, keys, c + 1, positions);
        } else {
            fetch(half ^ 1, values, 0, positions);
        }
        for (u32 h = 0; h < GROUP_HEADS; h++) {
            kernel_scores(weights + h * row + first, (const float *) (void *) scratchpad_half(half), q + h * MODEL_HEAD_DIM, rows);
        }
    }
    for (u32 h = 0; h < GROUP_HEADS; h++) {
        softmax(weights + h * row, positions);
    }
    for (u32 c = 0; c < chunks; c++, half ^= 1) {
        u32 first = c * CHUNK_POSITIONS;
        scratchpad_wait();
        if (c + 1 < chunks) {
            fetch(half ^ 1, values, c + 1, positions);
        }
        for (u32 t = first; t < first + CHUNK_POSITIONS && t < positions; t += BLOCK_POSITIONS) {
            const float *block = (const float *) (void *) scratchpad_half(half) + (t - first) * HEAD_ROOM;
            for (u32 h = 0; h < GROUP_HEADS; h++) {
                kernel_values(out + h * MODEL_HEAD_DIM, block, weights + h * row + t);
            }
        }
    }
}
