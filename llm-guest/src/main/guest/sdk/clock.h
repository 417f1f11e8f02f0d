/* Time of the console, from COP0 Count, which counts EE cycles (294,912,000 a second) in 32 bits: it wraps every 14.56 seconds. */
#ifndef SDK_CLOCK_H
#define SDK_CLOCK_H

#include "types.h"

#define CYCLES_PER_MILLISECOND 294912u

/* Milliseconds since the first call. Call it at least every 14 seconds, else a wrap is missed. */
u32 clock_milliseconds(void);

/* Busy for that long. */
void clock_pause(u32 milliseconds);

#endif
