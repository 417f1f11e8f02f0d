/*
 * Calls into the EE kernel (syscalls.S). The number goes into v1, arguments into a0..a3 and t0, the result comes in v0. Names with an i
 * are the forms for interrupt handlers: they do not switch threads.
 */
#ifndef SDK_KERNEL_H
#define SDK_KERNEL_H

#include "types.h"

typedef struct semaphore_parameters {
    s32 count, max_count, init_count, wait_threads;
    u32 attr, option;
} semaphore_parameters;

/* One DMA from EE memory to IOP memory. size in bytes, a multiple of 16. */
typedef struct sif_dma_transfer {
    const void *src;
    u32 dest;
    s32 size;
    s32 attr;
} sif_dma_transfer;

#define SIF_DMA_INTERRUPT_OTHER 0x04 /* interrupt the IOP when it has arrived */
#define SIF_DMA_END_OF_GROUP 0x40

/* FlushCache: writes every dirty line of the data cache back and forgets all lines, so what DMA writes afterwards is seen. */
#define CACHE_WRITE_BACK_DATA 0

#define DMAC_CHANNEL_SIF0 5
#define INTC_VBLANK_START 2

typedef s32 (*interrupt_handler)(s32 cause, void *argument, void *address);

void SetGsCrt(s32 interlace, s32 mode, s32 field);
void Exit(s32 status) __attribute__((noreturn));
s32 AddIntcHandler(s32 cause, interrupt_handler handler, s32 next, void *argument);
s32 EnableIntc(s32 cause);
s32 AddDmacHandler(s32 channel, interrupt_handler handler, s32 next, void *argument, s32 flag);
s32 EnableDmac(s32 channel);
s32 CreateSema(semaphore_parameters *parameters);
s32 SignalSema(s32 id);
s32 iSignalSema(s32 id);
s32 WaitSema(s32 id);
s32 PollSema(s32 id);
void FlushCache(s32 operation);
u64 GsPutIMR(u64 mask);
s32 SifDmaStat(u32 id);
u32 SifSetDma(const sif_dma_transfer *transfers, s32 count);
void SifSetDChain(void);
void iSifSetDChain(void);
s32 SifSetReg(u32 number, u32 value);
u32 SifGetReg(u32 number);

/* Interrupts off; true if they were on. DI takes effect a little later than it is executed, so Status is read until it says so. */
static inline int interrupts_off(void) {
    u32 status;
    __asm__ volatile("mfc0 %0, $12" : "=r"(status));
    int were_on = (status & 0x10000) != 0;
    while (status & 0x10000) {
        __asm__ volatile("di\n\tsync.p\n\tmfc0 %0, $12" : "=r"(status) : : "memory");
    }
    return were_on;
}

static inline void interrupts_on(void) {
    __asm__ volatile("ei" : : : "memory");
}

#endif
