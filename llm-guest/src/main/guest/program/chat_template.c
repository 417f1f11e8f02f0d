#include "chat_template.h"
#include "model.h"
#include "string.h"
#include "tokenizer.h"

static const chat_template chatml = {"<|im_start|>user\n", "<|im_end|>\n<|im_start|>assistant\n", "<|im_end|>\n"};

const chat_template *chat_template_of_model(void) {
    const u8 *mark = (const u8 *) chatml.before;
    return tokenizer_symbol(mark, string_length(chatml.before)) > 0 ? &chatml : NULL;
}

static u32 append(u8 *text, u32 used, const char *more) {
    u32 n = string_length(more);
    if (used + n > MODEL_PROMPT_BYTES) {
        return MODEL_PROMPT_BYTES + 1;
    }
    memcpy(text + used, more, n);
    return used + n;
}

u32 chat_template_turn(const char *message, const char *opening, int later, u32 *ids, u32 limit) {
    static u8 text[MODEL_PROMPT_BYTES];
    const char *const parts[] = {later ? chatml.after : "", chatml.before, message, chatml.between, opening != NULL ? opening : ""};
    u32 used = 0;
    for (u32 i = 0; i < sizeof parts / sizeof parts[0] && used <= MODEL_PROMPT_BYTES; i++) {
        used = append(text, used, parts[i]);
    }
    if (used > MODEL_PROMPT_BYTES) {
        return limit + 1;
    }
    u32 n = tokenizer_encode(text, used, ids, limit);
    if (n > limit || !later) {
        return n;
    }
    /* The text goes on: what the tokenizer puts at a beginning, before the first symbol, is not wanted. */
    u32 first = 0;
    while (first < n && tokenizer_piece(ids[first])->type != PIECE_USER_DEFINED) {
        first++;
    }
    memmove(ids, ids + first, (n - first) * sizeof *ids);
    return n - first;
}
