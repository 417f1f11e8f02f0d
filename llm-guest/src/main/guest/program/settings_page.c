#include "settings_page.h"
#include "format.h"
#include "keys.h"
#include "menu.h"
#include "model.h"
#include "screen.h"

#define FIRST_LINE 4
#define NAME_COLUMN 16
#define VALUE_COLUMN 40
#define VALUE_WIDTH 16

typedef enum row { TEMPERATURE, TOP_K, TOP_P, PENALTY, SEED, TOKENS, ROWS } row;

static const char *const names[ROWS] = {"temperature", "top-k", "top-p", "repetition penalty", "seed", "tokens"};
static const char *const about[ROWS] = {
    "0: always the likeliest token; 1: as the model has learnt; more: wilder",
    "candidates, the likeliest first; 0: all",
    "candidates that have this probability together; 1: all",
    "logits of tokens that have been are divided by it; 1: off",
    "of the random numbers; every story and conversation takes the next",
    "longest story or answer; 0: until the model ends it",
};

/* A step up or down, in hundredths; between 0 and `most`. What is between two steps goes to the one before. */
static void step_decimal(decimal *d, int up, u32 step, u32 least, u32 most) {
    u32 digits = d->digits;
    for (u32 places = d->places; places != 2; places < 2 ? places++ : places--) {
        digits = places >= 2 ? digits / 10 : digits < 100000000u ? digits * 10 : digits;
    }
    digits = digits / step * step;
    digits = up ? digits + step : digits > step ? digits - step : 0;
    d->digits = digits < least ? least : digits > most ? most : digits;
    d->places = 2;
}

static void change(settings *s, row r, int up) {
    switch (r) {
    case TEMPERATURE: step_decimal(&s->temperature, up, 5, 0, 500); break;
    case TOP_P: step_decimal(&s->top_p, up, 5, 5, 100); break;
    case PENALTY: step_decimal(&s->repeat_penalty, up, 5, 5, 500); break;
    case TOP_K:
        s->top_k += up ? s->top_k < MODEL_VOCABULARY : s->top_k > 0 ? -1 : 0;
        break;
    case SEED:
        s->seed += up ? 1 : s->seed > 1 ? -1ull : 0;
        break;
    case TOKENS:
        s->tokens = up ? (s->tokens + 8 < MODEL_CONTEXT ? s->tokens + 8 : MODEL_CONTEXT) : s->tokens > 8 ? s->tokens - 8 : 0;
        break;
    default: break;
    }
}

static void format_decimal(char *to, u32 size, decimal d) {
    u32 scale = 1;
    for (u32 i = 0; i < d.places; i++) {
        scale *= 10;
    }
    format_quotient(to, size, d.digits, scale, d.places);
}

/* Decimal digits of 64 bits, from the last one on. */
static void format_seed(char *to, u32 size, u64 seed) {
    char digits[24];
    u32 n = sizeof digits;
    digits[--n] = 0;
    do {
        /* The quotient by ten has up to 61 bits: its two halves one after the other. */
        u32 high = (u32) (seed >> 32), low = (u32) seed;
        u32 high_tenth = high / 10, rest;
        u32 low_tenth = divide((u64) (high % 10) << 32 | low, 10, &rest);
        digits[--n] = (char) ('0' + rest);
        seed = (u64) high_tenth << 32 | low_tenth;
    } while (seed != 0);
    format_text(to, size, "%s", digits + n);
}

static void format_value(char *to, u32 size, const settings *s, row r) {
    switch (r) {
    case TEMPERATURE: format_decimal(to, size, s->temperature); break;
    case TOP_P: format_decimal(to, size, s->top_p); break;
    case PENALTY: format_decimal(to, size, s->repeat_penalty); break;
    case TOP_K: format_text(to, size, "%d", s->top_k); break;
    case SEED: format_seed(to, size, s->seed); break;
    default: format_text(to, size, "%u", s->tokens); break;
    }
}

static void show(const settings *s, row selected) {
    char value[32];
    for (row r = 0; r < ROWS; r++) {
        u32 line = SCREEN_BODY + FIRST_LINE + 2 * r, style = r == selected ? STYLE_SELECTED : STYLE(COLOUR_TEXT, COLOUR_KEY);
        screen_print(line, NAME_COLUMN, STYLE_TEXT, names[r]);
        screen_fill(line, VALUE_COLUMN, VALUE_WIDTH, style);
        format_value(value, sizeof value, s, r);
        screen_print(line, VALUE_COLUMN + 2, style, value);
    }
    screen_clear(FIRST_LINE + 2 * ROWS + 1, 1);
    screen_print(SCREEN_BODY + FIRST_LINE + 2 * ROWS + 1, NAME_COLUMN - 14, STYLE_DIM, about[selected]);
}

void settings_page(settings *s, const settings *defaults) {
    row selected = 0;
    screen_clear(0, SCREEN_BODY_LINES);
    screen_print(SCREEN_BODY + 1, NAME_COLUMN, STYLE(COLOUR_TITLE, COLOUR_BACKGROUND), "Settings");
    screen_status("");
    screen_keys("\xE2\x86\x91\xE2\x86\x93 choose  \xE2\x86\x90\xE2\x86\x92 change  \xE2\x96\xA1 defaults  \xE2\x9C\x95 done");
    keys_forget();
    while (!keys_take(PAD_CROSS | PAD_START | PAD_SELECT)) {
        if (keys_take(PAD_UP)) {
            selected = selected > 0 ? selected - 1 : ROWS - 1;
        }
        if (keys_take(PAD_DOWN)) {
            selected = selected + 1 < ROWS ? selected + 1 : 0;
        }
        if (keys_take(PAD_LEFT)) {
            change(s, selected, 0);
        }
        if (keys_take(PAD_RIGHT)) {
            change(s, selected, 1);
        }
        if (keys_take(PAD_SQUARE)) {
            *s = *defaults;
        }
        show(s, selected);
        menu_wait();
    }
}
