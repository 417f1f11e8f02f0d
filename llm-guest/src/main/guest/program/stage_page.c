#include "stage_page.h"
#include "clock.h"
#include "format.h"
#include "screen.h"
#include "stages.h"

#define LAST_COLUMN 11
#define MEAN_COLUMN 42
#define BAR_WIDTH 11

/* Times are kept in units of 16 cycles, of which 32 bits hold the slowest token's. */
#define UNIT_BITS 4
#define UNITS_PER_MILLISECOND (CYCLES_PER_MILLISECOND >> UNIT_BITS)

/* Share and bar of `units` out of `total`. */
static void show_share(u32 line, u32 column, colour ink, u32 units, u32 total) {
    char text[32];
    u32 style = STYLE(ink, COLOUR_BACKGROUND);
    /* Both scaled down until a thousand times the smaller fits into 32 bits. */
    while (total >= 1u << 22) {
        total >>= 1;
        units >>= 1;
    }
    u32 thousandths = total > 0 ? (units * 1000 + total / 2) / total : 0;
    u32 n = format_text(text, sizeof text, "%3u.%u%%", thousandths / 10, thousandths % 10);
    screen_print(line, column + 10, style, text);
    screen_bar(line, column + 10 + n + 1, BAR_WIDTH, style, (thousandths * BAR_WIDTH * 8 + 500) / 1000);
}

static void show_milliseconds(u32 line, u32 column, u32 style, u32 units) {
    char number[16], text[16];
    u32 n = format_quotient(number, sizeof number, units, UNITS_PER_MILLISECOND, units < 100 * UNITS_PER_MILLISECOND ? 3 : 1);
    u32 pad = n < 9 ? 9 - n : 0;
    for (u32 i = 0; i < pad; i++) {
        text[i] = ' ';
    }
    format_text(text + pad, sizeof text - pad, "%s", number);
    screen_print(line, column, style, text);
}

void stage_page_show(void) {
    u32 tokens = stages_tokens(), last_total = 0, mean_total = 0, last[STAGES], mean[STAGES];
    char text[32];
    for (stage s = 0; s < STAGES; s++) {
        last[s] = (u32) (stages_last(s) >> UNIT_BITS);
        mean[s] = tokens > 0 ? divide(stages_sum(s) >> UNIT_BITS, tokens, NULL) : 0;
        last_total += last[s];
        mean_total += mean[s];
    }
    screen_print(SCREEN_BODY, 0, STYLE_DIM, "ms by stage");
    screen_print(SCREEN_BODY, LAST_COLUMN + 4, STYLE(COLOUR_TITLE, COLOUR_BACKGROUND), "last token");
    show_milliseconds(SCREEN_BODY, LAST_COLUMN + 15, STYLE(COLOUR_TITLE, COLOUR_BACKGROUND), last_total);
    format_text(text, sizeof text, "mean of %u", tokens);
    u32 end = screen_print(SCREEN_BODY, MEAN_COLUMN + 4, STYLE(COLOUR_PROMPT, COLOUR_BACKGROUND), text);
    screen_fill(SCREEN_BODY, end, MEAN_COLUMN + 18 - end, STYLE_BLANK);
    show_milliseconds(SCREEN_BODY, MEAN_COLUMN + 18, STYLE(COLOUR_PROMPT, COLOUR_BACKGROUND), mean_total);
    for (stage s = 0; s < STAGES; s++) {
        u32 line = SCREEN_BODY + 1 + s;
        screen_print(line, 0, STYLE_TEXT, stage_name(s));
        show_milliseconds(line, LAST_COLUMN, STYLE_TEXT, last[s]);
        show_share(line, LAST_COLUMN, COLOUR_TITLE, last[s], last_total);
        show_milliseconds(line, MEAN_COLUMN, STYLE_TEXT, mean[s]);
        show_share(line, MEAN_COLUMN, COLOUR_PROMPT, mean[s], mean_total);
    }
}
