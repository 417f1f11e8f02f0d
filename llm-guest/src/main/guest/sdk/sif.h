/*
 * The way to the IOP: command packets by SIF DMA (sif_command.c) and remote procedure calls on top of them (sif_rpc.c).
 * Structures that the IOP reads or writes keep the layout of the wire.
 */
#ifndef SDK_SIF_H
#define SDK_SIF_H

#include "types.h"

#define SIF_COMMAND_CHANGE_ADDRESS 0x80000000u
#define SIF_COMMAND_SET_REGISTER 0x80000001u
#define SIF_COMMAND_INIT 0x80000002u
#define SIF_COMMAND_RPC_END 0x80000008u
#define SIF_COMMAND_RPC_BIND 0x80000009u
#define SIF_COMMAND_RPC_CALL 0x8000000Au

/* 16 bytes in front of every packet: packet size in bits 0-7, size of the data that went before it in bits 8-31. */
typedef struct sif_header {
    u32 sizes;
    u32 data_address;
    u32 command;
    u32 option;
} sif_header;

/* Called in interrupt context with a copy of the packet. */
typedef void (*sif_command_handler)(const void *packet);

void sif_command_init(void);
void sif_command_handle(u32 command, sif_command_handler handler);
u32 sif_command_register(u32 index);

/*
 * Sends a packet (64-byte aligned, at most 112 bytes); before it, if data_size > 0, data to data_address in IOP memory. The caller has written
 * the data cache back. Returns 0 if the kernel refused.
 */
u32 sif_command_send(u32 command, void *packet, u32 packet_size, const void *data, u32 data_address, u32 data_size);

/* The EE's end of one connection to a server on the IOP; one call at a time. */
typedef struct rpc_client {
    u32 packet[16];           /* the request, 64 bytes */
    volatile u32 server;      /* the server's handle, 0 = not bound */
    volatile u32 buffer;      /* where the server wants its arguments, in IOP memory */
    s32 semaphore;
    u32 unused[13];
} CACHE_ALIGNED rpc_client;

void rpc_init(void);

/* Looks for the server `id`, at most `attempts` times with a pause in between; 0 if it is not there. */
int rpc_bind(rpc_client *client, u32 id, u32 attempts);

/* Starts a call. Both buffers are 64-byte aligned and stay untouched until rpc_wait; receive_size may be 0. */
int rpc_start(rpc_client *client, u32 function, void *send, u32 send_size, void *receive, u32 receive_size);
void rpc_wait(rpc_client *client);

/* rpc_start and rpc_wait. */
int rpc_call(rpc_client *client, u32 function, void *send, u32 send_size, void *receive, u32 receive_size);

/* Loads a module of the console's ROM into the IOP; its id, negative on error. */
s32 iop_load_module(const char *path);

#endif
