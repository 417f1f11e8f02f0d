/* Pages on which one thing is chosen out of a few. */
#ifndef PROGRAM_MENU_H
#define PROGRAM_MENU_H

#include "types.h"

typedef struct menu_item {
    const char *name;
    const char *about; /* one line that explains it */
} menu_item;

#define MENU_LEFT 0xFFFFFFFFu

/*
 * Shows the items and waits until one is confirmed: its number, or MENU_LEFT if SELECT was pressed. `title` stands above them; with `large` in
 * large letters. `selected` is the one to begin with, `leaving` what SELECT does.
 */
u32 menu_choose(const char *title, int large, const menu_item *items, u32 n, u32 selected, const char *leaving);

/* Waits for the next vertical blank, draws what changed and looks at the pad. For pages that wait for their user. */
void menu_wait(void);

#endif
