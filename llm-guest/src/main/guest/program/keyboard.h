/* A keyboard on the screen, for the pad. */
#ifndef PROGRAM_KEYBOARD_H
#define PROGRAM_KEYBOARD_H

#include "types.h"

#define KEYBOARD_TEXT 512 /* longest text and its NUL */
#define KEYBOARD_LINE 7   /* the line of the body at which it begins; those above are the caller's */

/* Changes `text` (KEYBOARD_TEXT bytes) until it is done: true, and it goes into the history; or false if the user left with SELECT. */
int keyboard_edit(const char *title, char *text);

#endif
