#include "tokenizer.h"
#include "byte_level.h"
#include "ee_float.h"
#include "model.h"
#include "normalizer.h"
#include "string.h"
#include "vocabulary.h"

#define TEXT_SIZE MODEL_PROMPT_BYTES
#define FIRST_BYTE_LLAMA2C 3

/* A run of the text that is one piece so far. `joined` is the piece that it would make with its right neighbour, or NOTHING. */
typedef struct run {
    u16 begin, length;
    s16 next;
    u8 frozen;
    u32 joined;
} run;

static u8 text_buffer[TEXT_SIZE];
static u8 turn_buffer[TEXT_SIZE];
static run runs[TEXT_SIZE];
_Static_assert(TEXT_SIZE <= 32767, "runs count in 16 bits");

static void find_joined(s32 at) {
    run *r = &runs[at];
    r->joined = NOTHING;
    if (r->next >= 0 && !r->frozen && !runs[r->next].frozen) {
        r->joined = vocabulary_find(text_buffer + r->begin, r->length + (u32) runs[r->next].length);
    }
}

/* Joins the pair with the best score, the leftmost of equals, until no pair is a piece. */
static void merge_runs(u32 count) {
    for (u32 i = 0; i < count; i++) {
        runs[i].next = (s16) (i + 1 < count ? (s32) i + 1 : -1);
    }
    for (u32 i = 0; i < count; i++) {
        find_joined((s32) i);
    }
    for (;;) {
        s32 best = -1, left_of_best = -1, left = -1;
        for (s32 i = count > 0 ? 0 : -1; i >= 0; left = i, i = runs[i].next) {
            if (runs[i].joined != NOTHING && (best < 0 || f_less(vocabulary_score(runs[best].joined), vocabulary_score(runs[i].joined)))) {
                best = i;
                left_of_best = left;
            }
        }
        if (best < 0) {
            return;
        }
        run *r = &runs[best];
        r->length = (u16) (r->length + runs[r->next].length);
        r->next = runs[r->next].next;
        find_joined(best);
        if (left_of_best >= 0) {
            find_joined(left_of_best);
        }
    }
}

static void add_run(u32 *count, u32 begin, u32 length, int frozen) {
    runs[*count].begin = (u16) begin;
    runs[*count].length = (u16) length;
    runs[*count].frozen = (u8) frozen;
    (*count)++;
}

/* One run for each symbol and each character. */
static u32 split_sentence_piece(u32 n) {
    u32 count = 0;
    for (u32 at = 0; at < n;) {
        u32 length = tokenizer_symbol(text_buffer + at, n - at);
        int frozen = length > 0;
        if (!frozen) {
            length = utf8_length(text_buffer + at, n - at);
            length = length > 0 ? length : 1;
        }
        add_run(&count, at, length, frozen);
        at += length;
    }
    return count;
}

/* One run for each character that is a piece, else one for each of its bytes. */
static u32 split_llama2c(u32 n) {
    u32 count = 0;
    for (u32 at = 0; at < n;) {
        u32 length = utf8_length(text_buffer + at, n - at);
        length = length > 0 ? length : 1;
        if (vocabulary_find(text_buffer + at, length) != NOTHING) {
            add_run(&count, at, length, 0);
        } else {
            for (u32 i = 0; i < length; i++) {
                add_run(&count, at + i, 1, 1);
            }
        }
        at += length;
    }
    return count;
}

/* The pieces of the merged runs. */
static void add_runs(u32 count, id_list *list) {
    const tokenizer_header *info = tokenizer_info();
    int after_unknown = 0;
    for (s32 i = count > 0 ? 0 : -1; i >= 0; i = runs[i].next) {
        const u8 *bytes = text_buffer + runs[i].begin;
        u32 id = vocabulary_find(bytes, runs[i].length);
        int unknown = id == NOTHING;
        if (!unknown) {
            id_list_add(list, id);
        } else if (info->kind == KIND_LLAMA2C) {
            id_list_add(list, (u32) bytes[0] + FIRST_BYTE_LLAMA2C);
        } else if (info->flags & FLAG_BYTE_FALLBACK) {
            for (u32 b = 0; b < runs[i].length; b++) {
                id_list_add(list, vocabulary_byte(bytes[b]));
            }
        } else if (!after_unknown && info->unknown >= 0) {
            id_list_add(list, (u32) info->unknown);
        }
        after_unknown = unknown;
    }
}

/* False if the text is too long. */
static int encode_sentence_piece(const u8 *text, u32 n, int continued, id_list *list) {
    u32 length = normalize(text, n, continued, text_buffer, TEXT_SIZE);
    if (length > TEXT_SIZE) {
        return 0;
    }
    u32 count = split_sentence_piece(length);
    merge_runs(count);
    add_runs(count, list);
    return 1;
}

static int encode_llama2c(const u8 *text, u32 n, int continued, id_list *list) {
    u32 length = 0;
    if (n > 0 && !continued && (tokenizer_info()->flags & FLAG_DUMMY_PREFIX) && vocabulary_find((const u8 *) " ", 1) != NOTHING) {
        text_buffer[length++] = ' ';
    }
    if (n > TEXT_SIZE - length) {
        return 0;
    }
    memcpy(text_buffer + length, text, n);
    u32 count = split_llama2c(length + n);
    merge_runs(count);
    add_runs(count, list);
    return 1;
}

/* Symbols are taken out of the text, the rest is encoded between them. */
static int encode_byte_level(const u8 *text, u32 n, id_list *list) {
    if (n >= TEXT_SIZE) {
        return 0;
    }
    u32 begin = 0;
    for (u32 at = 0; at < n;) {
        u32 symbol = vocabulary_symbol(text + at, n - at);
        if (symbol == NOTHING) {
            at++;
            continue;
        }
        byte_level_encode(text + begin, at - begin, text_buffer, (u16 *) (void *) runs, list);
        id_list_add(list, symbol);
        at += tokenizer_piece(symbol)->length;
        begin = at;
    }
    byte_level_encode(text + begin, n - begin, text_buffer, (u16 *) (void *) runs, list);
    return 1;
}

/* `continued`: the text goes on where another one ended, nothing is put before it. */
static void encode(const u8 *text, u32 n, int continued, id_list *list) {
    u32 kind = tokenizer_info()->kind;
    int fits = kind == KIND_SENTENCE_PIECE ? encode_sentence_piece(text, n, continued, list)
        : kind == KIND_LLAMA2C             ? encode_llama2c(text, n, continued, list)
                                           : encode_byte_level(text, n, list);
    if (!fits) {
        list->used = list->limit + 1;
    }
}

static void add_bos(id_list *list) {
    const tokenizer_header *info = tokenizer_info();
    if ((info->flags & FLAG_BOS) && info->bos >= 0) {
        id_list_add(list, (u32) info->bos);
    }
}

u32 tokenizer_encode(const u8 *text, u32 n, u32 *ids, u32 limit) {
    id_list list = {ids, 0, limit};
    add_bos(&list);
    encode(text, n, 0, &list);
    return list.used;
}

/* Appends to the turn; how long it is then, more than TEXT_SIZE if it does not fit. */
static u32 append(u32 used, const u8 *bytes, u32 n) {
    if (used > TEXT_SIZE || n > TEXT_SIZE - used) {
        return TEXT_SIZE + 1;
    }
    memcpy(turn_buffer + used, bytes, n);
    return used + n;
}

u32 tokenizer_encode_turn(u32 turn, const u8 *message, u32 n, u32 *ids, u32 limit) {
    const chat_template *chat = &tokenizer_info()->chat;
    id_list list = {ids, 0, limit};
    u32 used = 0;
    if (turn == 0) {
        used = append(used, chat->first.bytes, chat->first.length);
    } else {
        for (u32 i = 0; i < chat->end_count; i++) {
            id_list_add(&list, (u32) chat->ends[i]);
        }
        used = append(used, chat->after.bytes, chat->after.length);
        used = append(used, chat->before.bytes, chat->before.length);
    }
    used = append(used, message, n);
    used = append(used, chat->between.bytes, chat->between.length);
    if (used > TEXT_SIZE) {
        return limit + 1;
    }
    int continued = turn > 0 && !chat->anew;
    if (!continued) {
        add_bos(&list);
    }
    encode(turn_buffer, used, continued, &list);
    return list.used;
}

u32 tokenizer_decode(u32 id, u8 *bytes) {
    const tokenizer_header *info = tokenizer_info();
    if (id >= info->pieces) { /* padding of the model's vocabulary */
        return 0;
    }
    const piece *p = tokenizer_piece(id);
    u32 n = 0;
    if (p->type == PIECE_CONTROL || p->type == PIECE_UNKNOWN) {
        return 0;
    }
    if (p->type == PIECE_BYTE && info->kind != KIND_BYTE_LEVEL) {
        s32 value = vocabulary_byte_value(p);
        bytes[0] = (u8) value;
        return value >= 0;
    }
    int escaped = info->kind != KIND_BYTE_LEVEL;
    for (u32 i = 0; i < p->length && n < 255; i++) {
        if (escaped && i + 3 <= p->length && p->bytes[i] == 0xE2 && p->bytes[i + 1] == 0x96 && p->bytes[i + 2] == 0x81) {
            bytes[n++] = ' ';
            i += 2;
        } else {
            bytes[n++] = p->bytes[i];
        }
    }
    return n;
}

int tokenizer_stops(u32 id) {
    const tokenizer_header *info = tokenizer_info();
    for (u32 i = 0; i < info->stop_count; i++) {
        if (info->stops[i] == (s32) id) {
            return 1;
        }
    }
    return 0;
}
