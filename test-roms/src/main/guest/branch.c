/* Branches: 64-bit conditions, link registers, likely slots, and a branch in a delay slot. */
#include "rom.h"

/* 1 if taken, else 0; the slot adds 2 if it runs. The operand is one register of 64 bits. */
#define BRANCH(name, instruction)                                                                                      \
    static void name(u64 a, u64 b)                                                                                     \
    {                                                                                                                  \
        u32 result;                                                                                                    \
        asm volatile(".set push\n.set noreorder\n"                                                                     \
                     "move $8, %[a]\n"                                                                                 \
                     "move $9, %[b]\n"                                                                                 \
                     "li %[r], 0\n" instruction ", 1f\n"                                                               \
                     "addiu %[r], %[r], 2\n"                                                                           \
                     "b 2f\n"                                                                                          \
                     "nop\n"                                                                                           \
                     "1: addiu %[r], %[r], 1\n"                                                                        \
                     "2: nop\n"                                                                                        \
                     ".set pop"                                                                                        \
                     : [r] "=&r"(result)                                                                               \
                     : [a] "r"(a), [b] "r"(b)                                                                          \
                     : "$8", "$9", "$31");                                                                             \
        print(#name " ");                                                                                              \
        print64(a);                                                                                                    \
        print(" ");                                                                                                    \
        print64(b);                                                                                                    \
        row32("", result);                                                                                             \
    }

BRANCH(beq, "beq $8, $9")
BRANCH(bne, "bne $8, $9")
BRANCH(blez, "blez $8")
BRANCH(bgtz, "bgtz $8")
BRANCH(bltz, "bltz $8")
BRANCH(bgez, "bgez $8")
BRANCH(bltzal, "bltzal $8")
BRANCH(bgezal, "bgezal $8")
BRANCH(beql, "beql $8, $9")
BRANCH(bnel, "bnel $8, $9")
BRANCH(blezl, "blezl $8")
BRANCH(bgtzl, "bgtzl $8")
BRANCH(bltzl, "bltzl $8")
BRANCH(bgezl, "bgezl $8")
BRANCH(bltzall, "bltzall $8")
BRANCH(bgezall, "bgezall $8")

/* Distance from the address after the delay slot to the link register, whether the branch is taken or not. */
#define LINK(name, value, instruction)                                                                                 \
    do {                                                                                                               \
        u32 result;                                                                                                    \
        asm volatile(".set push\n.set noreorder\n"                                                                     \
                     "move $8, %[v]\n"                                                                                 \
                     "li $31, 0\n" instruction ", 1f\n"                                                                \
                     "nop\n"                                                                                           \
                     "1: la %[r], 1b\n"                                                                                \
                     "subu %[r], $31, %[r]\n"                                                                          \
                     ".set pop"                                                                                        \
                     : [r] "=&r"(result)                                                                               \
                     : [v] "r"(value)                                                                                  \
                     : "$8", "$31");                                                                                   \
        row32(name, result);                                                                                           \
    } while (0)

int main(void)
{
    static void (*const tests[])(u64, u64) = {
        beq, bne, blez, bgtz, bltz, bgez, bltzal, bgezal, beql, bnel, blezl, bgtzl, bltzl, bgezl, bltzall, bgezall,
    };
    static const u64 operands[][2] = {
        {0, 0},
        {0x0000000080000000, 0xFFFFFFFF80000000},
        {0x8000000000000000, 0},
    };
    for (u32 test = 0; test < sizeof tests / sizeof *tests; test++)
        for (u32 pair = 0; pair < sizeof operands / sizeof *operands; pair++)
            tests[test](operands[pair][0], operands[pair][1]);

    LINK("bltzal taken link", -1, "bltzal $8");
    LINK("bltzal not taken link", 1, "bltzal $8");
    LINK("bgezall not taken link", -1, "bgezall $8");

    /* A branch in the delay slot of a taken branch: the second target wins. Both are encoded by hand: assemblers refuse. */
    u32 result;
    asm volatile(".set push\n.set noreorder\n"
                 "li %[r], 0\n"
                 ".word 0x10000002\n" /* beq $0, $0, 1f */
                 ".word 0x10000004\n" /* beq $0, $0, 2f */
                 "nop\n"
                 "1: nop\n"
                 "b 3f\n"
                 "li %[r], 1\n"
                 "2: li %[r], 2\n"
                 "3: nop\n"
                 ".set pop"
                 : [r] "=&r"(result));
    row32("beq in the slot of beq", result);

    /* JALR with one register for target and link: the target is read first. */
    u32 link;
    asm volatile(".set push\n.set noreorder\n"
                 "la $8, 1f\n"
                 "li %[r], 0\n"
                 ".word 0x01004009\n" /* jalr $8, $8 */
                 "nop\n"
                 "2: b 3f\n"
                 "nop\n"
                 "1: li %[r], 1\n"
                 "3: la $9, 2b\n"
                 "subu %[l], $8, $9\n"
                 ".set pop"
                 : [r] "=&r"(result), [l] "=&r"(link)
                 :
                 : "$8", "$9");
    row32("jalr $8, $8 taken", result);
    row32("jalr $8, $8 link", link);

    /* The slot changes the register the condition was read from, and sees the link register written. */
    asm volatile(".set push\n.set noreorder\n"
                 "li $8, 0\n"
                 "li %[r], 1\n"
                 "beq $8, $0, 1f\n"
                 "li $8, 1\n"
                 "li %[r], 0\n"
                 "1: nop\n"
                 ".set pop"
                 : [r] "=&r"(result)
                 :
                 : "$8");
    row32("condition before slot", result);
    asm volatile(".set push\n.set noreorder\n"
                 "li $31, 0\n"
                 "bal 1f\n"
                 "move %[r], $31\n"
                 "1: la $8, 1b\n"
                 "subu %[r], %[r], $8\n"
                 ".set pop"
                 : [r] "=&r"(result)
                 :
                 : "$8", "$31");
    row32("link before slot", result);
    return 0;
}
