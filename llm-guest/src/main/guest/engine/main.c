/* The program: tells stories on the screen, and on the console's text output to whoever watches. */
#include "cdvd.h"
#include "clock.h"
#include "ee_float.h"
#include "fault.h"
#include "format.h"
#include "gs.h"
#include "kernel.h"
#include "model.h"
#include "options.h"
#include "pad.h"
#include "report.h"
#include "screen.h"
#include "stages.h"
#include "stream.h"
#include "string.h"
#include "tokenizer.h"
#include "weights.h"

#define KEY_NEXT PAD_START
#define KEY_SKIP PAD_CROSS
#define KEY_QUIT PAD_SELECT

static u32 keys; /* pressed since they were last looked at */
static u32 prompt_ids[MODEL_CONTEXT];
static char model_name[SCREEN_COLUMNS];

void fault(int status, const char *format, ...) {
    char message[256];
    __builtin_va_list arguments;
    __builtin_va_start(arguments, format);
    format_list(message, sizeof message, format, arguments);
    __builtin_va_end(arguments);
    report_error(message);
    print("error: %s\n", message);
    screen_colour(COLOUR_ERROR);
    screen_text("\n");
    screen_text(message);
    screen_status("stopped");
    screen_show();
    Exit(status);
}

/* The model calls this now and then during a forward pass. */
void model_working(void) {
    keys |= pad_pressed();
    clock_milliseconds();
}

/* The name is the first line of the card on the disc, MODEL.TXT. */
static void read_model_name(void) {
    static u8 card[SECTOR_SIZE] CACHE_ALIGNED;
    disc_file file;
    u32 from = 0, n = 0;
    if (!cdvd_find("\\MODEL.TXT;1", &file) || file.size == 0 || cdvd_read(file.sector, 1, card) != 0) {
        string_copy(model_name, "a language model", sizeof model_name);
        return;
    }
    u32 size = file.size < SECTOR_SIZE ? file.size : SECTOR_SIZE;
    while (from < size && (card[from] == '#' || card[from] == ' ')) {
        from++;
    }
    while (from < size && n + 1 < sizeof model_name && card[from] >= ' ') {
        model_name[n++] = (char) card[from++];
    }
    model_name[n] = 0;
}

/* The prompt as it is shown: without the symbols that only the model needs. */
static void show_prompt(const u8 *text, u32 n) {
    screen_colour(COLOUR_PROMPT);
    for (u32 at = 0; at < n;) {
        u32 symbol = tokenizer_symbol(text + at, n - at);
        if (symbol == 0) {
            screen_write(text + at, 1);
            symbol = 1;
        }
        at += symbol;
    }
    screen_text("\n");
    screen_colour(COLOUR_TEXT);
    screen_show();
}

/* `timed` of the tokens were made in that time. */
static void show_progress(const char *what, u32 tokens, u32 timed, u32 milliseconds) {
    char line[SCREEN_COLUMNS + 1];
    u32 hundredths = milliseconds > 0 ? timed * 100000u / milliseconds : 0;
    format_text(
        line, sizeof line, "%s %u tokens, %u.%02u/s in console time   START next  SELECT quit", what, tokens, hundredths / 100,
        hundredths % 100);
    screen_status(line);
    screen_show();
}

static void show_token(const u8 *bytes, u32 n, int first) {
    if (first && n > 0 && bytes[0] == ' ') { /* the decoder's rule: no space at the beginning of a text */
        bytes++;
        n--;
    }
    screen_write(bytes, n);
    for (u32 i = 0; i < n; i++) {
        print_character((char) bytes[i]);
    }
}

/* One story; why it ended. */
static const char *tell(const options *o, sampler *s, u64 seed) {
    const tokenizer_header *info = tokenizer_info();
    const u8 *prompt = o->prompt != NULL ? (const u8 *) o->prompt : info->prompt;
    u32 prompt_length = o->prompt != NULL ? string_length(o->prompt) : info->prompt_length;
    const char *reason = NULL;
    u8 bytes[256];

    u32 n = tokenizer_encode(prompt, prompt_length, prompt_ids, MODEL_CONTEXT - 1);
    if (n == 0 && info->bos >= 0) {
        prompt_ids[n++] = (u32) info->bos;
    }
    if (n == 0 || n >= MODEL_CONTEXT) {
        fault(FAULT_PROMPT, n == 0 ? "the prompt is empty" : "the prompt has more than %u tokens", MODEL_CONTEXT - 1);
    }
    report_prompt(prompt_ids, n);
    screen_clear();
    show_prompt(prompt, prompt_length);
    sampler_start(s, seed);

    stages_begin();
    stage_enter(STAGE_OTHER);
    u32 begin = clock_milliseconds();
    float *logits = NULL;
    for (u32 i = 0, batch; i < n && reason == NULL; i += batch) {
        show_progress("reading the prompt:", i, i, clock_milliseconds() - begin);
        batch = n - i < MODEL_BATCH ? n - i : MODEL_BATCH;
        logits = model_read(prompt_ids + i, batch, i, i + batch == n);
        for (u32 b = 0; b < batch; b++) {
            sampler_seen(prompt_ids[i + b]);
            stages_next_token();
        }
        reason = keys & KEY_QUIT ? "quit" : keys & KEY_NEXT ? "next" : NULL;
    }
    report_stages("prompt");
    begin = clock_milliseconds();
    for (u32 made = 0, position = n; reason == NULL;) {
        stage_enter(STAGE_SAMPLING);
        u32 id = sampler_choose(s, logits);
        stage_enter(STAGE_TEXT);
        u32 length = tokenizer_decode(id, bytes);
        made++;
        report_token(id, bytes, length);
        if (tokenizer_stops(id)) {
            reason = "stop";
        } else {
            sampler_seen(id);
            show_token(bytes, length, made == 1);
            reason = made == o->tokens ? "length"
                : position == MODEL_CONTEXT ? "context"
                : keys & KEY_QUIT ? "quit"
                : keys & KEY_NEXT ? "next"
                : keys & KEY_SKIP ? "skip"
                : NULL;
        }
        stage_enter(STAGE_DRAWING);
        show_progress(reason == NULL ? "telling:" : "told:", made, made - 1, clock_milliseconds() - begin);
        stage_enter(STAGE_OTHER);
        if (made == 1) { /* it was made with the prompt */
            stages_begin();
        } else {
            stages_next_token();
        }
        if (reason == NULL) {
            logits = model_read(&id, 1, position++, 1);
        }
    }
    print_character('\n');
    report_stages("tokens");
    report_end(reason);
    return reason;
}

static void wait_for_key(void) {
    keys &= KEY_QUIT | KEY_NEXT;
    while (!(keys & (KEY_QUIT | KEY_NEXT | KEY_SKIP))) {
        gs_wait_vblank();
        model_working();
    }
}

int main(int argc, char **argv) {
    static options o;
    char line[SCREEN_COLUMNS + 1];

    clock_milliseconds();
    screen_init();
    screen_title("Soliloquy");
    screen_status("looking at the disc");
    screen_show();
    options_parse(&o, argc, argv);
    if (!cdvd_init()) {
        fault(FAULT_MISSING, "the console has no disc drive service");
    }
    if (!stream_init()) {
        fault(FAULT_MISSING, "STREAM.IRX is not on the disc, or the console does not take it");
    }
    read_model_name();
    format_text(line, sizeof line, "Soliloquy: %s", model_name);
    print("%s\n", line);
    screen_title(line);
    screen_status("loading the tokenizer");
    screen_show();
    tokenizer_open();
    screen_status("loading the model");
    screen_show();
    if (!pad_init()) {
        print("no controller service\n");
    }
    model_open();

    sampler s = o.sampling;
    u64 seed = o.seed;
    for (;;) {
        keys = 0;
        const char *reason = tell(&o, &s, seed);
        if (o.once) {
            break;
        }
        if (!string_equal(reason, "next") && !string_equal(reason, "quit")) {
            wait_for_key();
        }
        if (string_equal(reason, "quit") || (keys & KEY_QUIT)) {
            break;
        }
        seed++;
        if (!o.has_temperature) { /* without chance every story would be the same one */
            s.temperature = float_of_bits(0x3F4CCCCD); /* 0.8 */
            s.top_p = float_of_bits(0x3F666666);       /* 0.9 */
        }
    }
    weights_settle();
    return 0;
}
