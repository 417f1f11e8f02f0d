/* The EE's serial port. */
#include "format.h"

#define SIO_ISR REGISTER32(0x1000F130)
#define SIO_TXFIFO (*(volatile u8 *) 0x1000F180)

/* Bits 15..12 of ISR: characters in the transmit FIFO, which holds eight. */
#define FIFO_SIZE 8u

static u32 room(void) {
    u32 waiting;
    do {
        waiting = SIO_ISR >> 12 & 15;
    } while (waiting >= FIFO_SIZE);
    return FIFO_SIZE - waiting;
}

void print_character(char c) {
    room();
    SIO_TXFIFO = (u8) c;
}

void print_bytes(const u8 *bytes, u32 n) {
    while (n > 0) {
        for (u32 free = room(); free > 0 && n > 0; free--, n--) {
            SIO_TXFIFO = *bytes++;
        }
    }
}
