#include "byte_level.h"
#include "normalizer.h"
#include "string.h"
#include "unicode.h"

static u32 character_length(const u8 *text, u32 n) {
    u32 length = utf8_length(text, n);
    return length > 0 ? length : 1;
}

/* A byte that begins no character counts as U+FFFD. */
static u32 class_of(const u8 *text, u32 n) {
    switch (utf8_length(text, n)) {
    case 1:
        return unicode_class(text[0]);
    case 2:
        return unicode_class((text[0] & 0x1Fu) << 6 | (text[1] & 0x3Fu));
    case 3:
        return unicode_class((text[0] & 0x0Fu) << 12 | (text[1] & 0x3Fu) << 6 | (text[2] & 0x3Fu));
    case 4:
        return unicode_class((text[0] & 0x07u) << 18 | (text[1] & 0x3Fu) << 12 | (text[2] & 0x3Fu) << 6 | (text[3] & 0x3Fu));
    default:
        return unicode_class(0xFFFD);
    }
}

static u32 run_end(const u8 *text, u32 at, u32 n, u32 class) {
    while (at < n && class_of(text + at, n - at) == class) {
        at += character_length(text + at, n - at);
    }
    return at;
}

static u32 contraction_length(const u8 *text, u32 n) {
    static const char *const endings[] = {"s", "t", "re", "ve", "m", "ll", "d"};
    if (n < 2 || text[0] != '\'') {
        return 0;
    }
    for (u32 i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        u32 length = string_length(endings[i]);
        if (length < n && memcmp(text + 1, endings[i], length) == 0) {
            return length + 1;
        }
    }
    return 0;
}

/*
 * GPT-2's split: a contraction; a run of letters, of numbers or of other characters, each with one space before it; or white space, of which
 * the last character stays for the next word unless the segment ends there. The length of the word at the beginning of the text.
 */
static u32 word_length(const u8 *text, u32 n) {
    u32 contraction = contraction_length(text, n);
    if (contraction > 0) {
        return contraction;
    }
    u32 start = text[0] == ' ' && n > 1;
    u32 class = class_of(text + start, n - start);
    if (class != CLASS_SPACE) {
        return run_end(text, start, n, class);
    }
    u32 end = run_end(text, 0, n, CLASS_SPACE);
    u32 last = end - 1;
    while ((text[last] & 0xC0) == 0x80) {
        last--;
    }
    return end < n && last > 0 ? last : end;
}

/* Ranks are kept plus 1, 0: no merge. */
static u16 rank_of(u32 left, u32 right) {
    return (u16) (vocabulary_rank(left, right) + 1);
}

/* Joins the pair of the lowest rank, the leftmost of equals, until no pair is a merge. Bytes without a piece are dropped. */
static void merge_word(const u8 *text, u32 n, u16 *word, u16 *ranks, id_list *list) {
    u32 count = 0;
    for (u32 i = 0; i < n; i++) {
        u32 id = vocabulary_byte(text[i]);
        if (id != NOTHING) {
            word[count++] = (u16) id;
        }
    }
    for (u32 i = 0; i + 1 < count; i++) {
        ranks[i] = rank_of(word[i], word[i + 1]);
    }
    for (;;) {
        u32 best = 0, at = 0;
        for (u32 i = 0; i + 1 < count; i++) {
            if (ranks[i] != 0 && (best == 0 || ranks[i] < best)) {
                best = ranks[i];
                at = i;
            }
        }
        if (best == 0) {
            break;
        }
        word[at] = (u16) vocabulary_merged(best - 1);
        count--;
        for (u32 i = at + 1; i < count; i++) {
            word[i] = word[i + 1];
            ranks[i] = ranks[i + 1];
        }
        if (at + 1 < count) {
            ranks[at] = rank_of(word[at], word[at + 1]);
        }
        if (at > 0) {
            ranks[at - 1] = rank_of(word[at - 1], word[at]);
        }
    }
    for (u32 i = 0; i < count; i++) {
        id_list_add(list, word[i]);
    }
}

static void encode_segment(const u8 *text, u32 n, u8 *buffer, u16 *scratch, id_list *list) {
    u32 flags = tokenizer_info()->flags, length = 0;
    if (n == 0) {
        return;
    }
    if ((flags & FLAG_DUMMY_PREFIX) && text[0] != ' ') {
        buffer[length++] = ' ';
    }
    memcpy(buffer + length, text, n);
    length += n;
    for (u32 at = 0, word; at < length; at += word) {
        word = flags & FLAG_SPLIT_WORDS ? word_length(buffer + at, length - at) : length;
        merge_word(buffer + at, word, scratch, scratch + length, list);
    }
}

void byte_level_encode(const u8 *text, u32 n, u8 *buffer, u16 *scratch, id_list *list) {
    u32 begin = 0;
    if (tokenizer_info()->flags & FLAG_SINGLE_DIGITS) {
        for (u32 at = 0, length; at < n; at += length) {
            length = character_length(text + at, n - at);
            if (class_of(text + at, n - at) == CLASS_NUMBER) {
                encode_segment(text + begin, at - begin, buffer, scratch, list);
                encode_segment(text + at, length, buffer, scratch, list);
                begin = at + length;
            }
        }
    }
    encode_segment(text + begin, n - begin, buffer, scratch, list);
}
