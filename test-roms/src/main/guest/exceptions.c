/* Exceptions as a program's own handler sees them: code, delay slot, place and address; then the program goes on behind it. */
#include "kernel.h"

#define SetVTLBRefillHandler(code, handler) kernel(0x0D, code, ADDRESS(handler), 0, 0)
#define SetVCommonHandler(code, handler) kernel(0x0E, code, ADDRESS(handler), 0, 0)

#define BEHIND_DELAY_SLOT 0x80000000

/* What the handler saw, and where it returns to. */
volatile struct {
    u32 cause;
    u32 place;
    u32 address;
    u32 resume;
} seen;

void handler(void);
asm(".set push\n.set noreorder\n.set noat\n"
    ".globl handler\n"
    "handler: la $26, seen\n"
    "mfc0 $27, $13\n"
    "sw $27, 0($26)\n"
    "mfc0 $27, $14\n"
    "sw $27, 4($26)\n"
    "mfc0 $27, $8\n"
    "sw $27, 8($26)\n"
    "lw $27, 12($26)\n"
    "mtc0 $27, $14\n"
    "sync.p\n"
    "eret\n"
    "nop\n"
    ".set pop");

/* Distance of the place from the instruction at fault, or from the branch before it: 0 if it is right. */
static void row(const char *name, u32 place, int addressed)
{
    print(name);
    print(": code ");
    print32(seen.cause >> 2 & 31);
    print((seen.cause & BEHIND_DELAY_SLOT) != 0 ? " in slot, at +" : ", at +");
    print32(seen.place - place);
    if (addressed) {
        print(" for ");
        print32(seen.address);
    }
    print("\n");
}

/* $9 holds the greatest word, $12 the least, $10 the greatest doubleword; $11 is an address that is a multiple of two only. */
#define RAISE(name, before, instruction, addressed)                                                                    \
    do {                                                                                                               \
        u32 place;                                                                                                     \
        seen.cause = 0;                                                                                                \
        asm volatile(".set push\n.set noreorder\n"                                                                     \
                     "la %[p], 2f\n"                                                                                   \
                     "sw %[p], 12(%[s])\n"                                                                             \
                     "la %[p], 1f\n"                                                                                   \
                     "li $9, 0x7FFFFFFF\n"                                                                             \
                     "daddiu $10, $0, -1\n"                                                                            \
                     "dsrl $10, $10, 1\n"                                                                              \
                     "li $11, 0x00100002\n"                                                                            \
                     "li $12, 0x80000000\n"                                                                            \
                     "1:\n" before instruction "\n"                                                                    \
                     "2: nop\n"                                                                                        \
                     ".set pop"                                                                                        \
                     : [p] "=&r"(place)                                                                                \
                     : [s] "r"(&seen)                                                                                  \
                     : "$8", "$9", "$10", "$11", "$12", "memory");                                                     \
        row(name, place, addressed);                                                                                   \
    } while (0)

#define BOTH(name, instruction, addressed)                                                                             \
    do {                                                                                                               \
        RAISE(name, "", instruction, addressed);                                                                       \
        RAISE(name, "beq $0, $0, 2f\n", instruction, addressed);                                                       \
    } while (0)

int main(void)
{
    SetVTLBRefillHandler(2, handler);
    SetVTLBRefillHandler(3, handler);
    SetVCommonHandler(4, handler);
    SetVCommonHandler(5, handler);
    SetVCommonHandler(9, handler);
    SetVCommonHandler(10, handler);
    SetVCommonHandler(12, handler);
    SetVCommonHandler(13, handler);
    BOTH("add", "add $8, $9, $9", 0);
    BOTH("addi", "addi $8, $9, 1", 0);
    BOTH("sub", "sub $8, $12, $9", 0);
    BOTH("dadd", "dadd $8, $10, $10", 0);
    BOTH("daddi", "daddi $8, $10, 1", 0);
    BOTH("teq", "teq $9, $9", 0);
    BOTH("tne", "tne $9, $10", 0);
    BOTH("tgei", "tgei $9, 5", 0);
    BOTH("tltiu", "tltiu $9, -1", 0);
    BOTH("break", "break", 0);
    BOTH("reserved", ".word 1", 0);
    BOTH("lh", "lh $8, 1($11)", 1);
    BOTH("lw", "lw $8, 0($11)", 1);
    BOTH("ld", "ld $8, 0($11)", 1);
    BOTH("sh", "sh $8, 1($11)", 1);
    BOTH("sw", "sw $8, 0($11)", 1);
    BOTH("sd", "sd $8, 0($11)", 1);
    BOTH("lbu unmapped", "lbu $8, 0x41($0)", 1);
    BOTH("lq unmapped", "lq $8, 0x40($0)", 1);
    BOTH("lwl unmapped", "lwl $8, 0x43($0)", 1);
    BOTH("sb unmapped", "sb $8, 0x41($0)", 1);
    BOTH("sq unmapped", "sq $8, 0x40($0)", 1);
    BOTH("sdr unmapped", "sdr $8, 0x45($0)", 1);
    /* The jump itself succeeds: the exception is the target's. */
    asm volatile(".set push\n.set noreorder\n"
                 "la $8, 1f\n"
                 "sw $8, 12(%[s])\n"
                 "li $11, 0x00100002\n"
                 "jr $11\n"
                 "nop\n"
                 "1: nop\n"
                 ".set pop"
                 :
                 : [s] "r"(&seen)
                 : "$8", "$11", "memory");
    row("jr", 0, 1);
    return 0;
}
