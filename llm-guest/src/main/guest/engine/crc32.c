#include "crc32.h"

/* table[0][b] is byte b's effect on the remainder; table[k][b] that of byte b with k zero bytes behind it. */
static u32 table[4][256];

static void make_table(void) {
    for (u32 i = 0; i < 256; i++) {
        u32 value = i;
        for (u32 bit = 0; bit < 8; bit++) {
            value = value & 1 ? value >> 1 ^ 0xEDB88320u : value >> 1;
        }
        table[0][i] = value;
    }
    for (u32 k = 1; k < 4; k++) {
        for (u32 i = 0; i < 256; i++) {
            table[k][i] = table[k - 1][i] >> 8 ^ table[0][table[k - 1][i] & 0xFF];
        }
    }
}

u32 crc32(u32 crc, const void *data, u32 size) {
    const u8 *bytes = data;
    if (table[0][1] == 0) {
        make_table();
    }
    crc = ~crc;
    for (; size > 0 && ((u32) bytes & 3) != 0; size--) {
        crc = table[0][(crc ^ *bytes++) & 0xFF] ^ crc >> 8;
    }
    for (; size >= 4; size -= 4, bytes += 4) {
        crc ^= *(const u32 *) (const void *) bytes;
        crc = table[3][crc & 0xFF] ^ table[2][crc >> 8 & 0xFF] ^ table[1][crc >> 16 & 0xFF] ^ table[0][crc >> 24];
    }
    for (; size > 0; size--) {
        crc = table[0][(crc ^ *bytes++) & 0xFF] ^ crc >> 8;
    }
    return ~crc;
}
