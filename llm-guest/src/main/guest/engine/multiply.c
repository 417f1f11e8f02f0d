#include "multiply.h"
#include "ee_float.h"
#include "scratchpad.h"

static const u8 *ahead; /* tiles that have been asked for ahead of their use */
static u32 ahead_half;

static u32 tiles_of(const matrix *m) {
    return (m->rows + TILE_ROWS - 1) / TILE_ROWS;
}

/* The tiles of a matrix are cut into chunks of about the same size, each not too large for half of the scratchpad. */
typedef struct chunks {
    u32 size;   /* tiles of one of the later chunks; 0: a tile is too large, and all are worked on where they are */
    u32 larger; /* so many at the beginning have one tile more */
} chunks;

static chunks chunks_of(const matrix *m) {
    u32 most = SCRATCHPAD_ROOM / m->tile_bytes, tiles = tiles_of(m);
    if (most == 0) {
        return (chunks) {0, 0};
    }
    u32 count = (tiles + most - 1) / most;
    return (chunks) {tiles / count, tiles % count};
}

/* Tiles of the next chunk. */
static u32 take_chunk(chunks *c) {
    if (c->larger > 0) {
        c->larger--;
        return c->size + 1;
    }
    return c->size;
}

static void fetch(u32 half, const matrix *m, u32 first, u32 count) {
    scratchpad_fetch(half, m->tiles + first * m->tile_bytes, count * m->tile_bytes);
}

static void fetch_ahead(u32 half, const matrix *next) {
    chunks c = chunks_of(next);
    if (c.size > 0) {
        fetch(half, next, 0, take_chunk(&c));
        ahead = next->tiles;
        ahead_half = half;
    }
}

/* Rows that fill the last tile up are none of the matrix's. */
static void clear_room(float *out, u32 row, const matrix *m, u32 n) {
    for (u32 b = 0; b < n; b++) {
        for (u32 r = m->rows; r % TILE_ROWS != 0; r++) {
            out[b * row + r] = ZERO;
        }
    }
}

void multiply(float *out, u32 row, const matrix *m, const activation *inputs, u32 n, const matrix *next) {
    chunks c = chunks_of(m);
    u32 tiles = tiles_of(m), half = 0;
    if (c.size == 0) {
        for (u32 b = 0; b < n; b++) {
            m->kernel(out + b * row, m->tiles, tiles, &inputs[b]);
        }
        clear_room(out, row, m, n);
        return;
    }
    u32 count = take_chunk(&c);
    if (ahead == m->tiles) {
        half = ahead_half;
    } else {
        scratchpad_wait();
        fetch(half, m, 0, count);
    }
    ahead = NULL;
    for (u32 done = 0, following; done < tiles; done += count, count = following, half ^= 1) {
        following = done + count < tiles ? take_chunk(&c) : 0;
        scratchpad_wait();
        if (following > 0) {
            fetch(half ^ 1, m, done + count, following);
        } else if (next != NULL) {
            fetch_ahead(half ^ 1, next);
        }
        for (u32 b = 0; b < n; b++) {
            m->kernel(out + b * row + done * TILE_ROWS, scratchpad_half(half), count, &inputs[b]);
        }
    }
    clear_room(out, row, m, n);
}

u8 *multiply_free_half(void) {
    return scratchpad_half(ahead_half ^ 1);
}

void dequantise_row(float *out, const matrix *m, u32 row, const u8 *tile) {
    u32 in_tile = row % TILE_ROWS;
    if (m->encoding == ENCODING_FLOAT) {
        const float *values = (const float *) (const void *) tile + in_tile * m->columns;
        for (u32 i = 0; i < m->columns; i++) {
            out[i] = values[i];
        }
        return;
    }
    /* Field p of halfword j is column 8p + j of a turn of 16 bytes. */
    u32 bits = m->encoding == ENCODING_TERNARY ? 2 : m->encoding;
    u32 fields = 16 / bits, bias = encoding_bias(m->encoding), mask = (1u << bits) - 1;
    float scale = ((const float *) (const void *) tile)[in_tile];
    const u16 *turn = (const u16 *) (const void *) (tile + 16 + in_tile * ((m->tile_bytes - 16) / TILE_ROWS));
    for (u32 i = 0; i < m->columns; turn += 8) {
        for (u32 field = 0; field < fields; field++) {
            for (u32 j = 0; j < 8 && i < m->columns; j++, i++) {
                s32 code = (s32) (turn[j] >> field * bits & mask) - (s32) bias;
                out[i] = f_mul(f_of_int(code), scale);
            }
        }
    }
}
