/*
 * The 16 KB of memory inside the processor, as two halves: while the kernels work in one, the DMA controller fills the other from RDRAM, eight bytes
 * a cycle, where loads through the cache bring one and a half.
 */
#ifndef ENGINE_SCRATCHPAD_H
#define ENGINE_SCRATCHPAD_H

#include "types.h"

/*
 * The last 128 bytes are for what kernels keep for moments: in memory, a line of it that shares its place in the cache with two others in use would
 * be lost and found in every turn.
 */
#define SCRATCHPAD_WORK ((void *) 0x70003F80u)

/* What fits into a half beside that: kernels read up to a quadword ahead. */
#define SCRATCHPAD_ROOM (8192u - 128u - 16u)

static inline u8 *scratchpad_half(u32 half) {
    return (u8 *) (0x70000000u + half * 8192u);
}

/* Begins to fill a half; addresses and sizes are multiples of 16. What the processor wrote to `from`, it wrote uncached or flushed. */
void scratchpad_fetch(u32 half, const void *from, u32 bytes);

/* Waits until the last fetch has ended. */
void scratchpad_wait(void);

#endif
