#include "clock.h"

static u32 last_count, rest, milliseconds;
static int started;

static u32 count(void) {
    u32 value;
    __asm__ volatile("mfc0 %0, $9" : "=r"(value));
    return value;
}

u32 clock_milliseconds(void) {
    u32 now = count();
    if (!started) {
        started = 1;
        last_count = now;
    }
    /* Subtracting in 32 bits is right across one wrap; cycles that do not fill a millisecond are kept for the next call. */
    u32 cycles = now - last_count;
    last_count = now;
    milliseconds += cycles / CYCLES_PER_MILLISECOND;
    rest += cycles % CYCLES_PER_MILLISECOND;
    if (rest >= CYCLES_PER_MILLISECOND) {
        rest -= CYCLES_PER_MILLISECOND;
        milliseconds++;
    }
    return milliseconds;
}

void clock_pause(u32 length) {
    u32 begin = clock_milliseconds();
    while (clock_milliseconds() - begin < length) {
    }
}
