/* Byte-level BPE: a text without symbols to pieces. */
#ifndef ENGINE_BYTE_LEVEL_H
#define ENGINE_BYTE_LEVEL_H

#include "vocabulary.h"

/* Room for n + 1 bytes in `buffer`, and for as many pairs of 16-bit numbers in `scratch`. */
void byte_level_encode(const u8 *text, u32 n, u8 *buffer, u16 *scratch, id_list *list);

#endif
