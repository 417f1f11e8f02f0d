#include "status.h"
#include "clock.h"
#include "format.h"
#include "model.h"
#include "screen.h"
#include "stages.h"
#include "weights.h"

#define BAR_WIDTH 16
#define MATRICES (MODEL_LAYERS * LAYER_MATRICES)

static int reading, ended, changed;
static u32 position, total, done, made;
static u32 passing, matrices; /* tokens under way, and how far */
static u32 begin, first; /* ticks: when reading began, how long it took to the first token */

void status_reading(u32 at, u32 n) {
    reading = 1;
    ended = 0;
    position = at;
    total = n;
    done = made = passing = 0;
    begin = clock_ticks();
    changed = 1;
}

void status_pass(u32 n, u32 count) {
    done = n;
    passing = count;
    matrices = 0;
    changed = 1;
}

void status_matrix(void) {
    matrices += matrices < MATRICES;
}

void status_token(u32 at) {
    if (made++ == 0) {
        first = clock_ticks() - begin;
    }
    reading = 0;
    position = at;
    changed = 1;
}

void status_ended(void) {
    ended = 1;
    changed = 1;
}

static void show_reading(void) {
    char line[SCREEN_COLUMNS + 1], seconds[16];
    u32 style = STYLE(COLOUR_TITLE, COLOUR_BAR);
    format_quotient(seconds, sizeof seconds, clock_ticks() - begin, TICKS_PER_SECOND, 1);
    u32 n = format_text(line, sizeof line, "%s %u of %u tokens ", ended ? "read" : "reading", done, total);
    screen_print(SCREEN_STATUS, 0, STYLE(COLOUR_TEXT, COLOUR_BAR), line);
    u32 part = (done * MATRICES + passing * matrices) / total; /* of MATRICES */
    screen_bar(SCREEN_STATUS, n, BAR_WIDTH, style, part * BAR_WIDTH * 8 / MATRICES);
    format_text(line, sizeof line, "  %s s  position %u/%u", seconds, position + done, MODEL_CONTEXT);
    n = screen_print(SCREEN_STATUS, n + BAR_WIDTH, STYLE(COLOUR_TEXT, COLOUR_BAR), line);
    screen_fill(SCREEN_STATUS, n, SCREEN_COLUMNS - n, STYLE(COLOUR_TEXT, COLOUR_BAR));
}

/* Whole tokens only: the sum of their cycles is what the console took for them. */
static u32 format_rate(char *to, u32 size) {
    u64 cycles = 0;
    for (stage s = 0; s < STAGES; s++) {
        cycles += stages_sum(s);
    }
    u32 ticks = (u32) (cycles >> 12), n = stages_tokens() * TICKS_PER_SECOND;
    if (made < 2 || ticks == 0) {
        return format_text(to, size, "-");
    }
    return format_quotient(to, size, n, ticks, n / ticks < 10 ? 3 : 1);
}

void status_hidden(void) {
    changed = 1;
}

void status_show(void) {
    char line[SCREEN_COLUMNS + 1], rate[16], seconds[16];
    if (reading && (changed || !ended)) { /* the seconds go on */
        show_reading();
    }
    if (reading || !changed) {
        return;
    }
    changed = 0;
    format_rate(rate, sizeof rate);
    format_quotient(seconds, sizeof seconds, first, TICKS_PER_SECOND, 2);
    format_text(
        line, sizeof line, "%u tokens  %s/s guest time  first after %s s  position %u/%u", made, rate, seconds, position, MODEL_CONTEXT);
    screen_status(line);
}
