/* The program's arguments. */
#ifndef ENGINE_OPTIONS_H
#define ENGINE_OPTIONS_H

#include "sampler.h"
#include "types.h"

/* A number as it is written: all digits as one integer, so many of them behind the point. */
typedef struct decimal {
    u32 digits, places;
} decimal;

/* Its value by the rule of ARITHMETIC.md, section 4. */
float decimal_value(decimal d);

/* How tokens are chosen, and how many. */
typedef struct settings {
    decimal temperature, top_p, repeat_penalty;
    s32 top_k;
    u32 tokens; /* 0: until a stop token or the end of the context */
    u64 seed;
} settings;

/* The sampler that they make; telling_begin seeds it. */
sampler settings_sampler(const settings *s);

typedef struct options {
    const char *prompt; /* NULL: the model's own */
    settings chosen;
    int has_temperature;
    int once; /* one story, then exit */
} options;

/* --prompt TEXT --tokens N --temperature T --top-k K --top-p P --repeat-penalty R --seed S --once; others are reported and ignored. */
void options_parse(options *o, int argc, char **argv);

#endif
