/* The disc drive through the IOP's CDVDFSV servers (what libcdvd speaks). Sectors have 2048 bytes. */
#ifndef SDK_CDVD_H
#define SDK_CDVD_H

#include "types.h"

#define SECTOR_SIZE 2048u

typedef struct disc_file {
    u32 sector; /* LSN of its first sector */
    u32 size;   /* bytes */
} disc_file;

/* Waits for the disc; false when the IOP has no drive service. */
int cdvd_init(void);

/* `name` as it stands on the disc, for example "\\MODEL.PSN;1". */
int cdvd_find(const char *name, disc_file *file);

/* Starts reading into a 64-byte aligned buffer that nobody touches until cdvd_finish_read. One read at a time. */
int cdvd_start_read(u32 sector, u32 sectors, void *buffer);

/* True when the drive has finished; cdvd_finish_read will not wait then. */
int cdvd_read_ended(void);

/* Waits for the end; 0, or the drive's error code. */
u32 cdvd_finish_read(void);

/* Both, and again while that may help: after read errors, and when the tray was open, as soon as the disc is back. */
u32 cdvd_read(u32 sector, u32 sectors, void *buffer);

/* Waits until the drive has a disc and is ready; false if it is not within that time. */
int cdvd_wait_ready(u32 milliseconds);

/* Whether another try may help after this error; waits for a disc that is gone. */
int cdvd_may_pass(u32 error);

/* What a drive error means. */
const char *cdvd_error_name(u32 code);

#define CDVD_READ_ERROR 0x30u
#define CDVD_NO_ANSWER 0x100u /* the IOP did not take the call */

#endif
