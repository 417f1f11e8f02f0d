/*
 * How the EE and the streaming module on the IOP (STREAM.IRX) speak.
 *
 * A stream is a range of sectors that the module reads in order and sends to a ring of sectors in EE memory, ahead of the EE. Both sides count
 * positions in sectors: position p is sector `first + p % sectors` of the disc and place `p % ring_sectors` of the ring. The module never sends
 * position p before the EE has said that it is done with p - ring_sectors.
 *
 * - STREAM_START (RPC, a stream_request) ends the stream before, with all of its transfers, and begins another; the answer is STREAM_OK or
 *   STREAM_REFUSED. STREAM_STOP (RPC, nothing) only ends it. Once one of them has answered, nothing of the stream before arrives any more.
 * - STREAM_COMMAND from the IOP (a stream_report) follows the sectors that it reports, so they are in memory when it comes.
 * - STREAM_COMMAND from the EE (a stream_consumption) says how far the ring is free again.
 *
 * Positions only grow, so a report or a consumption that overtakes another does no harm, and each bears the number of its stream, so those of an
 * older one are told apart. After STREAM_ENDED and STREAM_FAILED the module is idle until the next STREAM_START.
 */
#ifndef SDK_STREAM_PROTOCOL_H
#define SDK_STREAM_PROTOCOL_H

#include "types.h"

#define STREAM_SERVER 0x534F4C53u
#define STREAM_COMMAND 0x80000018u /* a number of the system's table that no module of the ROM uses */

enum { STREAM_START = 1, STREAM_STOP = 2 };
enum { STREAM_OK = 1, STREAM_REFUSED = 2 };
enum { STREAM_RUNNING = 1, STREAM_ENDED = 2, STREAM_FAILED = 3 };

#define STREAM_SECTOR 2048u

typedef struct stream_request {
    u32 number;       /* of the stream */
    u32 ring;         /* its address in EE memory, a multiple of 64 */
    u32 ring_sectors;
    u32 first;        /* sector of the disc, LSN */
    u32 sectors;
    u32 endless;      /* 0: ends after `sectors`; else it begins again at `first` */
    u32 position;     /* where to begin */
    u32 consumed;     /* first position that the EE still needs */
    u32 unused[8];
} stream_request;

/* The first 16 bytes of every packet belong to the SIF. */
typedef struct stream_report {
    u32 header[4];
    u32 number;
    u32 arrived; /* all positions before this one have arrived */
    u32 state;
    u32 error;   /* STREAM_FAILED: the drive's error code */
    u32 sector;  /* STREAM_FAILED: the sector of the disc that cannot be read */
    u32 retries; /* reads that the module has repeated in this stream */
    u32 unused[2];
} stream_report;

typedef struct stream_consumption {
    u32 header[4];
    u32 number;
    u32 consumed; /* the EE needs no position before this one any more */
    u32 unused[2];
} stream_consumption;

#endif
