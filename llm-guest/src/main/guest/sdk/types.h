/* Integer types of the EE (n32 ABI: pointers and int 32 bits, registers 64, quadwords 128). */
#ifndef SDK_TYPES_H
#define SDK_TYPES_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef signed char s8;
typedef short s16;
typedef int s32;
typedef long long s64;
typedef __SIZE_TYPE__ size_type;

#define NULL ((void *) 0)

/* One quadword: what a DMA channel moves in one step. */
typedef struct quadword {
    u64 low, high;
} __attribute__((aligned(16))) quadword;

/* DMA to and from the IOP works on whole cache lines of 64 bytes. */
#define CACHE_ALIGNED __attribute__((aligned(64)))

/* The same RAM, seen past the data cache (kernel TLB: 0x2xxxxxxx). */
#define UNCACHED(pointer) ((void *) ((u32) (pointer) | 0x20000000u))

#define REGISTER32(address) (*(volatile u32 *) (address))
#define REGISTER64(address) (*(volatile u64 *) (address))

#endif
