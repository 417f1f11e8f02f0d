/* What modules call: libraries of the IOP's kernel and ROM modules (libraries.S). Structures have the layout of their libraries. */
#ifndef IOP_LIBRARIES_H
#define IOP_LIBRARIES_H

#include "types.h"

/* What the linker puts into .iopmod; version: major in the high byte. */
typedef struct module_identity {
    const char *name;
    u16 version;
} module_identity;

#define MODULE_STAYS 0      /* value of _start */
#define MODULE_REFUSES 1

/* thbase */
typedef struct thread_parameters {
    u32 attributes, option;
    void (*function)(void *argument);
    u32 stack_size, priority; /* the smaller, the sooner it runs: 9 to 123 */
} thread_parameters;

#define THREAD_IN_C 0x02000000u

s32 CreateThread(const thread_parameters *parameters);
s32 StartThread(s32 thread, void *argument);
s32 GetThreadId(void);
s32 DelayThread(u32 microseconds);

/* thsemap */
typedef struct semaphore_parameters {
    u32 attributes, option;
    s32 initial, most;
} semaphore_parameters;

s32 CreateSema(const semaphore_parameters *parameters);
s32 SignalSema(s32 semaphore);
s32 iSignalSema(s32 semaphore); /* for interrupts */
s32 WaitSema(s32 semaphore);

/* cdvdman; results of reads: 1 if it begins */
typedef struct read_mode {
    u8 tries;   /* of the drive, for one sector; 0 is 256 */
    u8 speed;   /* 0: the fastest */
    u8 pattern; /* 0: 2048 bytes of a sector */
    u8 unused;
} read_mode;

#define DISC_READY 2
#define READY_WITHOUT_WAITING 1
#define DRIVE_NOT_READY 0x13u
#define DRIVE_READ_ERROR 0x30u

s32 sceCdRead(u32 sector, u32 sectors, void *buffer, const read_mode *mode);
s32 sceCdSync(s32 mode); /* 0 waits */
s32 sceCdGetError(void);
s32 sceCdDiskReady(s32 mode);

/* sifman */
s32 sceSifDmaStat(s32 transfer); /* negative: it has ended */

/* sifcmd */
typedef struct rpc_queue {
    u32 words[8];
} rpc_queue;

typedef struct rpc_server {
    u32 words[20];
} rpc_server;

void sceSifInitRpc(s32 mode);
void sceSifSetRpcQueue(rpc_queue *queue, s32 thread);
void sceSifRegisterRpc(
    rpc_server *server, u32 id, void *(*function)(u32 number, void *data, s32 size), void *buffer, void *cancel_function,
    void *cancel_buffer, rpc_queue *queue);
void sceSifRpcLoop(rpc_queue *queue);

/* The handler runs as an interrupt. */
void sceSifAddCmdHandler(u32 command, void (*handler)(void *packet, void *argument), void *argument);

/* Sends data, then the packet; 0 if it cannot be sent, else the number of the transfer. Both stay untouched until it has ended. */
s32 sceSifSendCmd(u32 command, void *packet, s32 packet_size, const void *data, u32 destination, s32 data_size);

/* stdio */
s32 printf(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
