#include "options.h"
#include "ee_float.h"
#include "format.h"
#include "string.h"

float decimal_value(decimal d) {
    u32 scale = 1;
    for (u32 i = 0; i < d.places; i++) {
        scale *= 10;
    }
    return scale == 1 ? f_of_int((s32) d.digits) : f_div(f_of_int((s32) d.digits), f_of_int((s32) scale));
}

sampler settings_sampler(const settings *s) {
    sampler made = {
        .temperature = decimal_value(s->temperature),
        .top_p = decimal_value(s->top_p),
        .repeat_penalty = decimal_value(s->repeat_penalty),
        .top_k = s->top_k,
    };
    return made;
}

/* Digits, a point, digits; at most nine in all, more behind the point are dropped. */
static int parse_decimal(const char *text, decimal *value) {
    u32 digits = 0, count = 0, places = 0;
    int after_point = 0, any = 0;
    for (; *text != 0; text++) {
        if (*text == '.' && !after_point) {
            after_point = 1;
            continue;
        }
        if (*text < '0' || *text > '9') {
            return 0;
        }
        any = 1;
        if (count == 9) {
            if (!after_point) {
                return 0;
            }
            continue;
        }
        digits = digits * 10 + (u32) (*text - '0');
        count++;
        places += (u32) after_point;
    }
    if (!any) {
        return 0;
    }
    value->digits = digits;
    value->places = places;
    return 1;
}

static int parse_unsigned(const char *text, u64 *value) {
    u64 number = 0;
    if (*text == 0) {
        return 0;
    }
    for (; *text != 0; text++) {
        if (*text < '0' || *text > '9') {
            return 0;
        }
        number = (number << 3) + (number << 1) + (u64) (*text - '0'); /* times ten */
    }
    *value = number;
    return 1;
}

static int take(options *o, const char *name, const char *value) {
    s32 number;
    if (string_equal(name, "--prompt")) {
        o->prompt = value;
        o->once = 1;
        return 1;
    }
    if (string_equal(name, "--tokens")) {
        if (!parse_integer(value, &number) || number < 0) {
            return 0;
        }
        o->chosen.tokens = (u32) number;
        o->once = 1;
        return 1;
    }
    if (string_equal(name, "--top-k")) {
        return parse_integer(value, &o->chosen.top_k);
    }
    if (string_equal(name, "--temperature")) {
        o->has_temperature = 1;
        return parse_decimal(value, &o->chosen.temperature);
    }
    if (string_equal(name, "--top-p")) {
        return parse_decimal(value, &o->chosen.top_p);
    }
    if (string_equal(name, "--repeat-penalty")) {
        return parse_decimal(value, &o->chosen.repeat_penalty) && o->chosen.repeat_penalty.digits > 0;
    }
    return parse_unsigned(value, &o->chosen.seed);
}

static int is_known(const char *name) {
    static const char *const names[] = {"--prompt", "--tokens", "--temperature", "--top-k", "--top-p", "--repeat-penalty", "--seed"};
    for (u32 i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (string_equal(name, names[i])) {
            return 1;
        }
    }
    return 0;
}

void options_parse(options *o, int argc, char **argv) {
    memset(o, 0, sizeof *o);
    o->chosen.repeat_penalty.digits = 1;
    o->chosen.top_p.digits = 1;
    o->chosen.seed = 1;
    for (int i = 1; i < argc; i++) {
        if (string_equal(argv[i], "--once")) {
            o->once = 1;
        } else if (!is_known(argv[i])) {
            print("ignored argument: %s\n", argv[i]);
        } else if (i + 1 == argc) {
            print("ignored argument without a value: %s\n", argv[i]);
        } else {
            if (!take(o, argv[i], argv[i + 1])) {
                print("ignored value of %s: %s\n", argv[i], argv[i + 1]);
            }
            i++;
        }
    }
}
