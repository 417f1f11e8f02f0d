/* CRC-32 of zlib and Ethernet. */
#ifndef ENGINE_CRC32_H
#define ENGINE_CRC32_H

#include "types.h"

/* Goes on from `crc`, the value for the bytes before (0 for none). */
u32 crc32(u32 crc, const void *data, u32 size);

#endif
