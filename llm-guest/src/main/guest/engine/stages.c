#include "stages.h"

static const char *const names[STAGES] = {
    "disc", "sif", "check", "embedding", "norm", "q", "k", "v", "attention", "o", "gate", "up", "swiglu", "down", "residual", "logits",
    "sampling", "text", "drawing", "other"};

static stage current = STAGE_OTHER;
static u32 since;
/* A token that comes from the disc may take longer than a count of 32 bits, which is 14.5 s. */
static u64 present[STAGES], last[STAGES], sums[STAGES];
static u32 tokens;

static u32 count(void) {
    u32 value;
    __asm__ volatile("mfc0 %0, $9" : "=r"(value));
    return value;
}

stage stage_enter(stage now) {
    stage before = current;
    u32 time = count();
    present[before] += time - since;
    since = time;
    current = now;
    return before;
}

void stages_begin(void) {
    stage_enter(current);
    for (u32 s = 0; s < STAGES; s++) {
        present[s] = last[s] = 0;
        sums[s] = 0;
    }
    tokens = 0;
}

void stages_next_token(void) {
    stage_enter(current);
    for (u32 s = 0; s < STAGES; s++) {
        last[s] = present[s];
        sums[s] += present[s];
        present[s] = 0;
    }
    tokens++;
}

u64 stages_last(stage s) {
    return last[s];
}

u64 stages_sum(stage s) {
    return sums[s];
}

u32 stages_tokens(void) {
    return tokens;
}

const char *stage_name(stage s) {
    return names[s];
}
