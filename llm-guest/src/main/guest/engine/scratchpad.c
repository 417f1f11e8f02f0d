#include "scratchpad.h"

/* Channel 9 of the DMA controller: memory to scratchpad. */
#define D9_CHCR REGISTER32(0x1000D400)
#define D9_MADR REGISTER32(0x1000D410)
#define D9_QWC REGISTER32(0x1000D420)
#define D9_SADR REGISTER32(0x1000D480)
#define CHCR_START 0x100u

void scratchpad_fetch(u32 half, const void *from, u32 bytes) {
    D9_MADR = (u32) from & 0x1FFFFFFFu;
    D9_SADR = half * 8192u;
    D9_QWC = bytes / 16;
    D9_CHCR = CHCR_START;
}

void scratchpad_wait(void) {
    while (D9_CHCR & CHCR_START) {
    }
}
