/* The line that tells how it goes: tokens, their rate in the console's time, the time to the first, places taken. */
#ifndef PROGRAM_STATUS_H
#define PROGRAM_STATUS_H

#include "types.h"

/* Reading begins: `total` tokens behind the `position` tokens that the model has. */
void status_reading(u32 position, u32 total);

/* So many of them are read, and the next `count` are on their way through the layers. */
void status_pass(u32 done, u32 count);

/* They have come to another matrix. */
void status_matrix(void);

/* Another token was made; the model has `position` of them. Its time ends with stages_next_token. */
void status_token(u32 position);

/* No token is under way any more. */
void status_ended(void);

/* The line was used for something else. */
void status_hidden(void);

/* Puts it on the screen if it has changed. */
void status_show(void);

#endif
