/* Integer arithmetic, logic, shifts, comparisons and conditional moves, on the operands of which a console's results are recorded. */
#include "rom.h"

static const quad zero = QUAD(0, 0, 0, 0);
static const quad one = QUAD(0, 0, 0, 1);
static const quad minusOne = QUAD(0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF);
static const quad most16 = QUAD(0, 0, 0, 0x7FFF);
static const quad least16 = QUAD(0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFF8000);
static const quad most32 = QUAD(0, 0, 0, 0x7FFFFFFF);
static const quad least32 = QUAD(0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0x80000000);
static const quad most64 = QUAD(0, 0, 0x7FFFFFFF, 0xFFFFFFFF);
static const quad least64 = QUAD(0xFFFFFFFF, 0xFFFFFFFF, 0x80000000, 0);
static const quad counting = QUAD(0x133A, 0x1339, 0x1338, 0x1337);
static const quad mixed = QUAD(0xDEADBEEC, 0xDEADBEED, 0xDEADBEEE, 0xDEADBEEF);

static quad result;

static void row(const char *name, const quad *a, u64 b)
{
    print(name);
    print(" ");
    print32(a->w[1]);
    print32(a->w[0]);
    print(" ");
    print64(b);
    rowQuad("", &result);
}

/* The destination starts as counting, so that what an instruction keeps shows. */
#define RUN(instruction, a, b)                                                                                         \
    asm volatile(".set push\n.set noreorder\n"                                                                         \
                 "lq $8, 0(%[x])\n"                                                                                    \
                 "lq $9, 0(%[y])\n"                                                                                    \
                 "lq $10, 0(%[d])\n" instruction "\n"                                                                  \
                 "sq $10, 0(%[r])\n"                                                                                   \
                 ".set pop"                                                                                            \
                 :                                                                                                     \
                 : [x] "r"(a), [y] "r"(b), [d] "r"(&counting), [r] "r"(&result)                                        \
                 : "$8", "$9", "$10", "memory")

#define REGISTERS(name)                                                                                                \
    static void name(const quad *a, const quad *b)                                                                     \
    {                                                                                                                  \
        RUN(#name " $10, $8, $9", a, b);                                                                               \
        row(#name, a, (u64)b->w[1] << 32 | b->w[0]);                                                                   \
    }

#define IMMEDIATE(name, a, value)                                                                                      \
    do {                                                                                                               \
        RUN(#name " $10, $8, " #value, a, a);                                                                          \
        row(#name, a, (u64)(value));                                                                                   \
    } while (0)

/* One of the sixteen-bit immediates; the last ones are signed in the arithmetic forms and unsigned in the logical ones. */
#define IMMEDIATES(name, all, least, dead)                                                                             \
    do {                                                                                                               \
        IMMEDIATE(name, &zero, 0);                                                                                     \
        IMMEDIATE(name, &zero, 1);                                                                                     \
        IMMEDIATE(name, &one, 0);                                                                                      \
        IMMEDIATE(name, &one, 1);                                                                                      \
        IMMEDIATE(name, &one, all);                                                                                    \
        IMMEDIATE(name, &most16, 0x7FFF);                                                                              \
        IMMEDIATE(name, &least16, least);                                                                              \
        IMMEDIATE(name, &most32, 0x7FFF);                                                                              \
        IMMEDIATE(name, &least32, least);                                                                              \
        IMMEDIATE(name, &most64, 0x7FFF);                                                                              \
        IMMEDIATE(name, &least64, least);                                                                              \
        IMMEDIATE(name, &counting, dead);                                                                              \
    } while (0)

#define COUNTS(name)                                                                                                   \
    do {                                                                                                               \
        IMMEDIATE(name, &zero, 1);                                                                                     \
        IMMEDIATE(name, &one, 0);                                                                                      \
        IMMEDIATE(name, &one, 2);                                                                                      \
        IMMEDIATE(name, &one, 30);                                                                                     \
        IMMEDIATE(name, &one, 31);                                                                                     \
        IMMEDIATE(name, &most16, 3);                                                                                   \
        IMMEDIATE(name, &least16, 3);                                                                                  \
        IMMEDIATE(name, &most32, 3);                                                                                   \
        IMMEDIATE(name, &least32, 3);                                                                                  \
        IMMEDIATE(name, &most64, 3);                                                                                   \
        IMMEDIATE(name, &least64, 3);                                                                                  \
        IMMEDIATE(name, &counting, 5);                                                                                 \
    } while (0)

#define UPPER(value)                                                                                                   \
    do {                                                                                                               \
        RUN("lui $10, " #value, &zero, &zero);                                                                         \
        row("lui", &zero, value);                                                                                      \
    } while (0)

REGISTERS(addu)
REGISTERS(subu)
REGISTERS(daddu)
REGISTERS(dsubu)
REGISTERS(and)
REGISTERS(or)
REGISTERS(xor)
REGISTERS(nor)
REGISTERS(slt)
REGISTERS(sltu)
REGISTERS(movz)
REGISTERS(movn)
REGISTERS(sllv)
REGISTERS(srlv)
REGISTERS(srav)
REGISTERS(dsllv)
REGISTERS(dsrlv)
REGISTERS(dsrav)

static void registers(void)
{
    static void (*const tests[])(const quad *, const quad *) = {
        addu, subu, daddu, dsubu, and, or, xor, nor, slt, sltu, movz, movn, sllv, srlv, srav, dsllv, dsrlv, dsrav,
    };
    static const quad *const pairs[][2] = {
        {&zero, &zero},       {&zero, &one},        {&one, &zero},      {&one, &one},
        {&one, &minusOne},    {&most16, &most16},   {&least16, &least16}, {&most32, &most32},
        {&least32, &least32}, {&most64, &most64},   {&least64, &least64}, {&counting, &mixed},
    };
    for (u32 test = 0; test < sizeof tests / sizeof *tests; test++)
        for (u32 pair = 0; pair < sizeof pairs / sizeof *pairs; pair++)
            tests[test](pairs[pair][0], pairs[pair][1]);
}

/* The trapping forms, where they do not trap. */
static void trapping(void)
{
    RUN("add $10, $8, $9", &most32, &least32);
    row("add", &most32, 0xFFFFFFFF80000000);
    RUN("sub $10, $8, $9", &least32, &least32);
    row("sub", &least32, 0xFFFFFFFF80000000);
    RUN("dadd $10, $8, $9", &most64, &least64);
    row("dadd", &most64, 0x8000000000000000);
    RUN("dsub $10, $8, $9", &least64, &least64);
    row("dsub", &least64, 0x8000000000000000);
    IMMEDIATE(addi, &most32, -1);
    IMMEDIATE(daddi, &most64, -1);
}

int main(void)
{
    registers();
    IMMEDIATES(addiu, -1, -0x8000, -0x2153);
    IMMEDIATES(daddiu, -1, -0x8000, -0x2153);
    IMMEDIATES(andi, 0xFFFF, 0x8000, 0xDEAD);
    IMMEDIATES(ori, 0xFFFF, 0x8000, 0xDEAD);
    IMMEDIATES(xori, 0xFFFF, 0x8000, 0xDEAD);
    COUNTS(slti);
    COUNTS(sltiu);
    COUNTS(sll);
    COUNTS(srl);
    COUNTS(sra);
    COUNTS(dsll);
    COUNTS(dsrl);
    COUNTS(dsra);
    COUNTS(dsll32);
    COUNTS(dsrl32);
    COUNTS(dsra32);
    UPPER(0);
    UPPER(1);
    UPPER(2);
    UPPER(0x7FFF);
    UPPER(0x8000);
    UPPER(0xFFFF);
    UPPER(0xDEAD);
    trapping();
    return 0;
}
