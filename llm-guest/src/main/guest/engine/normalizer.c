#include "normalizer.h"
#include "string.h"
#include "tokenizer.h"

/* One step: `consumed` bytes of the text become these. */
typedef struct step {
    const u8 *bytes;
    u32 length, consumed;
} step;

u32 utf8_length(const u8 *text, u32 n) {
    u32 first = text[0];
    u32 length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (length > n) {
        return 0;
    }
    for (u32 i = 1; i < length; i++) {
        if ((text[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    if (length < 3) {
        return length;
    }
    int overlong = (first == 0xE0 && text[1] < 0xA0) || (first == 0xF0 && text[1] < 0x90);
    int outside = (first == 0xED && text[1] >= 0xA0) || (first == 0xF4 && text[1] >= 0x90);
    return overlong || outside ? 0 : length;
}

/*
 * The precompiled character map: size of a trie in bytes, the trie, then replacements ended by NUL. The trie is a Darts double array over the
 * bytes of UTF-8. A unit has its label in bits 0-7 and 31, bit 8 "a value follows", bit 9 "the offset is in units of 256", bits 10-30 the
 * offset to its children; a unit that is a value holds it in bits 0-30: the place of the replacement.
 */
static u32 offset_of(u32 unit) {
    return (unit >> 10) << ((unit & 1u << 9) >> 6);
}

static int find_replacement(const u8 *text, u32 n, step *found) {
    const tokenizer_header *info = tokenizer_info();
    if (info->charsmap_size < 8) {
        return 0;
    }
    const u32 *units = (const u32 *) (const void *) info->charsmap;
    u32 trie_size = *units++;
    u32 count = trie_size / 4;
    if (trie_size > info->charsmap_size - 4) {
        return 0;
    }
    const u8 *replacements = info->charsmap + 4 + trie_size;
    u32 replacements_size = info->charsmap_size - 4 - trie_size;
    u32 node = offset_of(units[0]);
    u32 length = 0, value = 0;
    for (u32 i = 0; i < n; i++) {
        node ^= text[i];
        if (node >= count || (units[node] & 0x800000FFu) != text[i]) {
            break;
        }
        u32 unit = units[node];
        node ^= offset_of(unit);
        if ((unit >> 8 & 1) && node < count) {
            length = i + 1;
            value = units[node] & 0x7FFFFFFFu;
        }
    }
    if (length == 0 || value >= replacements_size) {
        return 0;
    }
    found->bytes = replacements + value;
    found->length = 0;
    while (value + found->length < replacements_size && found->bytes[found->length] != 0) {
        found->length++;
    }
    found->consumed = length;
    return 1;
}

static step next_step(const u8 *text, u32 n) {
    static const u8 replacement_character[3] = {0xEF, 0xBF, 0xBD};
    step s = {text, tokenizer_symbol(text, n), 0};
    s.consumed = s.length;
    if (s.length > 0 || find_replacement(text, n, &s)) {
        return s;
    }
    s.length = utf8_length(text, n);
    s.consumed = s.length;
    if (s.length == 0) {
        s.bytes = replacement_character;
        s.length = 3;
        s.consumed = 1;
    }
    return s;
}

u32 normalize(const u8 *text, u32 n, int continued, u8 *out, u32 limit) {
    u32 flags = tokenizer_info()->flags;
    int remove_extra = (flags & FLAG_REMOVE_EXTRA_SPACE) != 0;
    static const u8 escaped[3] = {0xE2, 0x96, 0x81}; /* U+2581 */
    static const u8 plain[1] = {' '};
    const u8 *space = flags & FLAG_ESCAPE_SPACES ? escaped : plain;
    u32 space_length = flags & FLAG_ESCAPE_SPACES ? 3 : 1;
    u32 used = 0, at = 0;

    while (remove_extra && !continued && at < n) {
        step s = next_step(text + at, n - at);
        if (s.length != 1 || s.bytes[0] != ' ') {
            break;
        }
        at += s.consumed;
    }
    if (at < n && !continued && (flags & FLAG_DUMMY_PREFIX)) {
        memcpy(out, space, space_length);
        used = space_length;
    }
    int after_space = remove_extra && !continued;
    while (at < n) {
        step s = next_step(text + at, n - at);
        u32 i = 0;
        while (after_space && i < s.length && s.bytes[i] == ' ') {
            i++;
        }
        if (i < s.length) {
            after_space = remove_extra && s.bytes[s.length - 1] == ' ';
        }
        for (; i < s.length; i++) {
            if (used + 3 > limit) {
                return limit + 1;
            }
            if (s.bytes[i] == ' ') {
                memcpy(out + used, space, space_length);
                used += space_length;
            } else {
                out[used++] = s.bytes[i];
            }
        }
        at += s.consumed;
    }
    while (remove_extra && used >= space_length && memcmp(out + used - space_length, space, space_length) == 0) {
        used -= space_length;
    }
    return used;
}
