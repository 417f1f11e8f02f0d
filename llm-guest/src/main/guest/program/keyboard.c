#include "keyboard.h"
#include "format.h"
#include "keys.h"
#include "menu.h"
#include "screen.h"
#include "string.h"

#define COLUMNS 12u
#define ROWS 5u
#define LETTER_ROWS 4u
#define FIELD_LINE (SCREEN_BODY + KEYBOARD_LINE + 1)
#define FIELD_LINES 3u
#define FIELD_COLUMNS (SCREEN_COLUMNS - 2)
#define KEYS_LINE (FIELD_LINE + FIELD_LINES + 1)
#define HISTORY 8u
#define BAR STYLE(COLOUR_STATUS, COLOUR_BAR)

/* Unshifted, shifted. */
static const char letters[2][LETTER_ROWS][COLUMNS + 1] = {
    {"1234567890-=", "qwertyuiop[]", "asdfghjkl;'\\", "zxcvbnm,./?!"},
    {"!@#$%^&*()_+", "QWERTYUIOP{}", "ASDFGHJKL:\"|", "ZXCVBNM<>~`?"},
};

/* The last row: keys as wide as two others. */
enum { SHIFT, SPACE, DELETE, LEFT, RIGHT, DONE, FUNCTIONS };
static const char *const functions[FUNCTIONS] = {"shift", "space", "delete", "\xE2\x86\x90", "\xE2\x86\x92", "done"};

typedef enum shift { UNSHIFTED, NEXT_LETTER, LOCKED } shift;

static char history[HISTORY][KEYBOARD_TEXT];
static u32 remembered; /* texts in the history, those that are forgotten too */

typedef struct editor {
    char *text;
    u32 length, cursor;
    u32 row, column; /* the key under the hand */
    shift shifted;
    u32 back; /* texts back in the history, 0: the text itself */
    char draft[KEYBOARD_TEXT];
} editor;

static editor e;

static u32 kept(void) {
    return remembered < HISTORY ? remembered : HISTORY;
}

static void remember(const char *text) {
    if (text[0] == 0 || (remembered > 0 && string_equal(text, history[(remembered - 1) % HISTORY]))) {
        return;
    }
    string_copy(history[remembered++ % HISTORY], text, KEYBOARD_TEXT);
}

static void show_field(void) {
    u32 line_of_cursor = e.cursor / FIELD_COLUMNS;
    u32 top = line_of_cursor >= FIELD_LINES ? line_of_cursor - FIELD_LINES + 1 : 0;
    for (u32 line = 0; line < FIELD_LINES; line++) {
        screen_fill(FIELD_LINE + line, 0, SCREEN_COLUMNS, STYLE(COLOUR_TEXT, COLOUR_FIELD));
        for (u32 c = 0; c < FIELD_COLUMNS; c++) {
            u32 at = (top + line) * FIELD_COLUMNS + c;
            u32 style = at == e.cursor ? STYLE_SELECTED : STYLE(COLOUR_TEXT, COLOUR_FIELD);
            if (at <= e.length) {
                screen_put(FIELD_LINE + line, 1 + c, style, at < e.length ? (u32) (u8) e.text[at] - ' ' : 0);
            }
        }
    }
}

static void show_key(u32 line, u32 column, u32 width, const char *name, u32 characters, int selected, int marked) {
    u32 style = STYLE(marked ? COLOUR_TITLE : COLOUR_TEXT, COLOUR_KEY);
    style = selected ? STYLE_SELECTED : style;
    screen_fill(line, column, width, style);
    screen_print(line, column + (width - characters) / 2, style, name);
}

static void show_keys(void) {
    for (u32 row = 0; row < LETTER_ROWS; row++) {
        for (u32 column = 0; column < COLUMNS; column++) {
            const char name[2] = {letters[e.shifted != UNSHIFTED][row][column], 0};
            show_key(KEYS_LINE + 2 * row, 6 * column, 5, name, 1, row == e.row && column == e.column, 0);
        }
    }
    for (u32 f = 0; f < FUNCTIONS; f++) {
        const char *name = f == SHIFT && e.shifted == LOCKED ? "SHIFT" : functions[f];
        u32 characters = f == LEFT || f == RIGHT ? 1 : string_length(name);
        show_key(
            KEYS_LINE + 2 * LETTER_ROWS, 12 * f, 11, name, characters, e.row == LETTER_ROWS && e.column / 2 == f,
            f == SHIFT && e.shifted != UNSHIFTED);
    }
}

static void type(char c) {
    if (e.length + 1 < KEYBOARD_TEXT) {
        memmove(e.text + e.cursor + 1, e.text + e.cursor, e.length + 1 - e.cursor);
        e.text[e.cursor++] = c;
        e.length++;
    }
    e.shifted = e.shifted == NEXT_LETTER ? UNSHIFTED : e.shifted;
}

static void erase(void) {
    if (e.cursor > 0) {
        memmove(e.text + e.cursor - 1, e.text + e.cursor, e.length + 1 - e.cursor);
        e.cursor--;
        e.length--;
    }
}

static void move_cursor(int right) {
    if (right) {
        e.cursor += e.cursor < e.length;
    } else {
        e.cursor -= e.cursor > 0;
    }
}

static void shift_next(void) {
    e.shifted = e.shifted == LOCKED ? UNSHIFTED : e.shifted + 1;
}

static void recall(u32 back) {
    if (back > kept()) {
        return;
    }
    if (e.back == 0) {
        string_copy(e.draft, e.text, KEYBOARD_TEXT);
    }
    e.back = back;
    string_copy(e.text, back == 0 ? e.draft : history[(remembered - back) % HISTORY], KEYBOARD_TEXT);
    e.length = e.cursor = string_length(e.text);
}

static void move_hand(u32 keys) {
    u32 step = e.row == LETTER_ROWS ? 2 : 1;
    if (keys & PAD_UP) {
        e.row = e.row > 0 ? e.row - 1 : ROWS - 1;
    }
    if (keys & PAD_DOWN) {
        e.row = e.row + 1 < ROWS ? e.row + 1 : 0;
    }
    if (keys & PAD_LEFT) {
        e.column = e.column >= step ? e.column - step : COLUMNS - step;
    }
    if (keys & PAD_RIGHT) {
        e.column = e.column + step < COLUMNS ? e.column + step : 0;
    }
}

/* The key under the hand; true if that is the one that ends. */
static int press(void) {
    if (e.row < LETTER_ROWS) {
        type(letters[e.shifted != UNSHIFTED][e.row][e.column]);
        return 0;
    }
    switch (e.column / 2) {
    case SHIFT: shift_next(); return 0;
    case SPACE: type(' '); return 0;
    case DELETE: erase(); return 0;
    case LEFT: move_cursor(0); return 0;
    case RIGHT: move_cursor(1); return 0;
    default: return 1;
    }
}

static int obey(u32 keys) {
    move_hand(keys);
    if (keys & PAD_CIRCLE) {
        shift_next();
    }
    if (keys & PAD_TRIANGLE) {
        type(' ');
    }
    if (keys & PAD_SQUARE) {
        erase();
    }
    if (keys & PAD_L1) {
        move_cursor(0);
    }
    if (keys & PAD_R1) {
        move_cursor(1);
    }
    if (keys & PAD_L2) {
        recall(e.back + 1);
    }
    if ((keys & PAD_R2) && e.back > 0) {
        recall(e.back - 1);
    }
    return ((keys & PAD_CROSS) && press()) || (keys & PAD_START) != 0;
}

int keyboard_edit(const char *title, char *text) {
    e.text = text;
    e.length = e.cursor = string_length(text);
    e.back = 0;
    e.shifted = UNSHIFTED;
    screen_clear(KEYBOARD_LINE, SCREEN_BODY_LINES - KEYBOARD_LINE);
    screen_fill(SCREEN_BODY + KEYBOARD_LINE, 0, SCREEN_COLUMNS, BAR);
    screen_print(SCREEN_BODY + KEYBOARD_LINE, 1, STYLE(COLOUR_TITLE, COLOUR_BAR), title);
    screen_status("\xE2\x9C\x95 type  \xE2\x96\xA1 delete  \xE2\x96\xB3 space  \xE2\x97\x8B shift  L1 R1 cursor  L2 R2 typed before");
    screen_keys("START send  SELECT back");
    keys_forget();
    for (;;) {
        show_field();
        show_keys();
        menu_wait();
        if (keys_take(PAD_SELECT)) {
            return 0;
        }
        if (obey(keys_take(~0u))) {
            remember(text);
            return 1;
        }
    }
}
