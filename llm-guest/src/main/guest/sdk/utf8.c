#include "utf8.h"

int utf8_take(utf8_decoder *d, u8 byte) {
    if (byte < 0x80) {
        d->missing = 0;
        d->code_point = byte;
        return 1;
    }
    if (byte < 0xC0) {
        if (d->missing == 0) {
            return 0;
        }
        d->code_point = d->code_point << 6 | (byte & 0x3F);
        return --d->missing == 0;
    }
    d->missing = byte >= 0xF0 ? 3 : byte >= 0xE0 ? 2 : 1;
    d->code_point = byte & (0x3Fu >> d->missing);
    return 0;
}
