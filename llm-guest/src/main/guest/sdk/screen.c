#include "screen.h"
#include "font.h"
#include "gs.h"
#include "string.h"

#define LINES (SCREEN_BODY_LINES + 2)
#define TITLE_LINE 0
#define BODY_LINE 1
#define STATUS_LINE (LINES - 1)
#define LEFT ((SCREEN_WIDTH - SCREEN_COLUMNS * FONT_WIDTH) / 2)
#define TOP 24

/* GS memory behind the frame buffer, in blocks of 256 bytes: the font's texture (one page), then its colour table. */
#define FONT_BLOCK (SCREEN_WIDTH * SCREEN_HEIGHT * 4 / 256)
#define COLOUR_TABLE_BLOCK (FONT_BLOCK + 32)
#define TEXTURE_SIDE 128 /* texels: 16 glyphs in a row, 8 rows */

typedef struct cell {
    u8 glyph;
    u32 colour;
} cell;

static cell cells[LINES][SCREEN_COLUMNS];
static u8 changed[LINES];
static u32 line, column; /* the body's cursor */
static u32 colour = COLOUR_TEXT;
static u32 code_point, missing; /* a UTF-8 character under way */

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

static void clear_line(u32 at) {
    memset(cells[at], 0, sizeof cells[at]);
    changed[at] = 1;
}

void screen_clear(void) {
    for (u32 i = 0; i < SCREEN_BODY_LINES; i++) {
        clear_line(BODY_LINE + i);
    }
    line = BODY_LINE;
    column = 0;
    missing = 0;
}

void screen_init(void) {
    gs_init(COLOUR_BACKGROUND);
    upload_font();
    clear_line(TITLE_LINE);
    clear_line(STATUS_LINE);
    screen_clear();
    screen_show();
}

void screen_colour(u32 new_colour) {
    colour = new_colour;
}

static void next_line(void) {
    column = 0;
    if (line < BODY_LINE + SCREEN_BODY_LINES - 1) {
        line++;
        return;
    }
    memmove(cells[BODY_LINE], cells[BODY_LINE + 1], sizeof cells[0] * (SCREEN_BODY_LINES - 1));
    clear_line(line);
    memset(&changed[BODY_LINE], 1, SCREEN_BODY_LINES);
}

/* The line is full and a word goes on: the word moves down, if it does not fill the line by itself. */
static void wrap(void) {
    u32 begin = SCREEN_COLUMNS;
    while (begin > 0 && cells[line][begin - 1].glyph != 0) {
        begin--;
    }
    if (begin == 0) {
        next_line();
        return;
    }
    cell word[SCREEN_COLUMNS];
    u32 n = SCREEN_COLUMNS - begin;
    memcpy(word, &cells[line][begin], n * sizeof word[0]);
    memset(&cells[line][begin], 0, n * sizeof word[0]);
    changed[line] = 1;
    next_line();
    memcpy(cells[line], word, n * sizeof word[0]);
    column = n;
}

static void put_glyph(u32 glyph) {
    if (column == SCREEN_COLUMNS) {
        if (glyph == 0) { /* a space at the end of a line is not seen */
            next_line();
            return;
        }
        wrap();
    }
    cells[line][column].glyph = (u8) glyph;
    cells[line][column].colour = colour;
    changed[line] = 1;
    column++;
}

static void put_code_point(u32 c) {
    if (c == '\n') {
        next_line();
    } else if (c == '\t') {
        put_glyph(0);
        put_glyph(0);
    } else if (c >= ' ') {
        put_glyph(font_glyph(c));
    }
}

void screen_write(const u8 *bytes, u32 n) {
    for (u32 i = 0; i < n; i++) {
        u8 b = bytes[i];
        if (missing > 0 && (b & 0xC0) == 0x80) {
            code_point = code_point << 6 | (b & 0x3F);
            if (--missing == 0) {
                put_code_point(code_point);
            }
            continue;
        }
        missing = 0;
        if (b < 0x80) {
            put_code_point(b);
        } else if (b >= 0xF0) {
            code_point = b & 0x07;
            missing = 3;
        } else if (b >= 0xE0) {
            code_point = b & 0x0F;
            missing = 2;
        } else if (b >= 0xC0) {
            code_point = b & 0x1F;
            missing = 1;
        }
    }
}

void screen_text(const char *text) {
    screen_write((const u8 *) text, string_length(text));
}

static void set_line(u32 at, const char *text, u32 text_colour) {
    clear_line(at);
    for (u32 i = 0; i < SCREEN_COLUMNS && text[i] != 0; i++) {
        cells[at][i].glyph = (u8) font_glyph((u8) text[i]);
        cells[at][i].colour = text_colour;
    }
}

void screen_title(const char *text) {
    set_line(TITLE_LINE, text, COLOUR_TITLE);
}

void screen_status(const char *text) {
    set_line(STATUS_LINE, text, COLOUR_STATUS);
}

static void draw_line(u32 at) {
    u32 n = 0;
    /* Title and status stand a quarter of a line apart from the body, on bars as wide as the screen. */
    s32 y = TOP + (s32) at * FONT_HEIGHT;
    gs_begin();
    if (at == TITLE_LINE) {
        y -= 4;
        gs_rectangle(0, y - 4, SCREEN_WIDTH, y + FONT_HEIGHT + 4, COLOUR_BAR);
    } else if (at == STATUS_LINE) {
        y += 12;
        gs_rectangle(0, y - 4, SCREEN_WIDTH, y + FONT_HEIGHT + 4, COLOUR_BAR);
    } else {
        y += 4;
        gs_rectangle(0, y, SCREEN_WIDTH, y + FONT_HEIGHT, COLOUR_BACKGROUND);
    }
    for (u32 i = 0; i < SCREEN_COLUMNS; i++) {
        n += cells[at][i].glyph != 0;
    }
    if (n > 0) {
        gs_sprites(n);
        for (u32 i = 0; i < SCREEN_COLUMNS; i++) {
            u32 glyph = cells[at][i].glyph;
            if (glyph != 0) {
                gs_sprite(
                    LEFT + (s32) i * FONT_WIDTH, y, glyph % 16 * FONT_WIDTH, glyph / 16 * FONT_HEIGHT, FONT_WIDTH, FONT_HEIGHT,
                    cells[at][i].colour);
            }
        }
    }
    gs_send();
    changed[at] = 0;
}

void screen_show(void) {
    for (u32 i = 0; i < LINES; i++) {
        if (changed[i]) {
            draw_line(i);
        }
    }
}
