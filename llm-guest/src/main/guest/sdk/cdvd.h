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

/*
 * Reads into a 64-byte aligned buffer and waits; again while that may help: after read errors, and when the tray was open, as soon as the disc is
 * back. 0, or the drive's error code.
 */
u32 cdvd_read(u32 sector, u32 sectors, void *buffer);

/* What a drive error means. */
const char *cdvd_error_name(u32 code);

#define CDVD_READ_ERROR 0x30u
#define CDVD_NO_ANSWER 0x100u /* the IOP did not take the call */

#endif
