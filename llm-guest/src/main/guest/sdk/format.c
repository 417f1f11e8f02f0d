#include "format.h"

typedef __builtin_va_list va_list;

typedef struct output {
    char *to;
    u32 size, used;
} output;

static void put(output *out, char c) {
    if (out->used + 1 < out->size) {
        out->to[out->used++] = c;
    }
}

static void put_number(output *out, u32 value, u32 base, u32 width, char pad) {
    char digits[12];
    u32 n = 0;
    do {
        digits[n++] = "0123456789abcdef"[value % base];
        value /= base;
    } while (value != 0);
    while (width > n) {
        put(out, pad);
        width--;
    }
    while (n > 0) {
        put(out, digits[--n]);
    }
}

u32 format_list(char *to, u32 size, const char *format, va_list arguments) {
    output out = {to, size, 0};
    for (const char *f = format; *f != 0; f++) {
        if (*f != '%') {
            put(&out, *f);
            continue;
        }
        f++;
        char pad = ' ';
        u32 width = 0;
        if (*f == '0') {
            pad = '0';
            f++;
        }
        while (*f >= '0' && *f <= '9') {
            width = width * 10 + (u32) (*f++ - '0');
        }
        if (*f == 0) {
            break;
        }
        if (*f == 's') {
            for (const char *s = __builtin_va_arg(arguments, const char *); *s != 0; s++) {
                put(&out, *s);
            }
        } else if (*f == 'd') {
            s32 value = __builtin_va_arg(arguments, s32);
            if (value < 0) {
                put(&out, '-');
            }
            put_number(&out, value < 0 ? 0u - (u32) value : (u32) value, 10, width, pad);
        } else if (*f == 'u') {
            put_number(&out, __builtin_va_arg(arguments, u32), 10, width, pad);
        } else if (*f == 'x') {
            put_number(&out, __builtin_va_arg(arguments, u32), 16, width, pad);
        } else if (*f == 'c') {
            put(&out, (char) __builtin_va_arg(arguments, int));
        } else {
            put(&out, *f);
        }
    }
    if (size > 0) {
        to[out.used] = 0;
    }
    return out.used;
}

u32 format_text(char *to, u32 size, const char *format, ...) {
    va_list arguments;
    __builtin_va_start(arguments, format);
    u32 n = format_list(to, size, format, arguments);
    __builtin_va_end(arguments);
    return n;
}

u32 divide(u64 a, u32 b, u32 *rest) {
    u64 part = 0, quotient = 0;
    if (a >> 32 == 0) {
        part = (u32) a % b;
        quotient = (u32) a / b;
    } else {
        for (s32 i = 63; i >= 0; i--) {
            part = part << 1 | (a >> i & 1);
            quotient <<= 1;
            if (part >= b) {
                part -= b;
                quotient |= 1;
            }
        }
    }
    if (rest != NULL) {
        *rest = (u32) part;
    }
    return quotient >> 32 != 0 ? 0xFFFFFFFFu : (u32) quotient;
}

u32 format_quotient(char *to, u32 size, u64 a, u32 b, u32 places) {
    output out = {to, size, 0};
    u32 rest;
    put_number(&out, divide(a, b, &rest), 10, 0, ' ');
    if (places > 0) {
        put(&out, '.');
    }
    for (; places > 0; places--) {
        u64 tenfold = ((u64) rest << 3) + ((u64) rest << 1);
        put(&out, (char) ('0' + divide(tenfold, b, &rest)));
    }
    if (size > 0) {
        to[out.used] = 0;
    }
    return out.used;
}

void print_text(const char *text) {
    u32 n = 0;
    while (text[n] != 0) {
        n++;
    }
    print_bytes((const u8 *) text, n);
}

void print(const char *format, ...) {
    char line[512];
    va_list arguments;
    __builtin_va_start(arguments, format);
    u32 n = format_list(line, sizeof line, format, arguments);
    __builtin_va_end(arguments);
    print_bytes((const u8 *) line, n);
}
