#include "rom.h"

/* Transmit register of the EE's serial port (ps2tek, "EE SIO"). */
#define SIO_TXFIFO (*(volatile unsigned char *)0x1000F180)

void print(const char *text)
{
    while (*text != 0)
        SIO_TXFIFO = *text++;
}

static void printHex(u64 value, int digits)
{
    while (digits-- > 0)
        SIO_TXFIFO = "0123456789ABCDEF"[value >> (4 * digits) & 15];
}

void print32(u32 value)
{
    printHex(value, 8);
}

void print64(u64 value)
{
    printHex(value, 16);
}

void printQuad(const quad *value)
{
    for (int i = 3; i >= 0; i--)
        printHex(value->w[i], 8);
}

void row32(const char *name, u32 value)
{
    print(name);
    print(": ");
    print32(value);
    print("\n");
}

void row64(const char *name, u64 value)
{
    print(name);
    print(": ");
    print64(value);
    print("\n");
}

void rowQuad(const char *name, const quad *value)
{
    print(name);
    print(": ");
    printQuad(value);
    print("\n");
}

void rowOf(const char *name, u32 a, u32 b, const char *part)
{
    print(name);
    print(" ");
    print32(a);
    print(" ");
    print32(b);
    print(part);
    print(": ");
}
