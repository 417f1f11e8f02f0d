/* The program's arguments. */
#ifndef ENGINE_OPTIONS_H
#define ENGINE_OPTIONS_H

#include "sampler.h"
#include "types.h"

typedef struct options {
    const char *prompt; /* NULL: the model's own */
    u32 tokens;         /* 0: until a stop token or the end of the context */
    sampler sampling;
    u64 seed;
    int has_temperature;
    int once; /* one story, then exit */
} options;

/* --prompt TEXT --tokens N --temperature T --top-k K --top-p P --repeat-penalty R --seed S --once; others are reported and ignored. */
void options_parse(options *o, int argc, char **argv);

#endif
