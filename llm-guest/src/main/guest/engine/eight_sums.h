/* Sums over codes of eight bits, eight side by side: what attention multiplies keys and values with. */
#ifndef ENGINE_EIGHT_SUMS_H
#define ENGINE_EIGHT_SUMS_H

#include "types.h"

/* What is added to a code of a key or a value before it is stored. */
#define CODE_BIAS 128

/* Turns of sixteen bytes that a loop's body takes together. */
#define TURNS_TOGETHER 4u

/*
 * For each of `groups` groups, eight sums: sums[8g + l] = begin[l] + the sum over rows r of x[r] times the stored code of row r in lane l. A group is
 * `turns` quadwords of codes, a multiple of TURNS_TOGETHER; quadword i has row 2i in the low bytes of its halfwords, row 2i + 1 in the high ones. The
 * next group is `group_bytes` behind it, and what it begins with `begin_bytes` behind `begin`. A quadword of x has the row's factor eight times.
 * Codes and x are read up to three quadwords ahead.
 */
void eight_sums(
    s32 *sums, u32 groups, const s32 *begin, u32 begin_bytes, const u8 *codes, u32 group_bytes, const quadword *x, u32 turns);

/* Stores n codes as a row of one lane: codes 2i and 2i + 1 in the halfword at to + 16i. n is a multiple of 8. */
void store_lane(u8 *to, const s16 *codes, u32 n);

/* Stores n codes as one row of all lanes of n / 8 groups: in the low bytes, or in the high ones beside what is in the low ones. */
void store_row(u8 *to, u32 group_bytes, const s16 *codes, u32 n, int high);

/* to[i] = codes[i] eight times, i = 0 .. n - 1; n is a multiple of 8. */
void spread_codes(quadword *to, const s16 *codes, u32 n);

#endif
