#include "crc32.h"

static u32 table[256];

u32 crc32(u32 crc, const void *data, u32 size) {
    const u8 *bytes = data;
    if (table[1] == 0) {
        for (u32 i = 0; i < 256; i++) {
            u32 value = i;
            for (u32 bit = 0; bit < 8; bit++) {
                value = value & 1 ? value >> 1 ^ 0xEDB88320u : value >> 1;
            }
            table[i] = value;
        }
    }
    crc = ~crc;
    while (size-- > 0) {
        crc = table[(crc ^ *bytes++) & 0xFF] ^ crc >> 8;
    }
    return ~crc;
}
