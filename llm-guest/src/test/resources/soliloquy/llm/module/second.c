#include "libraries.h"

const char *const second_words[3] = {"one", "two", "three"};
s32 second_counters[5000];
static s32 start = 1000;

s32 second_count(s32 by) {
    second_counters[4998] += by;
    return start + second_counters[4998];
}
