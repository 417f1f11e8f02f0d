/* The EE's serial port. */
#include "format.h"

#define SIO_ISR REGISTER32(0x1000F130)
#define SIO_TXFIFO (*(volatile u8 *) 0x1000F180)

void print_character(char c) {
    while ((SIO_ISR & 0xF000) == 0x8000) { /* transmit FIFO full */
    }
    SIO_TXFIFO = (u8) c;
}
