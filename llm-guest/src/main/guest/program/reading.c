#include "reading.h"
#include "clock.h"
#include "gs.h"
#include "keys.h"
#include "screen.h"
#include "scroll.h"
#include "stage_page.h"
#include "stages.h"
#include "status.h"

#define STEP 10 /* lines that a key moves */

static int active, shows_stages;
static u32 shown_tokens;

void reading_begin(const char *keys) {
    active = 1;
    shows_stages = 0;
    scroll_hidden();
    status_hidden();
    screen_clear(0, SCREEN_BODY_LINES);
    screen_keys(keys);
    reading_show();
}

void reading_keys(const char *keys) {
    screen_keys(keys);
}

void reading_end(void) {
    active = 0;
}

static void toggle(void) {
    shows_stages = !shows_stages;
    shown_tokens = 0xFFFFFFFFu;
    scroll_hidden();
    screen_clear(0, SCREEN_BODY_LINES);
}

void reading_show(void) {
    if (shows_stages) {
        if (shown_tokens != stages_tokens()) {
            shown_tokens = stages_tokens();
            stage_page_show();
        }
    } else {
        scroll_show(0, SCREEN_BODY_LINES);
    }
    status_show();
    screen_show();
}

static void obey(void) {
    if (keys_take(PAD_TRIANGLE)) {
        toggle();
    }
    if (keys_take(PAD_L1)) {
        scroll_move(-STEP, SCREEN_BODY_LINES);
    }
    if (keys_take(PAD_R1)) {
        scroll_move(STEP, SCREEN_BODY_LINES);
    }
}

static void tick(int repeat) {
    keys_look(repeat);
    if (active) {
        obey();
        reading_show();
    }
}

void reading_tick(void) {
    if (gs_vblank()) {
        stage before = stage_enter(STAGE_DRAWING);
        tick(0);
        stage_enter(before);
    }
}

u32 reading_wait(u32 mask) {
    u32 key;
    while ((key = keys_take(mask)) == 0) {
        gs_wait_vblank();
        tick(1);
    }
    return key;
}
