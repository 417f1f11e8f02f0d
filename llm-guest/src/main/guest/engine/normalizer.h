/* SentencePiece's normalisation of a text before it is cut into pieces. */
#ifndef ENGINE_NORMALIZER_H
#define ENGINE_NORMALIZER_H

#include "types.h"

/* `continued`: the text goes on where another one ended. Writes at most `limit` bytes; how many there are, more than limit if they did not fit. */
u32 normalize(const u8 *text, u32 n, int continued, u8 *out, u32 limit);

/* Bytes of the UTF-8 character at the beginning, 0 where there is none. */
u32 utf8_length(const u8 *text, u32 n);

#endif
