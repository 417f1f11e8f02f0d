/* The program: tells stories and talks on the screen, and on the console's text output to whoever watches. */
#include "cdvd.h"
#include "clock.h"
#include "conversation.h"
#include "fault.h"
#include "format.h"
#include "kernel.h"
#include "menu.h"
#include "model.h"
#include "options.h"
#include "pad.h"
#include "report.h"
#include "screen.h"
#include "settings_page.h"
#include "story.h"
#include "stream.h"
#include "string.h"
#include "tokenizer.h"
#include "weights.h"

#define ALL_KEYS (PAD_CROSS | PAD_START | PAD_SELECT)

static char model_name[SCREEN_COLUMNS];

void fault(int status, const char *format, ...) {
    char message[256];
    __builtin_va_list arguments;
    __builtin_va_start(arguments, format);
    u32 n = format_list(message, sizeof message, format, arguments);
    __builtin_va_end(arguments);
    report_error(message);
    print("error: %s\n", message);
    for (u32 at = 0, line = SCREEN_BODY + SCREEN_BODY_LINES - 4; at < n; at += SCREEN_COLUMNS, line++) {
        screen_fill(line, 0, SCREEN_COLUMNS, STYLE_BLANK);
        screen_print(line, 0, STYLE(COLOUR_ERROR, COLOUR_BACKGROUND), message + at);
    }
    screen_status("stopped");
    screen_keys("");
    screen_show();
    Exit(status);
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

static void show_step(const char *text) {
    screen_status(text);
    screen_show();
}

static void open_everything(void) {
    char line[SCREEN_COLUMNS + 1];
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
    show_step("loading the tokenizer");
    tokenizer_open();
    show_step("loading the model");
    if (!pad_init()) {
        print("no controller service\n");
    }
    model_open();
}

/* Pages, until the user quits. */
static void choose(const settings *defaults) {
    int talks = tokenizer_info()->chat.form != CHAT_NONE;
    const menu_item items[] = {
        {"A story", "the model goes on from an opening"},
        {"A chat", talks ? "you write, the model answers" : "this model was not made for conversations"},
        {"Settings", "temperature and what else chooses the tokens"},
    };
    settings s = *defaults;
    u32 selected = 0;
    report_waiting();
    while ((selected = menu_choose("Soliloquy", 1, items, 3, selected, "quit")) != MENU_LEFT) {
        if (selected == 0) {
            story_page(&s);
        } else if (selected == 2) {
            settings_page(&s, defaults);
        } else if (talks) {
            conversation_page(&s);
        }
    }
}

int main(int argc, char **argv) {
    static options o;

    clock_cycles();
    screen_init();
    screen_title("Soliloquy");
    show_step("looking at the disc");
    options_parse(&o, argc, argv);
    open_everything();
    if (o.once) {
        const char *prompt = o.prompt != NULL ? o.prompt : (const char *) tokenizer_info()->prompt;
        story_tell(prompt, o.prompt != NULL ? string_length(prompt) : tokenizer_info()->prompt_length, &o.chosen, ALL_KEYS);
    } else {
        if (!o.has_temperature) { /* without chance every story would be the same one */
            o.chosen.temperature = (decimal) {80, 2};
            o.chosen.top_p = (decimal) {90, 2};
        }
        choose(&o.chosen);
    }
    weights_settle();
    return 0;
}
