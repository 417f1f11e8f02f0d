/* How the model wants a conversation written: what stands around a user's message, and behind an answer. */
#ifndef PROGRAM_CHAT_TEMPLATE_H
#define PROGRAM_CHAT_TEMPLATE_H

#include "types.h"

typedef struct chat_template {
    const char *before; /* text before the user's message */
    const char *between; /* between message and answer */
    const char *after;   /* after the answer; what stops it is the beginning of that */
} chat_template;

/* The model's; NULL if it was not made for conversations. */
const chat_template *chat_template_of_model(void);

/*
 * Tokens of a user's turn, at most `limit`, or limit + 1 if there are more. `later`: there is an answer before it, which the turn ends first.
 * `opening`: how the answer is to begin, NULL for as it likes.
 */
u32 chat_template_turn(const char *message, const char *opening, int later, u32 *ids, u32 limit);

#endif
