/* The FPU's control registers, its sticky flags, and branches on its condition. */
#include "rom.h"

#define CONDITION 0x00800000

static u32 fcr31(void)
{
    u32 value;
    asm volatile("cfc1 %0, $31\nnop" : "=r"(value));
    return value;
}

static void setFcr31(u32 value)
{
    asm volatile("ctc1 %0, $31\nnop\nnop" : : "r"(value));
}

#define CONTROL(number)                                                                                                \
    do {                                                                                                               \
        u32 value;                                                                                                     \
        asm volatile("cfc1 %0, $" #number "\nnop" : "=r"(value));                                                      \
        row32("fcr" #number, value);                                                                                   \
    } while (0)

/* An operation on two numbers, and the flags it adds. */
#define OPERATE(instruction, a, b)                                                                                     \
    asm volatile(".set push\n.set noreorder\n"                                                                         \
                 "mtc1 %[x], $f1\n"                                                                                    \
                 "mtc1 %[y], $f2\n"                                                                                    \
                 "nop\n" instruction "\n"                                                                              \
                 "nop\n"                                                                                               \
                 ".set pop"                                                                                            \
                 :                                                                                                     \
                 : [x] "r"(a), [y] "r"(b)                                                                              \
                 : "$f1", "$f2", "$f3")

static void controlRegisters(void)
{
    CONTROL(0);
    CONTROL(1);
    CONTROL(15);
    CONTROL(16);
    CONTROL(30);
    CONTROL(31);
    asm volatile("ctc1 %0, $0\nnop" : : "r"(0xDEADBEEF));
    CONTROL(0);
    static const u32 written[] = {
        0x00000003, 0x0000007C, 0x00000F80, 0x0001F000, 0x00020000, 0x01000000,
        0x00400000, 0x00200000, 0x00800000, 0xFE000000, 0x001C0000,
    };
    for (u32 i = 0; i < sizeof written / sizeof *written; i++) {
        setFcr31(written[i]);
        print("fcr31 written ");
        print32(written[i]);
        row32("", fcr31());
    }
}

static void stickyFlags(void)
{
    setFcr31(0);
    OPERATE("mul.s $f3, $f1, $f2", 0x7F7FFFFF, 0x7F7FFFFF);
    row32("overflow", fcr31());
    OPERATE("div.s $f3, $f1, $f2", 0x3F800000, 0);
    row32("then 1/0", fcr31());
    OPERATE("div.s $f3, $f1, $f2", 0, 0);
    row32("then 0/0", fcr31());
    OPERATE("add.s $f3, $f1, $f2", 0x3F800000, 0x3F800000);
    row32("then 1+1", fcr31());
    OPERATE("div.s $f3, $f1, $f2", 0x3F800000, 0x3F800000);
    row32("then 1/1", fcr31());
    OPERATE("c.eq.s $f1, $f2", 0x3F800000, 0x3F800000);
    row32("then 1=1", fcr31());
    OPERATE("mov.s $f3, $f1", 0x7F7FFFFF, 0);
    row32("then mov", fcr31());
    setFcr31(0);
    row32("cleared", fcr31());
}

/* 1 if taken; the slot adds 2 if it runs. */
#define BRANCH(name, instruction, before)                                                                              \
    do {                                                                                                               \
        u32 result;                                                                                                    \
        setFcr31(before);                                                                                              \
        asm volatile(".set push\n.set noreorder\n"                                                                     \
                     "mtc1 $0, $f1\n"                                                                                  \
                     "li %[r], 0\n" instruction " 1f\n"                                                                \
                     "addiu %[r], %[r], 2\n"                                                                           \
                     "b 2f\n"                                                                                          \
                     "nop\n"                                                                                           \
                     "1: addiu %[r], %[r], 1\n"                                                                        \
                     "2: nop\n"                                                                                        \
                     ".set pop"                                                                                        \
                     : [r] "=&r"(result)                                                                               \
                     :                                                                                                 \
                     : "$f1");                                                                                         \
        row32(name, result);                                                                                           \
    } while (0)

#define BRANCHES(name)                                                                                                 \
    do {                                                                                                               \
        BRANCH(#name " 1", #name, CONDITION);                                                                          \
        BRANCH(#name " 0", #name, 0);                                                                                  \
        BRANCH(#name " c.eq", "c.eq.s $f1, $f1\nnop\nnop\n" #name, 0);                                                 \
        BRANCH(#name " c.f", "c.f.s $f1, $f1\nnop\nnop\n" #name, CONDITION);                                           \
    } while (0)

/* A comparison that holds, four branches in one another's slots (words: assemblers refuse), and the number of the target reached. */
#define CHAIN(name, opcode, before)                                                                                    \
    do {                                                                                                               \
        u32 result;                                                                                                    \
        setFcr31(before);                                                                                              \
        asm volatile(".set push\n.set noreorder\n"                                                                     \
                     "mtc1 $0, $f1\n"                                                                                  \
                     "li %[r], 0\n"                                                                                    \
                     "nop\n"                                                                                           \
                     "c.eq.s $f1, $f1\n"                                                                               \
                     ".word " opcode " + 6\n"                                                                          \
                     ".word " opcode " + 8\n"                                                                          \
                     ".word " opcode " + 10\n"                                                                         \
                     ".word " opcode " + 12\n"                                                                         \
                     "nop\n"                                                                                           \
                     "b 5f\n"                                                                                          \
                     "nop\n"                                                                                           \
                     "1: li %[r], 1\n"                                                                                 \
                     "b 5f\n"                                                                                          \
                     "nop\n"                                                                                           \
                     "2: li %[r], 2\n"                                                                                 \
                     "b 5f\n"                                                                                          \
                     "nop\n"                                                                                           \
                     "3: li %[r], 3\n"                                                                                 \
                     "b 5f\n"                                                                                          \
                     "nop\n"                                                                                           \
                     "4: li %[r], 4\n"                                                                                 \
                     "5: nop\n"                                                                                        \
                     ".set pop"                                                                                        \
                     : [r] "=&r"(result)                                                                               \
                     :                                                                                                 \
                     : "$f1");                                                                                         \
        row32(name, result);                                                                                           \
    } while (0)

int main(void)
{
    controlRegisters();
    stickyFlags();
    BRANCHES(bc1f);
    BRANCHES(bc1fl);
    BRANCHES(bc1t);
    BRANCHES(bc1tl);
    CHAIN("bc1t chain", "0x45010000", 0);
    CHAIN("bc1tl chain", "0x45030000", CONDITION);
    return 0;
}
