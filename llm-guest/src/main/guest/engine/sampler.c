#include "sampler.h"
#include "ee_float.h"
#include "model.h"
#include "string.h"
#include "vector.h"

static u8 seen[MODEL_VOCABULARY];
static u32 order[MODEL_VOCABULARY];
static float probabilities[ROOM(MODEL_VOCABULARY)] CACHE_ALIGNED;

void sampler_start(sampler *s, u64 seed) {
    memset(seen, 0, sizeof seen);
    s->state = seed != 0 ? seed : 1;
}

void sampler_seen(u32 token) {
    seen[token] = 1;
}

/* Upper 32 bits of the lower 64 bits of a * b: the R5900 multiplies 32 by 32 bits. */
static u32 high_of_product(u64 a, u32 b_low, u32 b_high) {
    u32 a_low = (u32) a, a_high = (u32) (a >> 32);
    return (u32) ((u64) a_low * b_low >> 32) + a_low * b_high + a_high * b_low;
}

/* xorshift*: 0 <= u < 1 in steps of 2^-24. */
static float random_number(sampler *s) {
    s->state ^= s->state >> 12;
    s->state ^= s->state << 25;
    s->state ^= s->state >> 27;
    u32 r = high_of_product(s->state, 0x4F6CDD1Du, 0x2545F491u);
    return f_mul(f_of_int((s32) (r >> 8)), float_of_bits(0x33800000));
}

static u32 best_token(const float *logits) {
    u32 best = 0;
    for (u32 i = 1; i < MODEL_VOCABULARY; i++) {
        if (f_less(logits[best], logits[i])) {
            best = i;
        }
    }
    return best;
}

/* Whether token a comes before b in descending order of logit, then ascending id. */
static int before(const float *logits, u32 a, u32 b) {
    if (f_less(logits[b], logits[a])) {
        return 1;
    }
    return !f_less(logits[a], logits[b]) && a < b;
}

/* A heap whose top is the candidate that comes last. */
static void sift_down(const float *logits, u32 at, u32 n) {
    u32 moving = order[at];
    for (;;) {
        u32 child = 2 * at + 1;
        if (child >= n) {
            break;
        }
        if (child + 1 < n && before(logits, order[child], order[child + 1])) {
            child++;
        }
        if (!before(logits, moving, order[child])) {
            break;
        }
        order[at] = order[child];
        at = child;
    }
    order[at] = moving;
}

/* The first n candidates, in order: a heap of n keeps the best ones seen, then is emptied from its end. */
static void sort_candidates(const float *logits, u32 n) {
    for (u32 i = 0; i < n; i++) {
        order[i] = i;
    }
    for (u32 i = n / 2; i-- > 0;) {
        sift_down(logits, i, n);
    }
    for (u32 i = n; i < MODEL_VOCABULARY; i++) {
        if (before(logits, i, order[0])) {
            order[0] = i;
            sift_down(logits, 0, n);
        }
    }
    for (u32 end = n; end-- > 1;) {
        u32 last = order[0];
        order[0] = order[end];
        order[end] = last;
        sift_down(logits, 0, end);
    }
}

u32 sampler_choose(sampler *s, float *logits) {
    if (f_less_or_equal(s->temperature, ZERO)) {
        return best_token(logits);
    }
    int penalise = f_less(s->repeat_penalty, ONE) || f_less(ONE, s->repeat_penalty);
    for (u32 i = 0; i < MODEL_VOCABULARY; i++) {
        if (penalise && seen[i]) {
            logits[i] = f_less(ZERO, logits[i]) ? f_div(logits[i], s->repeat_penalty) : f_mul(logits[i], s->repeat_penalty);
        }
        logits[i] = f_div(logits[i], s->temperature);
    }
    u32 n = s->top_k > 0 && s->top_k < MODEL_VOCABULARY ? (u32) s->top_k : MODEL_VOCABULARY;
    sort_candidates(logits, n);

    float total = ZERO;
    for (u32 i = 0; i < n; i++) {
        probabilities[i] = logits[order[i]];
    }
    exponentials(probabilities, n, logits[order[0]]);
    for (u32 i = 0; i < n; i++) {
        total = f_add(total, probabilities[i]);
    }
    float inverse = f_div(ONE, total);
    int cut = f_less(ZERO, s->top_p) && f_less(s->top_p, ONE);
    float mass = ZERO;
    for (u32 i = 0; i < n; i++) {
        probabilities[i] = f_mul(probabilities[i], inverse);
        mass = f_add(mass, probabilities[i]);
        if (cut && f_less(s->top_p, mass)) {
            n = i + 1;
        }
    }
    float target = f_mul(random_number(s), mass);
    float sum = ZERO;
    for (u32 i = 0; i < n; i++) {
        sum = f_add(sum, probabilities[i]);
        if (f_less(target, sum)) {
            return order[i];
        }
    }
    return order[n - 1];
}
