/*
 * A screen of 72 x 24 cells of 8 x 16 pixels: a title line, a body, and two lines for the state of things and for keys. A cell has a glyph, a
 * colour for it (ink) and one for what is behind it (paper). Nothing is drawn before screen_show, which draws the cells that changed.
 */
#ifndef SDK_SCREEN_H
#define SDK_SCREEN_H

#include "types.h"

#define SCREEN_COLUMNS 72
#define SCREEN_BODY_LINES 21
#define SCREEN_LINES (SCREEN_BODY_LINES + 3)
#define SCREEN_TITLE 0
#define SCREEN_BODY 1
#define SCREEN_STATUS (SCREEN_LINES - 2)
#define SCREEN_KEYS (SCREEN_LINES - 1)

typedef enum colour {
    COLOUR_BACKGROUND,
    COLOUR_BAR,
    COLOUR_FIELD,    /* what is typed stands on it */
    COLOUR_KEY,
    COLOUR_SELECTED,
    COLOUR_TEXT,
    COLOUR_PROMPT,
    COLOUR_TITLE,
    COLOUR_STATUS,
    COLOUR_DIM,
    COLOUR_ERROR,
    COLOURS
} colour;

/* Ink on paper. */
#define STYLE(ink, paper) ((u32) (ink) << 8 | (u32) (paper) << 16)
#define STYLE_BLANK STYLE(COLOUR_BACKGROUND, COLOUR_BACKGROUND)
#define STYLE_TEXT STYLE(COLOUR_TEXT, COLOUR_BACKGROUND)
#define STYLE_DIM STYLE(COLOUR_DIM, COLOUR_BACKGROUND)
#define STYLE_SELECTED STYLE(COLOUR_BACKGROUND, COLOUR_SELECTED)

void screen_init(void);

/* One cell. Lines and columns outside are ignored, here and below. */
void screen_put(u32 line, u32 column, u32 style, u32 glyph);

/* Text in UTF-8 from a column on; the column behind it. */
u32 screen_print(u32 line, u32 column, u32 style, const char *text);

/* Blanks. */
void screen_fill(u32 line, u32 column, u32 n, u32 style);

/* Empties lines of the body: `first` 0 is its first. */
void screen_clear(u32 first, u32 n);

/* The whole of the lines at top and bottom. */
void screen_title(const char *text);
void screen_status(const char *text);
void screen_keys(const char *text);

/* A bar of at most `width` cells from a column on, in eighths of a cell. */
void screen_bar(u32 line, u32 column, u32 width, u32 style, u32 eighths);

void screen_show(void);

/* Large letters over cells, at once; they stay until screen_touch has these lines of the body drawn again. */
void screen_banner(u32 line, u32 column, u32 scale, colour ink, const char *text);
void screen_touch(u32 first, u32 n);

#endif
