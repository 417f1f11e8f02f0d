/* Integer multiplication and division of both pipes: rd, HI and LO (each HI1:HI, LO1:LO as one quadword) after one operation. */
#include "rom.h"

/* HI, LO before every operation; rd before it. */
static const quad start[3] = {
    QUAD(0x23456789, 0xABCDEF01, 0x01234567, 0x89ABCDEF),
    QUAD(0x456789AB, 0xCDEF0123, 0x12345678, 0x9ABCDEF0),
    QUAD(0xAAAAAAAA, 0xBBBBBBBB, 0xCCCCCCCC, 0xDDDDDDDD),
};

#define TEST(name, instruction)                                                                                        \
    static void name(u32 a, u32 b)                                                                                     \
    {                                                                                                                  \
        quad result[3];                                                                                                \
        asm volatile(".set push\n.set noreorder\n"                                                                     \
                     "lq $8, 0(%[start])\n"                                                                            \
                     "pmthi $8\n"                                                                                      \
                     "lq $8, 16(%[start])\n"                                                                           \
                     "pmtlo $8\n"                                                                                      \
                     "lq $10, 32(%[start])\n"                                                                          \
                     "move $8, %[a]\n"                                                                                 \
                     "move $9, %[b]\n" instruction "\n"                                                                \
                     "pmfhi $8\n"                                                                                      \
                     "pmflo $9\n"                                                                                      \
                     "sq $10, 0(%[result])\n"                                                                          \
                     "sq $8, 16(%[result])\n"                                                                          \
                     "sq $9, 32(%[result])\n"                                                                          \
                     ".set pop"                                                                                        \
                     :                                                                                                 \
                     : [start] "r"(start), [result] "r"(result), [a] "r"((int)a), [b] "r"((int)b)                      \
                     : "$8", "$9", "$10", "hi", "lo", "memory");                                                       \
        rowOf(#name, a, b, " rd");                                                                                     \
        printQuad(&result[0]);                                                                                         \
        print("\n");                                                                                                   \
        rowOf(#name, a, b, " hi");                                                                                     \
        printQuad(&result[1]);                                                                                         \
        print("\n");                                                                                                   \
        rowOf(#name, a, b, " lo");                                                                                     \
        printQuad(&result[2]);                                                                                         \
        print("\n");                                                                                                   \
    }

TEST(mult, "mult $10, $8, $9")
TEST(multu, "multu $10, $8, $9")
TEST(mult1, "mult1 $10, $8, $9")
TEST(multu1, "multu1 $10, $8, $9")
TEST(madd, "madd $10, $8, $9")
TEST(maddu, "maddu $10, $8, $9")
TEST(madd1, "madd1 $10, $8, $9")
TEST(maddu1, "maddu1 $10, $8, $9")
TEST(div, "div $0, $8, $9")
TEST(divu, "divu $0, $8, $9")
TEST(div1, "div1 $0, $8, $9")
TEST(divu1, "divu1 $0, $8, $9")

static void (*const tests[])(u32, u32) = {mult, multu, mult1, multu1, madd, maddu, madd1, maddu1, div, divu, div1, divu1};

static const u32 operands[][2] = {
    {0x00000000, 0x00000000},
    {0x00000007, 0xFFFFFFFE},
    {0x12345678, 0x0000DEAD},
    {0x7FFFFFFF, 0x7FFFFFFF},
    {0x80000000, 0x80000000},
    {0x80000000, 0xFFFFFFFF},
    {0xFFFFFFFF, 0x00000000},
    {0x7FFFFFFF, 0x00000000},
};

int main(void)
{
    for (u32 test = 0; test < sizeof tests / sizeof *tests; test++)
        for (u32 pair = 0; pair < sizeof operands / sizeof *operands; pair++)
            tests[test](operands[pair][0], operands[pair][1]);
    return 0;
}
