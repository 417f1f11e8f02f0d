#include "tokenizer.h"
#include "cdvd.h"
#include "crc32.h"
#include "ee_float.h"
#include "fault.h"
#include "model.h"
#include "normalizer.h"
#include "string.h"

#define MAGIC 0x4B545350u /* PSTK */
#define NOTHING 0xFFFFFFFFu
#define HASH_SIZE (MODEL_VOCABULARY * 2 + 1)
#define SYMBOLS 256
#define TEXT_SIZE MODEL_PROMPT_BYTES
#define FIRST_BYTE_LLAMA2C 3

#define TRIES 4u /* reads of what is damaged */

static u8 contents[MODEL_TOKENIZER_SECTORS * SECTOR_SIZE] CACHE_ALIGNED;
static tokenizer_header info;
static const piece *pieces[MODEL_VOCABULARY];
static u32 hash_table[HASH_SIZE]; /* id + 1 of text pieces */
static u32 byte_ids[256];
static u32 symbols[SYMBOLS], symbol_count; /* user-defined pieces */

/* A run of the text that is one piece so far. `joined` is the piece that it would make with its right neighbour, or NOTHING. */
typedef struct run {
    u16 begin, length;
    s16 next;
    u8 frozen;
    u32 joined;
} run;

static u8 text_buffer[TEXT_SIZE];
static run runs[TEXT_SIZE];
_Static_assert(TEXT_SIZE <= 32767, "runs count in 16 bits");

const tokenizer_header *tokenizer_info(void) {
    return &info;
}

const piece *tokenizer_piece(u32 id) {
    return pieces[id];
}

static u32 hash_of(const u8 *bytes, u32 n) {
    u32 h = 2166136261u; /* FNV-1a */
    for (u32 i = 0; i < n; i++) {
        h = (h ^ bytes[i]) * 16777619u;
    }
    return h % HASH_SIZE;
}

static u32 find_piece(const u8 *bytes, u32 n) {
    for (u32 slot = hash_of(bytes, n); hash_table[slot] != 0; slot = slot + 1 < HASH_SIZE ? slot + 1 : 0) {
        const piece *p = pieces[hash_table[slot] - 1];
        if (p->length == n && memcmp(p->bytes, bytes, n) == 0) {
            return hash_table[slot] - 1;
        }
    }
    return NOTHING;
}

static s32 hex_digit(u8 c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The value of a byte piece, written <0xHH>; negative if it is not written so. */
static s32 byte_value(const piece *p) {
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

static void index_piece(u32 id) {
    const piece *p = pieces[id];
    if (p->type == PIECE_BYTE && byte_value(p) >= 0) {
        byte_ids[byte_value(p)] = id;
    }
    if (p->type == PIECE_USER_DEFINED && p->length > 0) {
        if (symbol_count == SYMBOLS) {
            fault(FAULT_CONTENT, "TOKENIZR.BIN: more than %u user-defined symbols", SYMBOLS);
        }
        symbols[symbol_count++] = id;
    }
    if (p->type == PIECE_NORMAL || p->type == PIECE_USER_DEFINED || p->type == PIECE_UNUSED) {
        if (find_piece(p->bytes, p->length) == NOTHING) {
            u32 slot = hash_of(p->bytes, p->length);
            while (hash_table[slot] != 0) {
                slot = slot + 1 < HASH_SIZE ? slot + 1 : 0;
            }
            hash_table[slot] = id + 1;
        }
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
    if (take_word(&at, end) != MAGIC || take_word(&at, end) != 1) {
        fault(FAULT_CONTENT, "TOKENIZR.BIN is not a tokenizer of version 1");
    }
    info.kind = take_word(&at, end);
    u32 vocabulary = take_word(&at, end);
    if (vocabulary != MODEL_VOCABULARY || (info.kind != KIND_SENTENCE_PIECE && info.kind != KIND_LLAMA2C)) {
        fault(FAULT_CONTENT, "TOKENIZR.BIN: kind %u with %u pieces, the model has %u", info.kind, vocabulary, MODEL_VOCABULARY);
    }
    info.longest = (s32) take_word(&at, end);
    info.bos = (s32) take_word(&at, end);
    info.eos = (s32) take_word(&at, end);
    info.unknown = (s32) take_word(&at, end);
    info.flags = take_word(&at, end);
    info.stop_count = take_word(&at, end);
    if (info.stop_count > end / 4) {
        fault(FAULT_CONTENT, "TOKENIZR.BIN: %u stop tokens", info.stop_count);
    }
    info.stops = take(&at, info.stop_count * 4, end);
    info.prompt_length = take_word(&at, end);
    info.prompt = take(&at, info.prompt_length, end);
    info.charsmap_size = take_word(&at, end);
    info.charsmap = take(&at, info.charsmap_size, end);
    if (info.bos >= MODEL_VOCABULARY || info.unknown >= MODEL_VOCABULARY) {
        fault(FAULT_CONTENT, "TOKENIZR.BIN: bos %d, unknown %d of %u pieces", info.bos, info.unknown, vocabulary);
    }
    for (u32 id = 0; id < vocabulary; id++) {
        const piece *p = take(&at, sizeof(piece), end);
        take(&at, p->length, end);
        pieces[id] = p;
        index_piece(id);
    }
}

u32 tokenizer_symbol(const u8 *text, u32 n) {
    u32 longest = 0;
    for (u32 i = 0; i < symbol_count; i++) {
        const piece *p = pieces[symbols[i]];
        if (p->length <= n && p->length > longest && p->bytes[0] == text[0] && memcmp(p->bytes, text, p->length) == 0) {
            longest = p->length;
        }
    }
    return longest;
}

static void find_joined(s32 at) {
    run *r = &runs[at];
    r->joined = NOTHING;
    if (r->next >= 0 && !r->frozen && !runs[r->next].frozen) {
        r->joined = find_piece(text_buffer + r->begin, r->length + (u32) runs[r->next].length);
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
            if (runs[i].joined != NOTHING && (best < 0 || f_less(pieces[runs[best].joined]->score, pieces[runs[i].joined]->score))) {
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
        if (find_piece(text_buffer + at, length) != NOTHING) {
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

static void add_id(u32 *used, u32 *ids, u32 limit, u32 id) {
    if (*used < limit) {
        ids[*used] = id;
    }
    if (*used <= limit) {
        (*used)++;
    }
}

u32 tokenizer_encode(const u8 *text, u32 n, u32 *ids, u32 limit) {
    u32 length, count, used = 0;
    if (info.kind == KIND_SENTENCE_PIECE) {
        length = normalize(text, n, text_buffer, TEXT_SIZE);
        if (length > TEXT_SIZE) {
            return limit + 1;
        }
        count = split_sentence_piece(length);
    } else {
        length = 0;
        if (n > 0 && (info.flags & FLAG_DUMMY_PREFIX) && find_piece((const u8 *) " ", 1) != NOTHING) {
            text_buffer[length++] = ' ';
        }
        if (n > TEXT_SIZE - length) {
            return limit + 1;
        }
        memcpy(text_buffer + length, text, n);
        length += n;
        count = split_llama2c(length);
    }
    merge_runs(count);
    if ((info.flags & FLAG_BOS) && info.bos >= 0) {
        add_id(&used, ids, limit, (u32) info.bos);
    }
    int after_unknown = 0;
    for (s32 i = count > 0 ? 0 : -1; i >= 0; i = runs[i].next) {
        const u8 *bytes = text_buffer + runs[i].begin;
        u32 id = find_piece(bytes, runs[i].length);
        int unknown = id == NOTHING;
        if (!unknown) {
            add_id(&used, ids, limit, id);
        } else if (info.kind == KIND_LLAMA2C) {
            add_id(&used, ids, limit, (u32) bytes[0] + FIRST_BYTE_LLAMA2C);
        } else if (info.flags & FLAG_BYTE_FALLBACK) {
            for (u32 b = 0; b < runs[i].length; b++) {
                add_id(&used, ids, limit, byte_ids[bytes[b]]);
            }
        } else if (!after_unknown && info.unknown >= 0) {
            add_id(&used, ids, limit, (u32) info.unknown);
        }
        after_unknown = unknown;
    }
    return used;
}

u32 tokenizer_decode(u32 id, u8 *bytes) {
    const piece *p = pieces[id];
    u32 n = 0;
    if (p->type == PIECE_CONTROL || p->type == PIECE_UNKNOWN) {
        return 0;
    }
    if (p->type == PIECE_BYTE) {
        s32 value = byte_value(p);
        bytes[0] = (u8) value;
        return value >= 0;
    }
    for (u32 i = 0; i < p->length && n < 255; i++) {
        if (i + 3 <= p->length && p->bytes[i] == 0xE2 && p->bytes[i + 1] == 0x96 && p->bytes[i + 2] == 0x81) {
            bytes[n++] = ' ';
            i += 2;
        } else {
            bytes[n++] = p->bytes[i];
        }
    }
    return n;
}

int tokenizer_stops(u32 id) {
    for (u32 i = 0; i < info.stop_count; i++) {
        if (info.stops[i] == (s32) id) {
            return 1;
        }
    }
    return 0;
}
