/* Unaligned loads and stores at every offset, and the quadword forms that ignore the low bits of the address. */
#include "rom.h"

static const unsigned char memory[16] __attribute__((aligned(16))) = {
    0x80, 0x91, 0xA2, 0xB3, 0xC4, 0xD5, 0xE6, 0xF7, 0x08, 0x19, 0x2A, 0x3B, 0x4C, 0x5D, 0x6E, 0x7F,
};

/* What the register holds before a load or store. */
static const quad before = QUAD(0x00112233, 0x44556677, 0x8899AABB, 0xCCDDEEFF);

static void row(const char *name, int offset, const quad *value)
{
    print(name);
    print(" ");
    print32(offset);
    rowQuad("", value);
}

#define LOAD(name)                                                                                                     \
    static void name(int offset)                                                                                       \
    {                                                                                                                  \
        quad result;                                                                                                   \
        asm volatile(".set push\n.set noreorder\n"                                                                     \
                     "lq $8, 0(%[before])\n" #name " $8, 0(%[address])\n"                                              \
                     "sq $8, 0(%[result])\n"                                                                           \
                     ".set pop"                                                                                        \
                     :                                                                                                 \
                     : [before] "r"(&before), [address] "r"(memory + offset), [result] "r"(&result)                    \
                     : "$8", "memory");                                                                                \
        row(#name, offset, &result);                                                                                   \
    }

#define STORE(name)                                                                                                    \
    static void name(int offset)                                                                                       \
    {                                                                                                                  \
        quad result[2] = {QUAD(0, 0, 0, 0), QUAD(0, 0, 0, 0)};                                                         \
        asm volatile(".set push\n.set noreorder\n"                                                                     \
                     "lq $8, 0(%[before])\n" #name " $8, 0(%[address])\n"                                              \
                     ".set pop"                                                                                        \
                     :                                                                                                 \
                     : [before] "r"(&before), [address] "r"((char *)result + offset)                                   \
                     : "$8", "memory");                                                                                \
        row(#name, offset, result);                                                                                    \
    }

LOAD(lwl)
LOAD(lwr)
LOAD(ldl)
LOAD(ldr)
LOAD(lq)
STORE(swl)
STORE(swr)
STORE(sdl)
STORE(sdr)
STORE(sq)

int main(void)
{
    static void (*const tests[])(int) = {lwl, lwr, ldl, ldr, lq, swl, swr, sdl, sdr, sq};
    for (u32 test = 0; test < sizeof tests / sizeof *tests; test++)
        for (int offset = 0; offset < 8; offset++)
            tests[test](offset);

    /* The row of a console: register 00001338 00001337 becomes 00001338 00234567 when LWR loads the upper three bytes of a word. */
    static const u32 word[2] __attribute__((aligned(8))) = {0x23456789, 0};
    u64 value = 0x0000133800001337;
    asm volatile("lwr %0, 1(%1)" : "+r"(value) : "r"(word), "m"(word));
    row64("lwr keeps", value);
    return 0;
}
