/* Time of the console, from COP0 Count, which counts EE cycles (294,912,000 a second) in 32 bits: it wraps every 14.56 seconds. */
#ifndef SDK_CLOCK_H
#define SDK_CLOCK_H

#include "types.h"

#define CYCLES_PER_MILLISECOND 294912u

/* A tick is 4096 cycles. */
#define TICKS_PER_SECOND 72000u

/* Cycles since the first call. Called at least every 14 seconds, else a wrap is missed. */
u64 clock_cycles(void);

/* The same in ticks, for 16 hours. */
u32 clock_ticks(void);

/* The same in milliseconds. */
u32 clock_milliseconds(void);

/* Busy for that long. */
void clock_pause(u32 milliseconds);

#endif
