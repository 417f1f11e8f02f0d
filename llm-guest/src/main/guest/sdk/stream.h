/* Sectors of the disc that arrive ahead of their use: the EE's side of STREAM.IRX (stream_protocol.h). One stream at a time. */
#ifndef SDK_STREAM_H
#define SDK_STREAM_H

#include "stream_protocol.h"
#include "types.h"

typedef struct stream_range {
    u32 first;   /* sector of the disc */
    u32 sectors;
    int endless; /* the range begins again at its end */
    void *ring;  /* 64-byte aligned; nobody touches places that are not consumed and have not arrived */
    u32 ring_sectors;
} stream_range;

/* Loads the module from the disc and connects to it; 0 if that fails. The drive is ready (cdvd_init). */
int stream_init(void);

/* Ends the stream before and begins one at `position`; 0 if the module refuses. The ring still holds what is needed from `needed` on. */
int stream_start(const stream_range *range, u32 position, u32 needed);

/* All positions before this one have arrived. */
u32 stream_arrived(void);

/* Waits until all positions before this one have arrived; 0, or the drive's error code, or CDVD_NO_ANSWER if they never will. */
u32 stream_wait(u32 position);

/* The sector of the disc that could not be read, after an error. */
u32 stream_error_sector(void);

/* The positions before this one are not needed any more. */
void stream_consumed(u32 position);

/* Ends the stream; returns when nothing of it is under way any more. */
void stream_stop(void);

/* Reads sectors and waits for them: a stream of its own. Result as of stream_wait. */
u32 stream_read(u32 sector, u32 sectors, void *buffer);

#endif
