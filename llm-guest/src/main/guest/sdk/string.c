#include "string.h"

void *memset(void *to, int value, size_type size) {
    u8 *t = to;
    while (size > 0 && ((size_type) t & 7) != 0) {
        *t++ = (u8) value;
        size--;
    }
    u64 word = (u8) value;
    word |= word << 8;
    word |= word << 16;
    word |= word << 32;
    for (; size >= 8; size -= 8, t += 8) {
        *(u64 *) (void *) t = word;
    }
    while (size-- > 0) {
        *t++ = (u8) value;
    }
    return to;
}

void *memcpy(void *to, const void *from, size_type size) {
    u8 *t = to;
    const u8 *f = from;
    if ((((size_type) t | (size_type) f) & 7) == 0) {
        for (; size >= 8; size -= 8, t += 8, f += 8) {
            *(u64 *) (void *) t = *(const u64 *) (const void *) f;
        }
    }
    while (size-- > 0) {
        *t++ = *f++;
    }
    return to;
}

void *memmove(void *to, const void *from, size_type size) {
    u8 *t = to;
    const u8 *f = from;
    if (t <= f) {
        return memcpy(to, from, size);
    }
    while (size-- > 0) {
        t[size] = f[size];
    }
    return to;
}

int memcmp(const void *a, const void *b, size_type size) {
    const u8 *x = a, *y = b;
    for (size_type i = 0; i < size; i++) {
        if (x[i] != y[i]) {
            return x[i] < y[i] ? -1 : 1;
        }
    }
    return 0;
}

u32 string_length(const char *text) {
    u32 n = 0;
    while (text[n] != 0) {
        n++;
    }
    return n;
}

int string_equal(const char *a, const char *b) {
    while (*a != 0 && *a == *b) {
        a++;
        b++;
    }
    return *a == *b;
}

void string_copy(char *to, const char *from, u32 size) {
    u32 i = 0;
    for (; i + 1 < size && from[i] != 0; i++) {
        to[i] = from[i];
    }
    to[i] = 0;
}

int parse_integer(const char *text, s32 *value) {
    int negative = *text == '-';
    u32 number = 0;
    if (negative) {
        text++;
    }
    if (*text == 0) {
        return 0;
    }
    for (; *text != 0; text++) {
        u32 digit = (u32) (*text - '0');
        if (digit > 9 || number > (0x7FFFFFFFu - digit) / 10) {
            return 0;
        }
        number = number * 10 + digit;
    }
    *value = negative ? -(s32) number : (s32) number;
    return 1;
}
