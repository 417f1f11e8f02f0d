#include "attention.h"
#include "ee_float.h"
#include "eight_sums.h"
#include "power_of_two.h"
#include "scratchpad.h"
#include "softmax.h"
#include "vector.h"

/* What eight sums begin with: the correction for what is added to codes. */
typedef struct eight_words {
    s32 word[8];
} __attribute__((aligned(16))) eight_words;

/* What belongs to the heads of a group. */
typedef struct group_work {
    quadword factors[GROUP_HEADS][HEAD_ROOM]; /* of the keys: the query's codes */
    eight_words key_corrections[GROUP_HEADS], value_corrections[GROUP_HEADS];
    s32 found[GROUP_HEADS][HEAD_ROOM]; /* sums over values */
    s16 codes[HEAD_ROOM];
    float query_steps[GROUP_HEADS], found_steps[GROUP_HEADS];
} group_work;

/*
 * Behind the chunks in the halves of the scratchpad, which take 4 KB each: a group's work, factors of the positions of a chunk, and the weights of a
 * head times the values' steps. What is too large for that is in memory.
 */
#define WORK (sizeof(group_work) <= 4096u ? (group_work *) 0x70001000u : larger_work)
#define POSITION_FACTORS ((quadword *) 0x70003000u)
#define PRODUCTS (ATTENTION_ROW * 4 <= PRODUCTS_ROOM ? (float *) 0x70003400u : larger_products)
#define PRODUCTS_ROOM 0xB00u
static group_work larger_work[sizeof(group_work) > 4096u] CACHE_ALIGNED;
static float larger_products[ATTENTION_ROW * 4 > PRODUCTS_ROOM ? ATTENTION_ROW : 0] CACHE_ALIGNED;
static s16 weight_codes[GROUP_HEADS * ATTENTION_ROW] CACHE_ALIGNED;

static u32 round_up(u32 n) {
    return (n + BLOCK_POSITIONS - 1) & ~(BLOCK_POSITIONS - 1);
}

/* Bytes of the codes of eight numbers in the chunk that begins with position `first`. */
static u32 group_bytes(u32 first) {
    u32 positions = ATTENTION_ROW - first;
    return (positions < CHUNK_POSITIONS ? positions : CHUNK_POSITIONS) * 8;
}

static void correct(eight_words *w, s32 sum) {
    for (u32 i = 0; i < 8; i++) {
        w->word[i] = -CODE_BIAS * sum;
    }
}

/* The codes of a head, which may begin anywhere and end before a multiple of eight. */
static float head_codes(s16 *codes, s32 *sum, const float *x, u32 limit) {
    if (HEAD_ROOM == MODEL_HEAD_DIM) {
        return to_codes(codes, sum, x, MODEL_HEAD_DIM, limit);
    }
    static float head[HEAD_ROOM] CACHE_ALIGNED;
    for (u32 d = 0; d < MODEL_HEAD_DIM; d++) {
        head[d] = x[d];
    }
    return to_codes(codes, sum, head, MODEL_HEAD_DIM, limit);
}

/* The numbers behind the last position are its own, so that they can be computed with. */
static void store_step(float *steps, u32 position, float step) {
    for (u32 t = position; t < round_up(position + 1); t++) {
        steps[t] = step;
    }
}

void attention_store(head_cache *cache, u32 position, const float *key, const float *value) {
    s16 *codes = WORK->codes;
    u32 first = position / CHUNK_POSITIONS * CHUNK_POSITIONS, place = position - first;
    for (u32 h = 0; h < MODEL_KV_HEADS; h++, cache++, key += MODEL_HEAD_DIM, value += MODEL_HEAD_DIM) {
        u8 *k = (u8 *) UNCACHED(cache->keys[position / BLOCK_POSITIONS]) + position % BLOCK_POSITIONS * 2;
        u8 *v = (u8 *) UNCACHED(cache->values + first * HEAD_ROOM) + place / 2 * 16;
        s32 sum;
        store_step(cache->key_steps, position, head_codes(codes, &sum, key, LIMIT_8_BITS));
        store_lane(k, codes, HEAD_ROOM);
        store_step(cache->value_steps, position, head_codes(codes, &sum, value, LIMIT_8_BITS));
        store_row(v, group_bytes(first), codes, HEAD_ROOM, place % 2 != 0);
    }
}

/* These are calls, so that debuggers find the arguments of attention_heads where it begins. */
static __attribute__((noinline)) void fetch_keys(u32 half, const head_cache *cache, u32 first, u32 positions) {
    u32 rows = positions - first < CHUNK_POSITIONS ? round_up(positions - first) : CHUNK_POSITIONS;
    scratchpad_fetch(half, cache->keys[first / BLOCK_POSITIONS], rows * HEAD_ROOM);
}

static __attribute__((noinline)) void fetch_values(u32 half, const head_cache *cache, u32 first) {
    scratchpad_fetch(half, cache->values + first * HEAD_ROOM, group_bytes(first) / 8 * HEAD_ROOM);
}

/* The query's codes as factors of the keys'. */
static void prepare_query(u32 h, const float *q) {
    s32 sum;
    WORK->query_steps[h] = head_codes(WORK->codes, &sum, q, LIMIT_14_BITS);
    correct(&WORK->key_corrections[h], sum);
    spread_codes(WORK->factors[h], WORK->codes, HEAD_ROOM);
}

/* Sums over the query and keys to the weights of positions, and those to codes. */
static void find_weights(u32 h, float *w, s16 *codes, const head_cache *cache, u32 positions) {
    u32 room = round_up(positions);
    s32 sum;
    for (u32 t = positions; t < room; t++) {
        w[t] = w[positions - 1]; /* as its step */
    }
    float factor = f_mul(WORK->query_steps[h], float_of_bits(MODEL_SCORE_SCALE));
    float largest = scale_sums(w, cache->key_steps, room);
    powers_of_two(w, w, room, f_sub(float_of_bits(LARGEST_EXPONENT), f_mul(largest, factor)), factor);
    for (u32 t = positions; t < room; t++) {
        w[t] = ZERO;
    }
    float all = weigh(PRODUCTS, w, cache->value_steps, room);
    float step = to_codes(codes, &sum, PRODUCTS, room, LIMIT_14_BITS);
    WORK->found_steps[h] = f_div(step, all);
    correct(&WORK->value_corrections[h], sum);
}

void attention_heads(float *out, const float *q, const head_cache *cache, u32 positions, float *weights, u32 row) {
    u32 half = 0;
    fetch_keys(0, cache, 0, positions);
    for (u32 h = 0; h < GROUP_HEADS; h++) {
        prepare_query(h, q + h * MODEL_HEAD_DIM);
    }
    for (u32 first = 0; first < positions; first += CHUNK_POSITIONS, half ^= 1) {
        u32 left = positions - first, rows = left < CHUNK_POSITIONS ? round_up(left) : CHUNK_POSITIONS;
        scratchpad_wait();
        if (left > CHUNK_POSITIONS) {
            fetch_keys(half ^ 1, cache, first + CHUNK_POSITIONS, positions);
        } else {
            fetch_values(half ^ 1, cache, 0);
        }
        for (u32 h = 0; h < GROUP_HEADS; h++) {
            s32 *sums = (s32 *) (void *) (weights + h * row + first);
            eight_sums(
                sums, rows / 8, WORK->key_corrections[h].word, 0, scratchpad_half(half), HEAD_ROOM * BLOCK_POSITIONS,
                WORK->factors[h], HEAD_ROOM / 2);
        }
    }
    for (u32 h = 0; h < GROUP_HEADS; h++) {
        find_weights(h, weights + h * row, weight_codes + h * row, cache, positions);
    }
    for (u32 first = 0; first < positions; first += CHUNK_POSITIONS, half ^= 1) {
        u32 left = positions - first, rows = left < CHUNK_POSITIONS ? round_up(left) : CHUNK_POSITIONS;
        scratchpad_wait();
        if (left > CHUNK_POSITIONS) {
            fetch_values(half ^ 1, cache, first + CHUNK_POSITIONS);
        }
        for (u32 h = 0; h < GROUP_HEADS; h++) {
            const s32 *begin = first == 0 ? WORK->value_corrections[h].word : WORK->found[h];
            spread_codes(POSITION_FACTORS, weight_codes + h * row + first, rows);
            eight_sums(
                WORK->found[h], HEAD_ROOM / 8, begin, first == 0 ? 0 : 32, scratchpad_half(half), group_bytes(first), POSITION_FACTORS,
                rows / 2);
        }
    }
    for (u32 h = 0; h < GROUP_HEADS; h++) {
        scale_integers(out + h * MODEL_HEAD_DIM, WORK->found[h], MODEL_HEAD_DIM, WORK->found_steps[h]);
    }
}
