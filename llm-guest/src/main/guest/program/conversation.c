#include "conversation.h"
#include "format.h"
#include "keyboard.h"
#include "keys.h"
#include "model.h"
#include "reading.h"
#include "screen.h"
#include "scroll.h"
#include "string.h"
#include "telling.h"
#include "tokenizer.h"

#define KEYS_ANSWERING "\xE2\x9C\x95 stop  \xE2\x96\xB3 where time goes  L1 R1 scroll  SELECT leave"
#define KEYS_ANSWERED "\xE2\x9C\x95 START reply  \xE2\x96\xA1 new  \xE2\x96\xB3 where time goes  L1 R1 scroll  SELECT leave"
#define KEYS_FULL "\xE2\x9C\x95 START a new conversation with this message  SELECT leave"

static u32 ids[MODEL_CONTEXT];
static char message[KEYBOARD_TEXT];

static void begin(settings *s) {
    sampler chance = settings_sampler(s);
    telling_begin(&chance, s->seed++);
    scroll_clear();
}

static void remark(const char *text) {
    scroll_new_line();
    scroll_text(COLOUR_DIM, "\n");
    scroll_text(COLOUR_DIM, text);
    scroll_new_line();
}

/* A message that the user has written; 0 if they leave. */
static int write_message(void) {
    reading_end();
    scroll_hidden();
    scroll_move(SCROLL_LINES, KEYBOARD_LINE); /* to the end */
    scroll_show(0, KEYBOARD_LINE);
    do {
        if (!keyboard_edit("Your message", message)) {
            return 0;
        }
    } while (message[0] == 0);
    return 1;
}

static u32 encode_turn(int later) {
    return tokenizer_encode_turn((u32) later, (const u8 *) message, string_length(message), ids, MODEL_CONTEXT - 1);
}

/* Tokens of the message as the next turn, or 0 if it cannot be a turn at all. Begins another conversation if the user agrees; *left if not. */
static u32 make_turn(settings *s, int *left) {
    char line[160];
    u32 n = encode_turn(telling_answered());
    *left = 0;
    if (n <= telling_room()) {
        return n;
    }
    if (telling_answered()) {
        format_text(
            line, sizeof line, "The conversation is full: %u of the %u tokens of its context are left, and your message does not fit.",
            telling_room(), MODEL_CONTEXT);
        remark(line);
        reading_begin(KEYS_FULL);
        if (reading_wait(PAD_CROSS | PAD_START | PAD_SELECT) & PAD_SELECT) {
            *left = 1;
            return 0;
        }
        begin(s);
        n = encode_turn(0);
        if (n <= telling_room()) {
            return n;
        }
    }
    format_text(line, sizeof line, "This message has more tokens than the context of %u has room for. Make it shorter.", MODEL_CONTEXT);
    remark(line);
    return 0;
}

static ending answer(u32 n, const settings *s) {
    scroll_new_line();
    scroll_text(COLOUR_PROMPT, scroll_empty() ? "> " : "\n> ");
    scroll_text(COLOUR_PROMPT, message);
    scroll_text(COLOUR_PROMPT, "\n\n");
    reading_begin(KEYS_ANSWERING);
    keys_forget();
    ending why = telling_read(ids, n, PAD_CROSS | PAD_SELECT);
    if (why != ENDING_NONE) {
        remark("Broken off before the message was read; it is not in the conversation.");
        return why;
    }
    message[0] = 0;
    why = telling_go_on(s->tokens, PAD_CROSS | PAD_SELECT);
    scroll_text(COLOUR_TEXT, "\n");
    if (why == ENDING_CONTEXT) {
        remark("The context is full. Another message begins a new conversation.");
    }
    return why;
}

void conversation_page(settings *s) {
    begin(s);
    message[0] = 0;
    int left = 0;
    while (!left && write_message()) {
        u32 n = make_turn(s, &left);
        if (n == 0) {
            continue;
        }
        if (answer(n, s) == ENDING_QUIT) {
            break;
        }
        reading_begin(KEYS_ANSWERED);
        u32 key = reading_wait(PAD_CROSS | PAD_START | PAD_SQUARE | PAD_SELECT);
        left = (key & PAD_SELECT) != 0;
        if (key & PAD_SQUARE) {
            begin(s);
        }
    }
    reading_end();
}
