#include "clock.h"

static u32 last_count;
static u64 cycles;
static int started;

u64 clock_cycles(void) {
    u32 now;
    __asm__ volatile("mfc0 %0, $9" : "=r"(now));
    if (!started) {
        started = 1;
        last_count = now;
    }
    cycles += now - last_count; /* in 32 bits, which is right across one wrap */
    last_count = now;
    return cycles;
}

u32 clock_ticks(void) {
    return (u32) (clock_cycles() >> 12);
}

u32 clock_milliseconds(void) {
    return clock_ticks() / (TICKS_PER_SECOND / 1000);
}

void clock_pause(u32 length) {
    u32 begin = clock_milliseconds();
    while (clock_milliseconds() - begin < length) {
    }
}
