#include "crc32.h"

/* tables[0] is the usual table of bytes; tables[k] is that of bytes with k zero bytes behind them, so that a word needs one step. */
static u32 tables[4][256];

static void make_tables(void) {
    for (u32 i = 0; i < 256; i++) {
        u32 value = i;
        for (u32 bit = 0; bit < 8; bit++) {
            value = value & 1 ? value >> 1 ^ 0xEDB88320u : value >> 1;
        }
        tables[0][i] = value;
    }
    for (u32 k = 1; k < 4; k++) {
        for (u32 i = 0; i < 256; i++) {
            tables[k][i] = tables[k - 1][i] >> 8 ^ tables[0][tables[k - 1][i] & 0xFF];
        }
    }
}

u32 crc32(u32 crc, const void *data, u32 size) {
    const u8 *bytes = data;
    if (tables[0][1] == 0) {
        make_tables();
    }
    crc = ~crc;
    while (size > 0 && ((u32) bytes & 3) != 0) {
        crc = tables[0][(crc ^ *bytes++) & 0xFF] ^ crc >> 8;
        size--;
    }
    for (; size >= 4; size -= 4, bytes += 4) {
        crc ^= *(const u32 *) (const void *) bytes;
        crc = tables[3][crc & 0xFF] ^ tables[2][crc >> 8 & 0xFF] ^ tables[1][crc >> 16 & 0xFF] ^ tables[0][crc >> 24];
    }
    while (size-- > 0) {
        crc = tables[0][(crc ^ *bytes++) & 0xFF] ^ crc >> 8;
    }
    return ~crc;
}
