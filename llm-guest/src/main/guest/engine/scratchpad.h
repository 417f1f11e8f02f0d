/*
 * The 16 KB of memory inside the processor, as two halves: while the kernels work in one, the DMA controller fills the other from RDRAM, eight bytes
 * a cycle, where loads through the cache bring one and a half.
 */
#ifndef ENGINE_SCRATCHPAD_H
#define ENGINE_SCRATCHPAD_H

#include "types.h"

/* What fits into a half: kernels read up to a quadword ahead. */
#define SCRATCHPAD_ROOM (8192u - 16u)

static inline u8 *scratchpad_half(u32 half) {
    return (u8 *) (0x70000000u + half * 8192u);
}

/* Begins to fill a half; addresses and sizes are multiples of 16. What the processor wrote to `from`, it wrote uncached or flushed. */
void scratchpad_fetch(u32 half, const void *from, u32 bytes);

/* Waits until the last fetch has ended. */
void scratchpad_wait(void);

#endif
