/* The text of a story or a conversation: the last lines of it, wrapped at words, of which the screen shows a part. */
#ifndef PROGRAM_SCROLL_H
#define PROGRAM_SCROLL_H

#include "screen.h"
#include "types.h"

#define SCROLL_LINES 256

void scroll_clear(void);

/* Bytes of UTF-8, which may end within a character: the rest is taken from the next call. */
void scroll_write(colour ink, const u8 *bytes, u32 n);
void scroll_text(colour ink, const char *text);

/* Whether there is nothing yet. */
int scroll_empty(void);

/* Whether the last line has nothing in it. */
int scroll_line_empty(void);

/* Begins a line if the last one has something in it. */
void scroll_new_line(void);

/* Moves what is shown, in lines; negative is back. At the end it follows what is written. */
void scroll_move(s32 lines, u32 height);

/* Puts `height` lines from `first` of the body on the screen. Cheap if nothing has changed since the last call. */
void scroll_show(u32 first, u32 height);

/* Lines below what is shown. */
u32 scroll_below(void);

/* The screen shows something else now: the next scroll_show puts all lines. */
void scroll_hidden(void);

#endif
