/* TOKENIZR.BIN: text to tokens and back. SentencePiece's BPE (normalizer.c, then merges) and the tokenizer of llama2.c. */
#ifndef ENGINE_TOKENIZER_H
#define ENGINE_TOKENIZER_H

#include "types.h"

#define KIND_SENTENCE_PIECE 1
#define KIND_LLAMA2C 2

#define FLAG_DUMMY_PREFIX 0x01
#define FLAG_REMOVE_EXTRA_SPACE 0x02
#define FLAG_ESCAPE_SPACES 0x04
#define FLAG_BYTE_FALLBACK 0x08
#define FLAG_BOS 0x10

/* Types of a piece. */
#define PIECE_NORMAL 1
#define PIECE_UNKNOWN 2
#define PIECE_CONTROL 3
#define PIECE_USER_DEFINED 4
#define PIECE_UNUSED 5
#define PIECE_BYTE 6

/* A piece as it stands in the file. */
typedef struct piece {
    float score;
    u8 type;
    u8 zero;
    u16 length;
    u8 bytes[];
} piece;

typedef struct tokenizer_header {
    u32 kind, flags;
    s32 longest, bos, eos, unknown;
    u32 stop_count;
    const s32 *stops;
    u32 prompt_length;
    const u8 *prompt;
    u32 charsmap_size;
    const u8 *charsmap;
} tokenizer_header;

/* Reads and indexes the file. */
void tokenizer_open(void);

const tokenizer_header *tokenizer_info(void);
const piece *tokenizer_piece(u32 id);

/* Length of the longest user-defined symbol at the beginning of the text, 0: none. */
u32 tokenizer_symbol(const u8 *text, u32 n);

/* Tokens of a text, bos first where the model wants it; how many, at most `limit`, or limit + 1 if there are more. */
u32 tokenizer_encode(const u8 *text, u32 n, u32 *ids, u32 limit);

/* The bytes that a token adds to a text, at most 255; their number. */
u32 tokenizer_decode(u32 id, u8 *bytes);

int tokenizer_stops(u32 id);

#endif
