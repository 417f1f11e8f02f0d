#include "story.h"
#include "fault.h"
#include "keyboard.h"
#include "keys.h"
#include "menu.h"
#include "model.h"
#include "reading.h"
#include "screen.h"
#include "scroll.h"
#include "string.h"
#include "tokenizer.h"

#define REQUEST "Tell me a short story."
#define KEYS_TELLING "\xE2\x9C\x95 stop  \xE2\x96\xB3 where time goes  L1 R1 scroll  START next  SELECT leave"
#define KEYS_TOLD "\xE2\x9C\x95 START next story  \xE2\x96\xB3 where time goes  L1 R1 scroll  SELECT leave"

static const menu_item openings[] = {
    {"The model's own", "what it was made to begin with"},
    {"Once upon a time, there was a little dog", "a story that begins like this"},
    {"One day, a girl found a big red box", "a story that begins like this"},
    {"There was an old cat who lived by the", "a story that begins like this"},
    {"Type an opening ...", "on the keyboard"},
};
#define OPENINGS (sizeof openings / sizeof openings[0])

static u32 ids[MODEL_CONTEXT];

static int begins_with(const u8 *text, u32 n, text_view beginning) {
    return beginning.length > 0 && beginning.length <= n && memcmp(text, beginning.bytes, beginning.length) == 0;
}

/* The prompt as it is shown: a request as in a conversation; anything else without the symbols that only the model needs. */
static void show_prompt(const u8 *text, u32 n) {
    const chat_template *chat = &tokenizer_info()->chat;
    u32 at = 0;
    if (chat->form != CHAT_NONE && begins_with(text, n, chat->first)) {
        at = chat->first.length;
        scroll_text(COLOUR_PROMPT, "> ");
    }
    while (at < n) {
        if (chat->form != CHAT_NONE && begins_with(text + at, n - at, chat->between)) {
            at += chat->between.length;
            scroll_text(COLOUR_PROMPT, "\n\n");
            continue;
        }
        u32 symbol = tokenizer_symbol(text + at, n - at);
        if (symbol == 0) {
            scroll_write(COLOUR_PROMPT, text + at, 1);
            symbol = 1;
        }
        at += symbol;
    }
}

static ending read_and_tell(u32 n, const settings *s, u32 keys) {
    sampler chance = settings_sampler(s);
    telling_begin(&chance, s->seed);
    reading_begin(KEYS_TELLING);
    keys_forget();
    ending why = telling_read(ids, n, keys & ~PAD_CROSS);
    return why != ENDING_NONE ? why : telling_go_on(s->tokens, keys);
}

ending story_tell(const char *prompt, u32 length, const settings *s, u32 keys) {
    const tokenizer_header *info = tokenizer_info();
    u32 n = tokenizer_encode((const u8 *) prompt, length, ids, MODEL_CONTEXT - 1);
    if (n == 0 && info->bos >= 0) {
        ids[n++] = (u32) info->bos;
    }
    if (n == 0 || n >= MODEL_CONTEXT) {
        fault(FAULT_PROMPT, n == 0 ? "the prompt is empty" : "the prompt has more than %u tokens", MODEL_CONTEXT - 1);
    }
    scroll_clear();
    show_prompt((const u8 *) prompt, length);
    return read_and_tell(n, s, keys);
}

static u32 append(u8 *text, u32 used, const u8 *more, u32 n) {
    if (used > MODEL_PROMPT_BYTES || n > MODEL_PROMPT_BYTES - used) {
        return MODEL_PROMPT_BYTES + 1;
    }
    memcpy(text + used, more, n);
    return used + n;
}

/* A story that begins with `opening`: behind a request where the model wants one. */
static ending tell_from(const char *opening, const settings *s, u32 keys) {
    static u8 text[MODEL_PROMPT_BYTES];
    const chat_template *chat = &tokenizer_info()->chat;
    u32 used = 0;
    if (chat->form != CHAT_NONE) {
        used = append(text, used, chat->first.bytes, chat->first.length);
        used = append(text, used, (const u8 *) REQUEST, sizeof REQUEST - 1);
        used = append(text, used, chat->between.bytes, chat->between.length);
    }
    used = append(text, used, (const u8 *) opening, string_length(opening));
    u32 n = used <= MODEL_PROMPT_BYTES ? tokenizer_encode(text, used, ids, MODEL_CONTEXT - 1) : MODEL_CONTEXT;
    scroll_clear();
    scroll_text(COLOUR_PROMPT, opening);
    if (n == 0 || n >= MODEL_CONTEXT) {
        scroll_text(COLOUR_ERROR, "\n\nThis opening does not fit into the model's context.");
        reading_begin(KEYS_TOLD);
        return ENDING_SKIP;
    }
    return read_and_tell(n, s, keys);
}

void story_page(settings *s) {
    static char opening[KEYBOARD_TEXT];
    const tokenizer_header *info = tokenizer_info();
    const u32 keys = PAD_CROSS | PAD_START | PAD_SELECT;
    u32 chosen = menu_choose("A story", 0, openings, OPENINGS, 0, "back");
    if (chosen == MENU_LEFT) {
        return;
    }
    if (chosen == OPENINGS - 1) {
        screen_clear(0, KEYBOARD_LINE);
        if (!keyboard_edit("How does the story begin?", opening)) {
            return;
        }
    } else {
        string_copy(opening, openings[chosen].name, sizeof opening);
    }
    int own = chosen == 0 || opening[0] == 0;
    for (u32 key = 0; !(key & PAD_SELECT); s->seed++) {
        ending why = own ? story_tell((const char *) info->prompt, info->prompt_length, s, keys) : tell_from(opening, s, keys);
        reading_keys(KEYS_TOLD);
        key = why == ENDING_QUIT ? PAD_SELECT : why == ENDING_NEXT ? PAD_START : reading_wait(keys);
    }
    reading_end();
}
