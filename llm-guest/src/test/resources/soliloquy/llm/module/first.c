/* A module whose values depend on every kind of relocation; `soliloquy run` prints them. Used by IrxLinkerTest and GuestModuleTest. */
#include "libraries.h"

const module_identity module_id = {"linker_test", 0x0203};

extern const char *const second_words[3];
extern s32 second_counters[5000];
s32 second_count(s32 by);

static s32 (*volatile function)(s32) = second_count;
static s32 *volatile place = &second_counters[4999];
static u32 zeros[3];

s32 _start(s32 argc, char **argv) {
    (void) argv;
    printf("words %s %s %s\n", second_words[0], second_words[1], second_words[argc & 1 ? 2 : 0]);
    *place = 5;
    printf("counted %d %d %d\n", second_count(2), function(30), second_counters[4999]);
    printf("zeros %u %u\n", zeros[0], zeros[2]);
    zeros[1]++;
    return MODULE_REFUSES;
}
