/* A conversation with the model: the user's turns from the keyboard, its answers, all in one context. */
#ifndef PROGRAM_CONVERSATION_H
#define PROGRAM_CONVERSATION_H

#include "options.h"

/* Returns when the user leaves. The model has a chat template. */
void conversation_page(settings *s);

#endif
