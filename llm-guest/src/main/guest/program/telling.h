/* A text that the model goes on with: what it has read, and the tokens it makes. One at a time. */
#ifndef PROGRAM_TELLING_H
#define PROGRAM_TELLING_H

#include "sampler.h"
#include "types.h"

/* Why reading or making tokens ended. */
typedef enum ending {
    ENDING_NONE,
    ENDING_STOP,    /* a stop token */
    ENDING_LENGTH,  /* as many tokens as wanted */
    ENDING_CONTEXT, /* the context is full */
    ENDING_SKIP,    /* keys: CROSS, */
    ENDING_NEXT,    /* START, */
    ENDING_QUIT     /* SELECT */
} ending;

/* A new text: nothing is read. */
void telling_begin(const sampler *sampling, u64 seed);

/* How many more tokens can be read so that one can still be made. */
u32 telling_room(void);

/*
 * Reads 1 to telling_room() tokens behind what there is. If it is broken off by one of `keys` (PAD_CROSS, PAD_START, PAD_SELECT), the text is
 * what it was before. The last token made is read first if it belongs to the text.
 */
ending telling_read(const u32 *ids, u32 n, u32 keys);

/* Makes at most `limit` tokens (0: any number), shows them and prints them, until there is a reason to end. */
ending telling_go_on(u32 limit, u32 keys);

/* Whether tokens were made since telling_begin: an answer stands before the next turn. */
int telling_answered(void);

#endif
