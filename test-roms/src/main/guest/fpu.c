/* The FPU: results as bits and, where the row says so, FCR31 after an operation that started with all flags clear. */
#include "rom.h"

/* FCR31 with every flag clear: bits 24 and 0 are always 1. */
#define CLEAR 0x01000001

static u32 flags;

static void row(const char *name, u32 a, u32 b, u32 value)
{
    rowOf(name, a, b, "");
    print32(value);
    print("\n");
}

static void rowFlags(const char *name, u32 a, u32 b, u32 value)
{
    rowOf(name, a, b, "");
    print32(value);
    print(" ");
    print32(flags);
    print("\n");
}

#define RUN(instruction, acc, a, b, result)                                                                            \
    asm volatile(".set push\n.set noreorder\n"                                                                         \
                 "li $8, %[clear]\n"                                                                                   \
                 "ctc1 $8, $31\n"                                                                                      \
                 "mtc1 %[c], $f0\n"                                                                                    \
                 "mtc1 $0, $f4\n"                                                                                      \
                 "mtc1 %[x], $f1\n"                                                                                    \
                 "mtc1 %[y], $f2\n"                                                                                    \
                 "nop\n"                                                                                               \
                 "adda.s $f0, $f4\n" instruction "\n"                                                                  \
                 "nop\n"                                                                                               \
                 "mfc1 %[r], $f3\n"                                                                                    \
                 "cfc1 %[f], $31\n"                                                                                    \
                 "nop\n"                                                                                               \
                 ".set pop"                                                                                            \
                 : [r] "=&r"(result), [f] "=&r"(flags)                                                                 \
                 : [clear] "i"(CLEAR), [c] "r"(acc), [x] "r"(a), [y] "r"(b)                                            \
                 : "$8", "$f0", "$f1", "$f2", "$f3", "$f4")

#define OPERATION(name, instruction)                                                                                   \
    static u32 name(u32 a, u32 b)                                                                                      \
    {                                                                                                                  \
        u32 result;                                                                                                    \
        RUN(instruction, 0, a, b, result);                                                                             \
        return result;                                                                                                 \
    }

OPERATION(add, "add.s $f3, $f1, $f2")
OPERATION(sub, "sub.s $f3, $f1, $f2")
OPERATION(mul, "mul.s $f3, $f1, $f2")
OPERATION(div, "div.s $f3, $f1, $f2")
/* SQRT.S of this CPU takes its operand in ft; the assembler would put it in fs and leave ft 0. This is sqrt.s $f3, $f2. */
OPERATION(sqrt, ".word 0x460200C4")
OPERATION(rsqrt, "rsqrt.s $f3, $f1, $f2")
OPERATION(max, "max.s $f3, $f1, $f2")
OPERATION(min, "min.s $f3, $f1, $f2")
OPERATION(abs, "abs.s $f3, $f1")
OPERATION(neg, "neg.s $f3, $f1")
/* The assembler calls the CVT.W.S of this CPU, which truncates, trunc.w.s. */
OPERATION(cvtw, "trunc.w.s $f3, $f1")
OPERATION(cvts, "cvt.s.w $f3, $f1")
OPERATION(ceq, "c.eq.s $f1, $f2\nmov.s $f3, $f1")
OPERATION(clt, "c.lt.s $f1, $f2\nmov.s $f3, $f1")
OPERATION(cle, "c.le.s $f1, $f2\nmov.s $f3, $f1")

static void madd(u32 acc, u32 a, u32 b)
{
    u32 result;
    RUN("madd.s $f3, $f1, $f2", acc, a, b, result);
    print("madd ");
    print32(acc);
    row("", a, b, result);
}

static void msub(u32 acc, u32 a, u32 b)
{
    u32 result;
    RUN("msub.s $f3, $f1, $f2", acc, a, b, result);
    print("msub ");
    print32(acc);
    row("", a, b, result);
}

#define ROW(name, a, b) row(#name, a, b, name(a, b))
#define FLAGS(name, a, b) rowFlags(#name, a, b, name(a, b))

static void compare(const char *name, u32 a, u32 b)
{
    rowOf(name, a, b, "");
    print32(flags >> 23 & 1);
    print("\n");
}

#define COMPARE(name, a, b) (name(a, b), compare(#name, a, b))

int main(void)
{
    ROW(mul, 0x3F800000, 0x3FFFFFFF);
    ROW(mul, 0x3FFFFFFF, 0x3F800000);
    ROW(mul, 0x3F800000, 0x7FFFFFFF);
    ROW(div, 0x3F800000, 0x40400000);
    ROW(div, 0x3F800000, 0x3FC00000);
    ROW(div, 0x3F800000, 0x3FFFFFFF);
    ROW(sqrt, 0, 0x3FC00000);
    ROW(sqrt, 0, 0x3FFFFFFF);
    ROW(sqrt, 0, 0xDEADBEEF);
    ROW(rsqrt, 0x3F800000, 0x41C80000);
    ROW(rsqrt, 0x3F800000, 0x3FFFFFFF);
    ROW(rsqrt, 0x7FFFFFFF, 0x7FFFFFFF);
    ROW(add, 0x7F800000, 0x7F800000);
    ROW(add, 0x7F800001, 0x3F800000);
    ROW(add, 0x80000000, 0x80000000);
    ROW(add, 0x00000000, 0x80000000);
    ROW(sub, 0x80000000, 0x00000000);
    ROW(div, 0x3F800000, 0x00000000);
    ROW(div, 0xBF800000, 0x00000000);
    ROW(div, 0x00000000, 0x80000000);
    ROW(min, 0x00000001, 0x3F800000);
    ROW(max, 0x00000000, 0x80000000);
    ROW(min, 0x00000000, 0x80000000);
    ROW(abs, 0x80000001, 0);
    ROW(neg, 0x00000001, 0);
    ROW(cvtw, 0x4F000000, 0);
    ROW(cvtw, 0xCF000001, 0);
    ROW(cvtw, 0x7FFFFFFF, 0);
    ROW(cvtw, 0xFFFFFFFF, 0);
    ROW(cvtw, 0xBFFFFFFF, 0);
    ROW(cvtw, 0x00000001, 0);
    ROW(cvts, 0x7FFFFFFF, 0);
    ROW(cvts, 0x80000000, 0);
    ROW(cvts, 0xFFFFFFFF, 0);

    ROW(sub, 0x0080008B, 0x008000EA);
    ROW(add, 0x8080002C, 0x008000EC);
    ROW(add, 0x80800036, 0x00829F6A);
    ROW(add, 0x80C1AA65, 0x01200000);
    ROW(add, 0x42546666, 0xB3E2A618);

    madd(0xFFFFFFFF, 0x7FFFFFFF, 0x7FFFFFFF);
    madd(0x3F800000, 0x40000000, 0x40400000);
    msub(0x3F800000, 0x40000000, 0x40400000);
    msub(0x00000000, 0x3F800000, 0x00000001);

    FLAGS(sqrt, 0, 0xBF800000);
    FLAGS(sqrt, 0, 0x80000000);
    FLAGS(div, 0x00000000, 0x00000000);
    FLAGS(div, 0x3F800000, 0x00000000);
    FLAGS(add, 0x7F800001, 0x7F800001);
    FLAGS(mul, 0x7F7FFFFF, 0x7F7FFFFF);
    FLAGS(div, 0x00800000, 0x40400000);
    FLAGS(div, 0x3F800000, 0x4040FFFF);

    COMPARE(ceq, 0x00000001, 0x80000000);
    COMPARE(ceq, 0x3F800000, 0x3F800000);
    COMPARE(ceq, 0x7FFFFFFF, 0x7FFFFFFF);
    COMPARE(clt, 0x80000001, 0x00000001);
    COMPARE(clt, 0xFFFFFFFF, 0x7FFFFFFF);
    COMPARE(clt, 0xC0000000, 0xBF800000);
    COMPARE(cle, 0x00000001, 0x80000000);
    COMPARE(cle, 0x7FFFFFFF, 0x7F800000);

    u32 value;
    asm volatile("cfc1 %0, $0" : "=r"(value));
    row32("fcr0", value);
    asm volatile("ctc1 %1, $31\nnop\ncfc1 %0, $31" : "=r"(value) : "r"(0xFFFFFFFF));
    row32("fcr31 all ones", value);
    asm volatile("ctc1 $0, $31\nnop\ncfc1 %0, $31" : "=r"(value));
    row32("fcr31 zero", value);
    return 0;
}
