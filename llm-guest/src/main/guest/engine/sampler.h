/* Chooses the next token from the logits (ARITHMETIC.md, section 5). */
#ifndef ENGINE_SAMPLER_H
#define ENGINE_SAMPLER_H

#include "types.h"

typedef struct sampler {
    float temperature; /* 0: always the best */
    float top_p;       /* 0 or 1: off */
    float repeat_penalty; /* 1: off */
    s32 top_k;         /* 0: off */
    u64 state;         /* of the random numbers, never 0 */
} sampler;

/* Forgets the tokens seen; seeds the random numbers. */
void sampler_start(sampler *s, u64 seed);

/* A token of the prompt or of the story. */
void sampler_seen(u32 token);

/* Changes the logits. */
u32 sampler_choose(sampler *s, float *logits);

#endif
