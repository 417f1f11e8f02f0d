#include "vocabulary.h"
#include "cdvd.h"
#include "crc32.h"
#include "fault.h"
#include "model.h"
#include "string.h"

#define MAGIC 0x4B545350u /* PSTK */
#define VERSION 2
#define TABLE_SIZE (MODEL_VOCABULARY * 2 + 1)
#define SYMBOLS 256

#define TRIES 4u /* reads of what is damaged */

/* A merge as it stands in the file. */
typedef struct merge {
    u16 left, right, result;
} merge;

#if MODEL_VOCABULARY < 65535
typedef u16 table_slot;
#else
typedef u32 table_slot;
#endif

static u8 contents[MODEL_TOKENIZER_SECTORS * SECTOR_SIZE] CACHE_ALIGNED;
static tokenizer_header info;
static const piece *pieces[MODEL_VOCABULARY];
static const float *scores;
static const merge *merges;
static u32 merge_count;
static table_slot table[TABLE_SIZE]; /* id + 1 of text pieces, or rank + 1 of merges */
static u32 byte_ids[256];
static u32 symbols[SYMBOLS], symbol_count;

const tokenizer_header *tokenizer_info(void) {
    return &info;
}

const piece *tokenizer_piece(u32 id) {
    return pieces[id];
}

static u32 next_slot(u32 slot) {
    return slot + 1 < TABLE_SIZE ? slot + 1 : 0;
}

static u32 hash_of(const u8 *bytes, u32 n) {
    u32 h = 2166136261u; /* FNV-1a */
    for (u32 i = 0; i < n; i++) {
        h = (h ^ bytes[i]) * 16777619u;
    }
    return h % TABLE_SIZE;
}

u32 vocabulary_find(const u8 *bytes, u32 n) {
    for (u32 slot = hash_of(bytes, n); table[slot] != 0; slot = next_slot(slot)) {
        const piece *p = pieces[table[slot] - 1];
        if (p->length == n && memcmp(p->bytes, bytes, n) == 0) {
            return table[slot] - 1u;
        }
    }
    return NOTHING;
}

float vocabulary_score(u32 id) {
    return scores[id];
}

u32 vocabulary_byte(u32 value) {
    return byte_ids[value];
}

static u32 hash_of_pair(u32 left, u32 right) {
    u32 h = (left * 0x9E3779B1u ^ right) * 0x85EBCA6Bu;
    return (h ^ h >> 15) % TABLE_SIZE;
}

u32 vocabulary_rank(u32 left, u32 right) {
    for (u32 slot = hash_of_pair(left, right); table[slot] != 0; slot = next_slot(slot)) {
        const merge *m = &merges[table[slot] - 1];
        if (m->left == left && m->right == right) {
            return table[slot] - 1u;
        }
    }
    return NOTHING;
}

u32 vocabulary_merged(u32 rank) {
    return merges[rank].result;
}

u32 vocabulary_symbol(const u8 *text, u32 n) {
    u32 longest = 0, found = NOTHING;
    for (u32 i = 0; i < symbol_count; i++) {
        const piece *p = pieces[symbols[i]];
        if (p->length <= n && p->length > longest && p->bytes[0] == text[0] && memcmp(p->bytes, text, p->length) == 0) {
            longest = p->length;
            found = symbols[i];
        }
    }
    return found;
}

u32 tokenizer_symbol(const u8 *text, u32 n) {
    u32 id = vocabulary_symbol(text, n);
    return id == NOTHING ? 0 : pieces[id]->length;
}

static s32 hex_digit(u8 c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The value of a byte piece, written <0xHH>; negative if it is not written so. */
s32 vocabulary_byte_value(const piece *p) {
    if (p->length != 6 || hex_digit(p->bytes[3]) < 0 || hex_digit(p->bytes[4]) < 0) {
        return -1;
    }
    return hex_digit(p->bytes[3]) << 4 | hex_digit(p->bytes[4]);
}

/* The next `size` bytes of the file, and the padding behind them. */
static const void *take(u32 *at, u32 size, u32 end) {
    if (size > end || *at > end - size) {
        fault(FAULT_CONTENT, "TOKENIZR.BIN ends at byte %u, %u bytes are wanted at %u", end, size, *at);
    }
    const void *begin = contents + *at;
    *at += (size + 3) & ~3u;
    return begin;
}

static u32 take_word(u32 *at, u32 end) {
    return *(const u32 *) take(at, 4, end);
}

static text_view take_text(u32 *at, u32 end) {
    text_view text;
    text.length = take_word(at, end);
    text.bytes = take(at, text.length, end);
    return text;
}

/* Ids that must be pieces. */
static const s32 *take_ids(u32 *at, u32 end, const char *what, u32 *count) {
    *count = take_word(at, end);
    if (*count > end / 4) {
        fault(FAULT_CONTENT, "TOKENIZR.BIN: %u %s", *count, what);
    }
    const s32 *ids = take(at, *count * 4, end);
    for (u32 i = 0; i < *count; i++) {
        if (ids[i] < 0 || (u32) ids[i] >= info.pieces) {
            fault(FAULT_CONTENT, "TOKENIZR.BIN: id %d of %u pieces in %s", ids[i], info.pieces, what);
        }
    }
    return ids;
}

static void take_chat(u32 *at, u32 end) {
    chat_template *chat = &info.chat;
    chat->form = take_word(at, end);
    chat->anew = take_word(at, end) != 0;
    chat->ends = take_ids(at, end, "ends of an answer", &chat->end_count);
    chat->first = take_text(at, end);
    chat->before = take_text(at, end);
    chat->between = take_text(at, end);
    chat->after = take_text(at, end);
}

static void take_merges(u32 *at, u32 end) {
    merge_count = take_word(at, end);
    if (merge_count > 0 && (info.kind != KIND_BYTE_LEVEL || merge_count > info.pieces || merge_count > 65535)) {
        fault(FAULT_CONTENT, "TOKENIZR.BIN: %u merges of %u pieces, kind %u", merge_count, info.pieces, info.kind);
    }
    merges = take(at, merge_count * sizeof(merge), end);
    for (u32 rank = 0; rank < merge_count; rank++) {
        const merge *m = &merges[rank];
        if (m->left >= info.pieces || m->right >= info.pieces || m->result >= info.pieces) {
            fault(FAULT_CONTENT, "TOKENIZR.BIN: merge %u is of pieces %u, %u, %u", rank, m->left, m->right, m->result);
        }
        u32 slot = hash_of_pair(m->left, m->right);
        while (table[slot] != 0) {
            slot = next_slot(slot);
        }
        table[slot] = (table_slot) (rank + 1);
    }
}

static void add_symbol(u32 id) {
    if (symbol_count == SYMBOLS) {
        fault(FAULT_CONTENT, "TOKENIZR.BIN: more than %u symbols", SYMBOLS);
    }
    symbols[symbol_count++] = id;
}

static void index_byte_level(u32 id) {
    const piece *p = pieces[id];
    if ((p->type == PIECE_CONTROL || p->type == PIECE_USER_DEFINED) && p->length > 0) {
        add_symbol(id);
    } else if (p->type == PIECE_NORMAL && p->length == 1 && byte_ids[p->bytes[0]] == NOTHING) {
        byte_ids[p->bytes[0]] = id;
    }
}

static void index_piece(u32 id) {
    const piece *p = pieces[id];
    if (p->type == PIECE_BYTE && vocabulary_byte_value(p) >= 0) {
        byte_ids[vocabulary_byte_value(p)] = id;
    }
    if (p->type == PIECE_USER_DEFINED && p->length > 0) {
        add_symbol(id);
    }
    if ((p->type == PIECE_NORMAL || p->type == PIECE_USER_DEFINED || p->type == PIECE_UNUSED)
        && vocabulary_find(p->bytes, p->length) == NOTHING) {
        u32 slot = hash_of(p->bytes, p->length);
        while (table[slot] != 0) {
            slot = next_slot(slot);
        }
        table[slot] = (table_slot) (id + 1);
    }
}

/* Reads the file again if its CRC is not that of the one the program was built for. */
static void read_contents(const disc_file *file) {
    u32 crc = 0;
    for (u32 tries = 0; tries < TRIES; tries++) {
        u32 error = cdvd_read(file->sector, (file->size + SECTOR_SIZE - 1) / SECTOR_SIZE, contents);
        if (error != 0) {
            fault(FAULT_READ, "TOKENIZR.BIN: %s (code %x)", cdvd_error_name(error), error);
        }
        crc = crc32(0, contents, file->size);
        if (crc == MODEL_TOKENIZER_CRC) {
            return;
        }
    }
    fault(
        FAULT_CONTENT, "TOKENIZR.BIN: CRC of sector %u of the disc and after is %08x instead of %08x in %u reads", file->sector, crc,
        MODEL_TOKENIZER_CRC, TRIES);
}

void tokenizer_open(void) {
    disc_file file;
    if (!cdvd_find("\\TOKENIZR.BIN;1", &file)) {
        fault(FAULT_MISSING, "TOKENIZR.BIN is not on the disc");
    }
    if (file.size > sizeof contents) {
        fault(FAULT_CONTENT, "TOKENIZR.BIN has %u bytes, this program was built for %u", file.size, (u32) sizeof contents);
    }
    read_contents(&file);
    u32 at = 0, end = file.size;
    if (take_word(&at, end) != MAGIC || take_word(&at, end) != VERSION) {
        fault(FAULT_CONTENT, "TOKENIZR.BIN is not a tokenizer of version %u", VERSION);
    }
    info.kind = take_word(&at, end);
    info.pieces = take_word(&at, end);
    if (info.pieces > MODEL_VOCABULARY || info.kind < KIND_SENTENCE_PIECE || info.kind > KIND_BYTE_LEVEL) {
        fault(FAULT_CONTENT, "TOKENIZR.BIN: kind %u with %u pieces, the model has %u", info.kind, info.pieces, MODEL_VOCABULARY);
    }
    info.longest = (s32) take_word(&at, end);
    info.bos = (s32) take_word(&at, end);
    info.eos = (s32) take_word(&at, end);
    info.unknown = (s32) take_word(&at, end);
    info.flags = take_word(&at, end);
    if (info.bos >= (s32) info.pieces || info.unknown >= (s32) info.pieces) {
        fault(FAULT_CONTENT, "TOKENIZR.BIN: bos %d, unknown %d of %u pieces", info.bos, info.unknown, info.pieces);
    }
    info.stops = take_ids(&at, end, "stop tokens", &info.stop_count);
    text_view prompt = take_text(&at, end);
    info.prompt = prompt.bytes;
    info.prompt_length = prompt.length;
    take_chat(&at, end);
    info.charsmap_size = take_word(&at, end);
    info.charsmap = take(&at, info.charsmap_size, end);
    take_merges(&at, end);
    int byte_level = info.kind == KIND_BYTE_LEVEL;
    scores = byte_level ? NULL : take(&at, info.pieces * 4, end);
    memset(byte_ids, byte_level ? 0xFF : 0, sizeof byte_ids);
    for (u32 id = 0; id < info.pieces; id++) {
        const piece *p = take(&at, sizeof(piece), end);
        take(&at, p->length, end);
        pieces[id] = p;
        if (byte_level) {
            index_byte_level(id);
        } else {
            index_piece(id);
        }
    }
}
