/* Aligned loads and stores with offsets, register 0 as the destination, and one memory seen through three segments. */
#include "rom.h"

#define PATTERN                                                                                                        \
    {                                                                                                                  \
        QUAD(0xC0DE1337, 0xDEADBEEF, 0x9ABCDEF0, 0x45678123), QUAD(0xC0DEC0DE, 0xBEEFDEAD, 0xABCDEF01, 0x23456789),    \
            QUAD(0x44556677, 0x00112233, 0xCCDDEEFF, 0x8899AABB)                                                       \
    }

static const quad before = QUAD(0x133A, 0x1339, 0x1338, 0x1337);
static const quad stored = QUAD(0x133A, 0x1339, 0x1338, 0x1337);
static const quad pattern[3] = PATTERN;

/* Zero comes back: a load into register 0 leaves nothing. */
#define LOAD(name, offset)                                                                                             \
    do {                                                                                                               \
        quad result;                                                                                                   \
        asm volatile(".set push\n.set noreorder\n"                                                                     \
                     "lq $8, 0(%[before])\n" #name " $8, " #offset "(%[memory])\n"                                     \
                     "sq $8, 0(%[result])\n"                                                                           \
                     ".set pop"                                                                                        \
                     :                                                                                                 \
                     : [before] "r"(&before), [memory] "r"(pattern + 1), [result] "r"(&result)                         \
                     : "$8", "memory");                                                                                \
        rowQuad(#name " " #offset, &result);                                                                           \
    } while (0)

#define NOWHERE(name)                                                                                                  \
    do {                                                                                                               \
        quad result;                                                                                                   \
        asm volatile(".set push\n.set noreorder\n" #name " $0, 0(%[memory])\n"                                         \
                     "sq $0, 0(%[result])\n"                                                                           \
                     ".set pop"                                                                                        \
                     :                                                                                                 \
                     : [memory] "r"(pattern + 1), [result] "r"(&result)                                                \
                     : "memory");                                                                                      \
        rowQuad(#name " to $0", &result);                                                                              \
    } while (0)

#define STORE(name, offset)                                                                                            \
    do {                                                                                                               \
        quad memory[3] = PATTERN;                                                                                      \
        asm volatile(".set push\n.set noreorder\n"                                                                     \
                     "lq $8, 0(%[stored])\n" #name " $8, " #offset "(%[memory])\n"                                     \
                     ".set pop"                                                                                        \
                     :                                                                                                 \
                     : [stored] "r"(&stored), [memory] "r"(memory + 1)                                                 \
                     : "$8", "memory");                                                                                \
        rowQuad(#name " " #offset, &memory[1 + (offset) / 16]);                                                        \
    } while (0)

#define LOADS(name)                                                                                                    \
    do {                                                                                                               \
        LOAD(name, 0);                                                                                                 \
        LOAD(name, 16);                                                                                                \
        LOAD(name, -16);                                                                                               \
        NOWHERE(name);                                                                                                 \
    } while (0)

#define STORES(name)                                                                                                   \
    do {                                                                                                               \
        STORE(name, 0);                                                                                                \
        STORE(name, 16);                                                                                               \
        STORE(name, -16);                                                                                              \
    } while (0)

/* Written without a cache, then read through every segment of RDRAM. */
static void segments(void)
{
    static volatile u32 word __attribute__((aligned(64)));
    u32 address = (u32)(unsigned long)&word;
    *(volatile u32 *)(unsigned long)(address | 0x20000000) = 42;
    row32("cached", word);
    row32("uncached", *(volatile u32 *)(unsigned long)(address | 0x20000000));
    row32("uncached accelerated", *(volatile u32 *)(unsigned long)(address | 0x30000000));
    volatile unsigned char *scratchpad = (volatile unsigned char *)0x70000000;
    scratchpad[0] = 42;
    scratchpad[0x3FFF] = 1;
    row32("scratchpad start", scratchpad[0]);
    row32("scratchpad end", scratchpad[0x3FFF]);
}

int main(void)
{
    LOADS(lb);
    LOADS(lbu);
    LOADS(lh);
    LOADS(lhu);
    LOADS(lw);
    LOADS(lwu);
    LOADS(ld);
    LOADS(lq);
    LOAD(lq, 11);
    STORES(sb);
    STORES(sh);
    STORES(sw);
    STORES(sd);
    STORES(sq);
    STORE(sq, 11);
    segments();
    return 0;
}
