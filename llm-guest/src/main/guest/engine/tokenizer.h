/*
 * TOKENIZR.BIN: text to tokens and back. SentencePiece's BPE (normalizer.c, then merges), the tokenizer of llama2.c, and byte-level BPE
 * (byte_level.c).
 */
#ifndef ENGINE_TOKENIZER_H
#define ENGINE_TOKENIZER_H

#include "types.h"

#define KIND_SENTENCE_PIECE 1
#define KIND_LLAMA2C 2
#define KIND_BYTE_LEVEL 3

#define FLAG_DUMMY_PREFIX 0x01
#define FLAG_REMOVE_EXTRA_SPACE 0x02
#define FLAG_ESCAPE_SPACES 0x04
#define FLAG_BYTE_FALLBACK 0x08
#define FLAG_BOS 0x10
#define FLAG_SINGLE_DIGITS 0x20
#define FLAG_SPLIT_WORDS 0x40

/* Types of a piece. */
#define PIECE_NORMAL 1
#define PIECE_UNKNOWN 2
#define PIECE_CONTROL 3
#define PIECE_USER_DEFINED 4
#define PIECE_UNUSED 5
#define PIECE_BYTE 6

/* Forms of a conversation. */
#define CHAT_NONE 0
#define CHAT_CHATML 1
#define CHAT_LLAMA2 2

/* A piece as it stands in the file. */
typedef struct piece {
    u16 length;
    u8 type;
    u8 zero;
    u8 bytes[];
} piece;

/* Text in the file; no NUL behind it. */
typedef struct text_view {
    const u8 *bytes;
    u32 length;
} text_view;

/*
 * How a conversation is written: `first` (later `before`), the user's message, `between`, the answer up to a stop token; before the next turn
 * the ids `ends`, then `after`. Anew: each turn is encoded like a text of its own, with bos.
 */
typedef struct chat_template {
    u32 form;
    int anew;
    u32 end_count;
    const s32 *ends;
    text_view first, before, between, after;
} chat_template;

typedef struct tokenizer_header {
    u32 kind, flags;
    u32 pieces; /* their number, at most MODEL_VOCABULARY */
    s32 longest, bos, eos, unknown;
    u32 stop_count;
    const s32 *stops;
    u32 prompt_length;
    const u8 *prompt;
    chat_template chat;
    u32 charsmap_size;
    const u8 *charsmap;
} tokenizer_header;

/* Reads and indexes the file. */
void tokenizer_open(void);

const tokenizer_header *tokenizer_info(void);
const piece *tokenizer_piece(u32 id);

/* Length of the longest symbol (user-defined; of kind 3 also control pieces) at the beginning of the text, 0: none. */
u32 tokenizer_symbol(const u8 *text, u32 n);

/* Tokens of a text, bos first where the model wants it; how many, at most `limit`, or limit + 1 if there are more. */
u32 tokenizer_encode(const u8 *text, u32 n, u32 *ids, u32 limit);

/*
 * Tokens of a user's message in the form of the model's conversations, likewise. Turn 0 is the first; later ones begin with what ends the
 * answer before them, so that a stop token itself is not to be given to the model.
 */
u32 tokenizer_encode_turn(u32 turn, const u8 *message, u32 n, u32 *ids, u32 limit);

/* The bytes that a token adds to a text, at most 255; their number. */
u32 tokenizer_decode(u32 id, u8 *bytes);

int tokenizer_stops(u32 id);

#endif
