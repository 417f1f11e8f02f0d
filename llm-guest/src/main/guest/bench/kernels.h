/* Kernels that measure the emulator. The same C runs on the guest and, as the measure of it, on the host. */
#ifndef BENCH_KERNELS_H
#define BENCH_KERNELS_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef signed char s8;
typedef short s16;
typedef int s32;

/* One run of a kernel on data of its own; the value is a checksum of what it computed. */
typedef u32 (*kernel)(void);

enum { KERNELS = 10 };

/*
 * In this order: int8-matvec-c, int8-matvec-mmi, float32-matvec, branchy-mix, sort, crc, lz, state-machine, virtual-calls,
 * scratchpad-matvec.
 */
extern const kernel kernels[KERNELS];

/* Fills the data of all kernels; once, before the first of them runs. */
void prepare(void);

#endif
