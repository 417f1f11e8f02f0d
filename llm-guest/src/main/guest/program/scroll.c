#include "scroll.h"
#include "font.h"
#include "string.h"
#include "utf8.h"

typedef struct letter {
    u8 glyph, ink;
} letter;

static letter lines[SCROLL_LINES][SCREEN_COLUMNS]; /* line n of the text is lines[n % SCROLL_LINES] */
static u32 count = 1;                              /* lines so far, those that are forgotten too */
static u32 column;                                 /* in the last of them */
static u32 below;                                  /* lines below what is shown */
static u32 old, shown_top, shown_height;       /* lines before `old` have not changed since they were shown */
static utf8_decoder decoder;

static letter *last_line(void) {
    return lines[(count - 1) % SCROLL_LINES];
}

void scroll_hidden(void) {
    old = 0;
    shown_height = 0;
}

void scroll_clear(void) {
    memset(lines, 0, sizeof lines);
    count = 1;
    column = 0;
    below = 0;
    decoder.missing = 0;
    scroll_hidden();
}

static u32 oldest(void) {
    return count > SCROLL_LINES ? count - SCROLL_LINES : 0;
}

static void next_line(void) {
    column = 0;
    count++;
    memset(last_line(), 0, sizeof lines[0]);
    if (below > 0) { /* somebody reads above */
        below++;
    }
}

/* The line is full and a word goes on: the word moves down, if it does not fill the line by itself. */
static void wrap(void) {
    letter *full = last_line();
    u32 begin = SCREEN_COLUMNS;
    while (begin > 0 && full[begin - 1].glyph != 0) {
        begin--;
    }
    next_line();
    if (begin > 0) {
        column = SCREEN_COLUMNS - begin;
        memcpy(last_line(), full + begin, column * sizeof *full);
        memset(full + begin, 0, column * sizeof *full);
    }
}

static void put(u32 glyph, colour ink) {
    if (column == SCREEN_COLUMNS) {
        if (glyph == 0) { /* a space at the end of a line is not seen */
            next_line();
            return;
        }
        wrap();
    }
    last_line()[column].glyph = (u8) glyph;
    last_line()[column].ink = (u8) ink;
    column++;
}

void scroll_write(colour ink, const u8 *bytes, u32 n) {
    old = count - 1 < old ? count - 1 : old;
    for (; n > 0; n--) {
        if (!utf8_take(&decoder, *bytes++)) {
            continue;
        }
        u32 c = decoder.code_point;
        if (c == '\n') {
            next_line();
        } else if (c == '\t') {
            put(0, ink);
            put(0, ink);
        } else if (c >= ' ') {
            put(font_glyph(c), ink);
        }
    }
}

void scroll_text(colour ink, const char *text) {
    scroll_write(ink, (const u8 *) text, string_length(text));
}

int scroll_empty(void) {
    return count == 1 && column == 0;
}

int scroll_line_empty(void) {
    return column == 0;
}

void scroll_new_line(void) {
    if (column > 0) {
        old = count - 1 < old ? count - 1 : old;
        next_line();
    }
}

static u32 most_below(u32 height) {
    u32 kept = count - oldest();
    return kept > height ? kept - height : 0;
}

void scroll_move(s32 move, u32 height) {
    s32 wanted = (s32) below - move, most = (s32) most_below(height);
    below = (u32) (wanted < 0 ? 0 : wanted > most ? most : wanted);
}

u32 scroll_below(void) {
    return below;
}

void scroll_show(u32 first, u32 height) {
    u32 most = most_below(height);
    below = below < most ? below : most;
    u32 end = count - below, top = end > height ? end - height : 0;
    int moved = top != shown_top || height != shown_height;
    if (!moved && old == count) {
        return;
    }
    for (u32 i = 0; i < height; i++) {
        u32 number = top + i, line = SCREEN_BODY + first + i;
        if (!moved && number < old) {
            continue;
        }
        if (number >= end) {
            screen_fill(line, 0, SCREEN_COLUMNS, STYLE_BLANK);
            continue;
        }
        const letter *l = lines[number % SCROLL_LINES];
        for (u32 c = 0; c < SCREEN_COLUMNS; c++) {
            screen_put(line, c, l[c].glyph != 0 ? STYLE(l[c].ink, COLOUR_BACKGROUND) : STYLE_BLANK, l[c].glyph);
        }
    }
    shown_top = top;
    shown_height = height;
    old = count;
}
