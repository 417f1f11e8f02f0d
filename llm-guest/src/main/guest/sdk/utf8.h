/* UTF-8, byte by byte. */
#ifndef SDK_UTF8_H
#define SDK_UTF8_H

#include "types.h"

/* A character under way; all zero at the beginning. */
typedef struct utf8_decoder {
    u32 code_point, missing;
} utf8_decoder;

/* Takes a byte; true when d->code_point is complete. Bytes that belong to no character are dropped. */
int utf8_take(utf8_decoder *d, u8 byte);

#endif
