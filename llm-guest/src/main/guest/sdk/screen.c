#include "screen.h"
#include "font.h"
#include "gs.h"
#include "utf8.h"

#define LEFT ((SCREEN_WIDTH - SCREEN_COLUMNS * FONT_WIDTH) / 2)
#define TOP 24

/* GS memory behind the frame buffer, in blocks of 256 bytes: the font's texture (one page), then its colour table. */
#define FONT_BLOCK (SCREEN_WIDTH * SCREEN_HEIGHT * 4 / 256)
#define COLOUR_TABLE_BLOCK (FONT_BLOCK + 32)
#define TEXTURE_SIDE 128 /* texels: 16 glyphs in a row, 8 rows */

#define GLYPH(cell) ((cell) & 0xFF)
#define INK(cell) ((cell) >> 8 & 0xFF)
#define PAPER(cell) ((cell) >> 16)

/* 0xBBGGRR */
static const u32 colours[COLOURS] = {
    0x301810, 0x603820, 0x482818, 0x684028, 0x50B0F8, 0xF0F0F0, 0xD8B888, 0xA0E8FF, 0xC8C8C8, 0xA08878, 0x6070FF};

static u32 cells[SCREEN_LINES][SCREEN_COLUMNS];

/* What changed in a line: columns from .. to - 1. */
static u8 from[SCREEN_LINES], to[SCREEN_LINES];

/* The glyphs as 4-bit texels: 0 is transparent, 15 opaque. */
static u8 texture[TEXTURE_SIDE * TEXTURE_SIDE / 2] CACHE_ALIGNED;
static u32 colour_table[16] CACHE_ALIGNED;

static void upload_font(void) {
    for (u32 glyph = 0; glyph < FONT_GLYPHS; glyph++) {
        for (u32 y = 0; y < FONT_HEIGHT; y++) {
            u8 *row = &texture[((glyph / 16 * FONT_HEIGHT + y) * TEXTURE_SIDE + glyph % 16 * FONT_WIDTH) / 2];
            u32 bits = font_rows[glyph][y];
            for (u32 x = 0; x < FONT_WIDTH; x += 2) { /* the lower nibble is the left texel; bit 7 the leftmost pixel */
                row[x / 2] = (u8) ((bits & 0x80 >> x ? 0x0F : 0) | (bits & 0x40 >> x ? 0xF0 : 0));
            }
        }
    }
    for (u32 i = 0; i < 16; i++) {
        colour_table[i] = 0x808080u | (i * 0x80 / 15) << 24; /* 0x80: times one */
    }
    gs_upload(FONT_BLOCK, TEXTURE_SIDE / 64, PSMT4, TEXTURE_SIDE, TEXTURE_SIDE, texture, sizeof texture);
    gs_upload(COLOUR_TABLE_BLOCK, 1, PSMCT32, 8, 2, colour_table, sizeof colour_table);
    gs_begin();
    gs_register(
        GS_TEX0_1,
        FONT_BLOCK | (u64) (TEXTURE_SIDE / 64) << 14 | (u64) PSMT4 << 20 | 7ull << 26 | 7ull << 30 /* 2^7 texels each way */
            | 1ull << 34                                                      /* alpha from the texture */
            | (u64) COLOUR_TABLE_BLOCK << 37 | (u64) PSMCT32 << 51 | 1ull << 61 /* load the table */);
    gs_register(GS_TEX1_1, 0);   /* nearest texel */
    gs_register(GS_CLAMP_1, 0);
    gs_send();
}

static void change(u32 line, u32 column) {
    if (from[line] >= to[line]) {
        from[line] = (u8) column;
        to[line] = (u8) (column + 1);
    } else if (column < from[line]) {
        from[line] = (u8) column;
    } else if (column >= to[line]) {
        to[line] = (u8) (column + 1);
    }
}

static void set(u32 line, u32 column, u32 cell) {
    if (line < SCREEN_LINES && column < SCREEN_COLUMNS && cells[line][column] != cell) {
        cells[line][column] = cell;
        change(line, column);
    }
}

void screen_put(u32 line, u32 column, u32 style, u32 glyph) {
    set(line, column, style | glyph);
}

void screen_fill(u32 line, u32 column, u32 n, u32 style) {
    for (; n > 0; n--) {
        set(line, column++, style);
    }
}

u32 screen_print(u32 line, u32 column, u32 style, const char *text) {
    utf8_decoder d = {0, 0};
    for (; *text != 0; text++) {
        if (utf8_take(&d, (u8) *text)) {
            set(line, column++, style | font_glyph(d.code_point));
        }
    }
    return column;
}

void screen_clear(u32 first, u32 n) {
    for (; n > 0; n--, first++) {
        screen_fill(SCREEN_BODY + first, 0, SCREEN_COLUMNS, STYLE_BLANK);
    }
}

static void set_line(u32 line, u32 style, const char *text) {
    u32 end = screen_print(line, 0, style, text);
    screen_fill(line, end, end < SCREEN_COLUMNS ? SCREEN_COLUMNS - end : 0, style);
}

void screen_title(const char *text) {
    set_line(SCREEN_TITLE, STYLE(COLOUR_TITLE, COLOUR_BAR), text);
}

void screen_status(const char *text) {
    set_line(SCREEN_STATUS, STYLE(COLOUR_TEXT, COLOUR_BAR), text);
}

void screen_keys(const char *text) {
    set_line(SCREEN_KEYS, STYLE(COLOUR_STATUS, COLOUR_BAR), text);
}

void screen_bar(u32 line, u32 column, u32 width, u32 style, u32 eighths) {
    for (; width > 0; width--, column++) {
        u32 part = eighths < 8 ? eighths : 8;
        screen_put(line, column, style, part == 0 ? 0 : font_glyph(0x2590 - part));
        eighths -= part;
    }
}

/* Top of a line: title and state stand a little apart from the body. */
static s32 top_of(u32 line) {
    s32 y = TOP + (s32) line * FONT_HEIGHT;
    return line == SCREEN_TITLE ? y - 4 : line < SCREEN_STATUS ? y + 4 : y + 10;
}

/* Paper first, then runs of glyphs of one ink. Keys leave a gap between lines. */
static void draw_line(u32 line) {
    const u32 *row = cells[line];
    s32 y = top_of(line);
    u32 end = to[line];
    for (u32 i = from[line], next; i < end; i = next) {
        u32 paper = PAPER(row[i]);
        for (next = i + 1; next < end && PAPER(row[next]) == paper; next++) {
        }
        s32 left = LEFT + (s32) i * FONT_WIDTH, right = LEFT + (s32) next * FONT_WIDTH;
        int gap = paper == COLOUR_KEY || paper == COLOUR_SELECTED;
        gs_reserve(8);
        gs_rectangle(left, y, right, y + FONT_HEIGHT, colours[gap ? COLOUR_BACKGROUND : paper]);
        if (gap) {
            gs_rectangle(left, y + 1, right, y + FONT_HEIGHT - 1, colours[paper]);
        }
    }
    for (u32 i = from[line], next; i < end; i = next) {
        u32 ink = INK(row[i]), n = 0;
        for (next = i; next < end && (INK(row[next]) == ink || GLYPH(row[next]) == 0); next++) {
            n += GLYPH(row[next]) != 0;
        }
        if (n == 0) {
            continue;
        }
        gs_reserve(3 + 2 * n);
        gs_sprites(n, colours[ink]);
        for (u32 c = i; c < next; c++) {
            u32 glyph = GLYPH(row[c]);
            if (glyph != 0) {
                gs_sprite(
                    LEFT + (s32) c * FONT_WIDTH, y, glyph % 16 * FONT_WIDTH, glyph / 16 * FONT_HEIGHT, FONT_WIDTH, FONT_HEIGHT, 1);
            }
        }
    }
    from[line] = to[line] = 0;
}

void screen_show(void) {
    int begun = 0;
    for (u32 line = 0; line < SCREEN_LINES; line++) {
        if (from[line] < to[line]) {
            if (!begun) {
                gs_begin();
                begun = 1;
            }
            draw_line(line);
        }
    }
    if (begun) {
        gs_send();
    }
}

void screen_touch(u32 first, u32 n) {
    for (; n > 0 && SCREEN_BODY + first < SCREEN_LINES; n--, first++) {
        change(SCREEN_BODY + first, 0);
        change(SCREEN_BODY + first, SCREEN_COLUMNS - 1);
    }
}

void screen_banner(u32 line, u32 column, u32 scale, colour ink, const char *text) {
    u32 n = 0;
    while (text[n] != 0) {
        n++;
    }
    gs_begin();
    gs_sprites(n, colours[ink]);
    for (u32 i = 0; i < n; i++) {
        u32 glyph = font_glyph((u8) text[i]);
        gs_sprite(
            LEFT + (s32) (column + i * scale) * FONT_WIDTH, top_of(SCREEN_BODY + line), glyph % 16 * FONT_WIDTH, glyph / 16 * FONT_HEIGHT,
            FONT_WIDTH, FONT_HEIGHT, (s32) scale);
    }
    gs_send();
}

void screen_init(void) {
    gs_init(colours[COLOUR_BACKGROUND]);
    upload_font();
    gs_begin();
    gs_rectangle(0, top_of(SCREEN_TITLE) - 4, SCREEN_WIDTH, top_of(SCREEN_TITLE) + FONT_HEIGHT + 4, colours[COLOUR_BAR]);
    gs_rectangle(0, top_of(SCREEN_STATUS) - 4, SCREEN_WIDTH, top_of(SCREEN_KEYS) + FONT_HEIGHT + 4, colours[COLOUR_BAR]);
    gs_send();
    screen_clear(0, SCREEN_BODY_LINES);
    screen_title("");
    screen_status("");
    screen_keys("");
    screen_show();
}
