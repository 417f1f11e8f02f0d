#include "menu.h"
#include "format.h"
#include "gs.h"
#include "keys.h"
#include "screen.h"
#include "string.h"

#define FIRST_LINE 8
#define WIDTH 46
#define ABOUT_LINE 19

void menu_wait(void) {
    screen_show();
    gs_wait_vblank();
    keys_look(1);
}

static u32 centred(const char *text, u32 scale) {
    u32 width = string_length(text) * scale;
    return width < SCREEN_COLUMNS ? (SCREEN_COLUMNS - width) / 2 : 0;
}

static void show(const menu_item *items, u32 n, u32 selected) {
    for (u32 i = 0; i < n; i++) {
        u32 line = SCREEN_BODY + FIRST_LINE + 2 * i, left = (SCREEN_COLUMNS - WIDTH) / 2;
        u32 style = i == selected ? STYLE_SELECTED : STYLE(COLOUR_TEXT, COLOUR_KEY);
        screen_fill(line, left, WIDTH, style);
        screen_print(line, left + 2, style, items[i].name);
    }
    screen_clear(ABOUT_LINE, 1);
    screen_print(SCREEN_BODY + ABOUT_LINE, centred(items[selected].about, 1), STYLE_DIM, items[selected].about);
}

u32 menu_choose(const char *title, int large, const menu_item *items, u32 n, u32 selected, const char *leaving) {
    char keys[SCREEN_COLUMNS + 1];
    u32 scale = large ? 4 : 2;
    format_text(keys, sizeof keys, "\xE2\x86\x91\xE2\x86\x93 choose  \xE2\x9C\x95 confirm  SELECT %s", leaving);
    screen_clear(0, SCREEN_BODY_LINES);
    screen_status("");
    screen_keys(keys);
    show(items, n, selected);
    screen_show();
    screen_banner(large ? 2 : 3, centred(title, scale), scale, COLOUR_TITLE, title);
    keys_forget();
    for (;;) {
        menu_wait();
        if (keys_take(PAD_UP)) {
            selected = selected > 0 ? selected - 1 : n - 1;
            show(items, n, selected);
        }
        if (keys_take(PAD_DOWN)) {
            selected = selected + 1 < n ? selected + 1 : 0;
            show(items, n, selected);
        }
        int chosen = keys_take(PAD_CROSS | PAD_START) != 0, left = keys_take(PAD_SELECT) != 0;
        if (chosen || left) {
            screen_touch(2, 4); /* where the title was */
            return left ? MENU_LEFT : selected;
        }
    }
}
