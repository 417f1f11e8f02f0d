/* The pieces of TOKENIZR.BIN and what is found by them. */
#ifndef ENGINE_VOCABULARY_H
#define ENGINE_VOCABULARY_H

#include "tokenizer.h"

#define NOTHING 0xFFFFFFFFu

/* The piece with this text, or NOTHING (kinds 1 and 2). */
u32 vocabulary_find(const u8 *bytes, u32 n);

/* The higher, the earlier two neighbours merge into it (kinds 1 and 2). */
float vocabulary_score(u32 id);

/* The value of a byte piece, written <0xHH>; negative if it is not written so. */
s32 vocabulary_byte_value(const piece *p);

/* The piece of one byte; of kind 3 NOTHING where there is none. */
u32 vocabulary_byte(u32 value);

/* The rank of a merge, or NOTHING, and the piece that it makes (kind 3). */
u32 vocabulary_rank(u32 left, u32 right);
u32 vocabulary_merged(u32 rank);

/* The longest symbol at the beginning of the text, or NOTHING. */
u32 vocabulary_symbol(const u8 *text, u32 n);

/* Ids that are being collected; used is limit + 1 if there are more than limit. */
typedef struct id_list {
    u32 *ids;
    u32 used, limit;
} id_list;

static inline void id_list_add(id_list *list, u32 id) {
    if (list->used < list->limit) {
        list->ids[list->used] = id;
    }
    if (list->used <= list->limit) {
        list->used++;
    }
}

#endif
