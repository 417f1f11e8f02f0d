#include "telling.h"
#include "format.h"
#include "keys.h"
#include "model.h"
#include "reading.h"
#include "report.h"
#include "scroll.h"
#include "stages.h"
#include "status.h"
#include "tokenizer.h"

static sampler chance;
static u32 position;             /* tokens that the model has read */
static u32 pending, has_pending; /* made, not read yet */
static float *logits;
static int answered;

/* The model calls this now and then during a forward pass. */
void model_working(void) {
    status_matrix();
    reading_tick();
}

void telling_begin(const sampler *sampling, u64 seed) {
    chance = *sampling;
    sampler_start(&chance, seed);
    position = has_pending = 0;
    answered = 0;
}

u32 telling_room(void) {
    u32 used = position + has_pending;
    return used < MODEL_CONTEXT - 1 ? MODEL_CONTEXT - 1 - used : 0;
}

int telling_answered(void) {
    return answered;
}

static ending broken_off(u32 keys) {
    u32 pressed = keys_pressed(keys);
    keys_forget();
    return pressed & PAD_SELECT ? ENDING_QUIT : pressed & PAD_START ? ENDING_NEXT : pressed ? ENDING_SKIP : ENDING_NONE;
}

ending telling_read(const u32 *ids, u32 n, u32 keys) {
    ending why = ENDING_NONE;
    u32 before = has_pending;
    u32 batch[MODEL_BATCH];
    report_prompt(ids, n);
    stages_begin();
    stage_enter(STAGE_OTHER);
    status_reading(position, before + n);
    reading_show();
    for (u32 done = 0, count; done < before + n && why == ENDING_NONE; done += count) {
        for (count = 0; count < MODEL_BATCH && done + count < before + n; count++) {
            batch[count] = done + count < before ? pending : ids[done + count - before];
        }
        status_pass(done, count);
        logits = model_read(batch, count, position + done, done + count == before + n);
        for (u32 i = 0; i < count; i++) {
            stages_next_token();
        }
        status_pass(done + count, 0);
        why = broken_off(keys);
    }
    report_stages("prompt");
    if (why == ENDING_NONE) {
        position += before + n;
        has_pending = 0;
        for (u32 i = 0; i < n; i++) {
            sampler_seen(ids[i]);
        }
    } else {
        status_ended();
        report_end(why == ENDING_QUIT ? "quit" : why == ENDING_NEXT ? "next" : "skip");
    }
    return why;
}

/* The decoder's rule: no space at the beginning of a text. On the screen it may follow the prompt in its line. */
static void show_token(const u8 *bytes, u32 n, int first) {
    u32 skip = first && n > 0 && bytes[0] == ' ';
    print_bytes(bytes + skip, n - skip);
    skip = skip && scroll_line_empty();
    scroll_write(COLOUR_TEXT, bytes + skip, n - skip);
}

static ending make_token(u32 made, u32 limit, u32 keys) {
    u8 bytes[256];
    stage_enter(STAGE_SAMPLING);
    u32 id = sampler_choose(&chance, logits);
    stage_enter(STAGE_TEXT);
    u32 length = tokenizer_decode(id, bytes);
    report_token(id, bytes, length);
    if (tokenizer_stops(id)) {
        return ENDING_STOP;
    }
    sampler_seen(id);
    show_token(bytes, length, made == 0);
    pending = id;
    has_pending = 1;
    return made + 1 == limit ? ENDING_LENGTH : position == MODEL_CONTEXT ? ENDING_CONTEXT : broken_off(keys);
}

ending telling_go_on(u32 limit, u32 keys) {
    static const char *const names[] = {"", "stop", "length", "context", "skip", "next", "quit"};
    ending why = ENDING_NONE;
    answered = 1;
    for (u32 made = 0; why == ENDING_NONE; made++) {
        why = make_token(made, limit, keys);
        status_token(position);
        stage_enter(STAGE_OTHER);
        if (made == 0) { /* it was made with the prompt */
            stages_begin();
        } else {
            stages_next_token();
        }
        if (why == ENDING_NONE) {
            has_pending = 0;
            logits = model_read(&pending, 1, position++, 1);
        }
    }
    print_character('\n');
    report_stages("tokens");
    report_end(names[why]);
    status_ended();
    reading_show();
    return why;
}
