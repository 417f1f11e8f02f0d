/* The page on which a text is read: the text that scrolls, or where the time goes; below it how it goes, and what keys do. */
#ifndef PROGRAM_READING_H
#define PROGRAM_READING_H

#include "types.h"

/* The page comes up. `keys` says what the keys of this moment do. */
void reading_begin(const char *keys);

/* Other keys from now on. */
void reading_keys(const char *keys);

/*
 * If a vertical blank has begun: looks at the pad, obeys the keys of the page itself (L1 R1 scroll, TRIANGLE) and draws what changed. Costs next to
 * nothing otherwise.
 */
void reading_tick(void);

/* Draws what changed. */
void reading_show(void);

/* Waits for a key of `mask`; those that were pressed. */
u32 reading_wait(u32 mask);

/* Another page comes up. */
void reading_end(void);

#endif
