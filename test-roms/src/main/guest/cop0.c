/* COP0: the performance counters, the switch for interrupts, and the cycle count. */
#include "rom.h"

#define COUNT_ENABLE 0x80000000u
#define ALL_MODES 0x1Eu
#define CYCLES (1u << 5)

/* The counters of specifier n, by words, since few assemblers know them: mfpc and mtpc $8, n; mfps and mtps $8, n. */
#define GET(opcode, n)                                                                                                 \
    ({                                                                                                                 \
        u32 value;                                                                                                     \
        asm volatile(".word " #opcode " + 2 * " #n "\nmove %0, $8" : "=r"(value) : : "$8");                            \
        value;                                                                                                         \
    })
#define SET(opcode, n, value) asm volatile("move $8, %0\n.word " #opcode " + 2 * " #n "\nsync.p" : : "r"(value) : "$8")
#define GET_COUNTER(n) GET(0x4008C801, n)
#define SET_COUNTER(n, value) SET(0x4088C801, n, value)
#define GET_CONTROL(n) GET(0x4008C800, n)
#define SET_CONTROL(n, value) SET(0x4088C800, n, value)

#define READ_BACK(n) row32("counter " #n, GET_COUNTER(n))

static void counting(const char *name, u32 control)
{
    SET_CONTROL(0, 0);
    SET_COUNTER(0, 0);
    SET_COUNTER(1, 0);
    SET_CONTROL(0, COUNT_ENABLE | control);
    for (volatile int i = 0; i < 10; i++)
        ;
    SET_CONTROL(0, 0);
    print(name);
    print(GET_COUNTER(0) != 0 ? ": counter 0 changed" : ": counter 0 unchanged");
    print(GET_COUNTER(1) != 0 ? ", counter 1 changed\n" : ", counter 1 unchanged\n");
}

static void performance(void)
{
    SET_CONTROL(0, 0);
    SET_COUNTER(0, 0x89ABCDEF);
    SET_COUNTER(1, 0x01234567);
    READ_BACK(0);
    READ_BACK(1);
    READ_BACK(2);
    READ_BACK(3);
    READ_BACK(30);
    READ_BACK(31);
    SET_COUNTER(30, 4);
    SET_COUNTER(31, 5);
    READ_BACK(0);
    READ_BACK(1);
    SET_CONTROL(0, 0x7FFFFFFF);
    row32("control", GET_CONTROL(0));
    SET_CONTROL(0, 0x8020);
    row32("control 31", GET_CONTROL(31));
    SET_CONTROL(0, 0);
    SET_CONTROL(15, 0x8020);
    row32("control after specifier 15", GET_CONTROL(0));
    counting("counter 0 in all modes", CYCLES | ALL_MODES);
    counting("counter 1 in all modes", (CYCLES | ALL_MODES) << 10);
    counting("both in all modes", CYCLES | ALL_MODES | (CYCLES | ALL_MODES) << 10);
    counting("no modes", CYCLES | CYCLES << 10);
}

static u32 status(void)
{
    u32 value;
    asm volatile("mfc0 %0, $12" : "=r"(value));
    return value;
}

static u32 count(void)
{
    u32 value;
    asm volatile("mfc0 %0, $9" : "=r"(value));
    return value;
}

int main(void)
{
    performance();
    asm volatile("di\nsync.p");
    row32("enabled after di", status() >> 16 & 1);
    asm volatile("ei\nsync.p");
    row32("enabled after ei", status() >> 16 & 1);
    u32 first = count();
    u32 second = count();
    row32("count advances", second - first != 0 && second - first < 0x10000);
    u32 prid;
    asm volatile("mfc0 %0, $15" : "=r"(prid));
    row32("implementation in prid", prid >> 8);
    return 0;
}
