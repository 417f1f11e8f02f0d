/*
 * A text screen of 72 x 24 cells of 8 x 16 pixels: a title line, a body that scrolls, a status line. Text is UTF-8. Nothing is drawn before
 * screen_show, which draws the lines that changed.
 */
#ifndef SDK_SCREEN_H
#define SDK_SCREEN_H

#include "types.h"

#define SCREEN_COLUMNS 72
#define SCREEN_BODY_LINES 22

/* Colours, 0xBBGGRR. */
#define COLOUR_BACKGROUND 0x301810u
#define COLOUR_BAR 0x603820u
#define COLOUR_TITLE 0xA0E8FFu
#define COLOUR_TEXT 0xF0F0F0u
#define COLOUR_PROMPT 0xD0B080u
#define COLOUR_STATUS 0xC0C0C0u
#define COLOUR_ERROR 0x6070FFu

void screen_init(void);
void screen_title(const char *text);
void screen_status(const char *text);

/* Empties the body. */
void screen_clear(void);
void screen_colour(u32 colour);

/* Bytes of UTF-8, which may end within a character: the rest is taken from the next call. Words move to the next line as a whole. */
void screen_write(const u8 *bytes, u32 n);
void screen_text(const char *text);

void screen_show(void);

#endif
