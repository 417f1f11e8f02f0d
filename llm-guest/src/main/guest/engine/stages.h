/* What the time of a token is spent on, in cycles of the processor. At every moment exactly one stage is charged, so they add up to the whole. */
#ifndef ENGINE_STAGES_H
#define ENGINE_STAGES_H

#include "types.h"

typedef enum stage {
    STAGE_DISC,       /* waiting for matrices that have not arrived */
    STAGE_SIF,        /* telling the IOP what is used up */
    STAGE_CHECK,      /* comparing what arrived with its CRC */
    STAGE_EMBEDDING,
    STAGE_NORM,       /* RMS norms and quantising */
    STAGE_Q, STAGE_K, STAGE_V,
    STAGE_ATTENTION,  /* turning by position, scores, softmax, sums of values */
    STAGE_O, STAGE_GATE, STAGE_UP,
    STAGE_SWIGLU,
    STAGE_DOWN,
    STAGE_RESIDUAL,   /* sums with the stream, DenseFormer */
    STAGE_LOGITS,
    STAGE_SAMPLING,
    STAGE_TEXT,       /* tokens to text and back, what is printed for the host */
    STAGE_DRAWING,
    STAGE_OTHER,
    STAGES
} stage;

/* The stage that is charged from now on; the one before. */
stage stage_enter(stage now);

/* Begins the accounts of a story, or of another part of it: all are zero. */
void stages_begin(void);

/* A token is done: its account becomes the last token's and is added to the sum. */
void stages_next_token(void);

/* The last token's account, and the sum since stages_begin, of `tokens` of them. */
u64 stages_last(stage s);
u64 stages_sum(stage s);
u32 stages_tokens(void);

const char *stage_name(stage s);

#endif
