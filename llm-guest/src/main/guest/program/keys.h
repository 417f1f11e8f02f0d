/* The pad's buttons as keys: each press counts once, and those that move come again while they are held. */
#ifndef PROGRAM_KEYS_H
#define PROGRAM_KEYS_H

#include "pad.h"
#include "types.h"

/* Looks at the pad. With `repeat`, directions and what moves a cursor come again after 400 ms, then every 60 ms. */
void keys_look(int repeat);

/* Those of `mask` (PAD_*) pressed since they were last taken. */
u32 keys_take(u32 mask);

/* The same, and they stay. */
u32 keys_pressed(u32 mask);

/* Forgets what was pressed. */
void keys_forget(void);

#endif
