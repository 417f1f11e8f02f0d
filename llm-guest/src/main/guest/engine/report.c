#include "report.h"
#include "format.h"
#include "stages.h"

#define BEGIN "\x1E"

void report_waiting(void) {
    print(BEGIN "{\"event\":\"waiting\"}\n");
}

void report_prompt(const u32 *ids, u32 n) {
    print(BEGIN "{\"event\":\"prompt\",\"ids\":[");
    for (u32 i = 0; i < n; i++) {
        print(i == 0 ? "%u" : ",%u", ids[i]);
    }
    print("]}\n");
}

void report_token(u32 id, const u8 *bytes, u32 n) {
    static const char digits[] = "0123456789abcdef";
    u8 line[512 + 64];
    u32 used = format_text((char *) line, sizeof line, BEGIN "{\"event\":\"token\",\"id\":%u,\"bytes\":\"", id);
    for (u32 i = 0; i < n; i++) {
        line[used++] = (u8) digits[bytes[i] >> 4];
        line[used++] = (u8) digits[bytes[i] & 15];
    }
    line[used++] = '"';
    line[used++] = '}';
    line[used++] = '\n';
    print_bytes(line, used);
}

/* The processor divides no 64 bits. */
static void print_cycles(u64 value) {
    static const u64 tens[] = {1000000000000000ull, 1000000000000ull, 1000000000ull, 1000000ull, 1000ull, 1ull};
    int begun = 0;
    for (u32 i = 0; i < sizeof tens / sizeof tens[0]; i++) {
        u32 part = 0;
        for (; value >= tens[i]; value -= tens[i]) {
            part++;
        }
        if (begun || part > 0 || tens[i] == 1) {
            print(begun ? "%03u" : "%u", part);
            begun = 1;
        }
    }
}

void report_stages(const char *part) {
    print(BEGIN "{\"event\":\"stages\",\"part\":\"%s\",\"tokens\":%u,\"cycles\":{", part, stages_tokens());
    for (stage s = 0; s < STAGES; s++) {
        print("%s\"%s\":", s == 0 ? "" : ",", stage_name(s));
        print_cycles(stages_sum(s));
    }
    print("}}\n");
}

void report_end(const char *reason) {
    print(BEGIN "{\"event\":\"end\",\"reason\":\"%s\"}\n", reason);
}

void report_error(const char *message) {
    print(BEGIN "{\"event\":\"error\",\"message\":\"");
    for (; *message != 0; message++) {
        if (*message == '"' || *message == '\\') {
            print_character('\\');
        }
        print_character(*message >= ' ' ? *message : ' ');
    }
    print("\"}\n");
}
