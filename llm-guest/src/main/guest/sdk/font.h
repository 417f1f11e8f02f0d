/* The guest's own font, drawn for it: 8 x 16 pixels, capital letters ten pixels high. Bit 7 of a row is its leftmost pixel. */
#ifndef SDK_FONT_H
#define SDK_FONT_H

#include "types.h"

#define FONT_WIDTH 8
#define FONT_HEIGHT 16
#define FONT_GLYPHS 123

extern const u8 font_rows[FONT_GLYPHS][FONT_HEIGHT];

/* The glyph of a Unicode code point; glyph 0 is the space, the last one (a box) stands for what the font lacks. */
u32 font_glyph(u32 code_point);

#endif
