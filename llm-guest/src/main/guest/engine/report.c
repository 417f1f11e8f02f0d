#include "report.h"
#include "format.h"

#define BEGIN "\x1E"

void report_prompt(const u32 *ids, u32 n) {
    print(BEGIN "{\"event\":\"prompt\",\"ids\":[");
    for (u32 i = 0; i < n; i++) {
        print(i == 0 ? "%u" : ",%u", ids[i]);
    }
    print("]}\n");
}

void report_token(u32 id, const u8 *bytes, u32 n) {
    print(BEGIN "{\"event\":\"token\",\"id\":%u,\"bytes\":\"", id);
    for (u32 i = 0; i < n; i++) {
        print("%02x", bytes[i]);
    }
    print("\"}\n");
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
