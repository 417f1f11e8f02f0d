/*
 * Runs the guest's tokenizer on a bare processor: TOKENIZR.BIN lies in memory where a disc would be, the test writes texts and reads ids.
 * Used by EeTokenizerTest.
 */
#include "cdvd.h"
#include "fault.h"
#include "kernel.h"
#include "string.h"
#include "tokenizer.h"

#define REQUEST ((volatile u32 *) 0x01000000)
#define TOKENIZER_ADDRESS 0x01100000u
#define TEXTS 0x01600000u
#define RESULTS 0x01A00000u
#define LIMIT 65536u

enum { FILE_SIZE, COUNT };

int cdvd_find(const char *name, disc_file *file) {
    file->sector = 0;
    file->size = REQUEST[FILE_SIZE];
    return string_equal(name, "\\TOKENIZR.BIN;1");
}

u32 cdvd_read(u32 sector, u32 sectors, void *buffer) {
    memcpy(buffer, (const void *) (TOKENIZER_ADDRESS + sector * SECTOR_SIZE), sectors * SECTOR_SIZE);
    return 0;
}

const char *cdvd_error_name(u32 code) {
    (void) code;
    return "error";
}

void fault(int status, const char *format, ...) {
    (void) format;
    Exit(status);
}

/* Each text: its turn (-1: encoded as it is), its length, its bytes. Each result: how many ids, the ids, how many bytes they give, the bytes. */
int main(void) {
    const u8 *in = (const u8 *) TEXTS;
    u32 *out = (u32 *) RESULTS;
    tokenizer_open();
    for (u32 i = 0; i < REQUEST[COUNT]; i++) {
        s32 turn = *(const s32 *) in;
        u32 length = ((const u32 *) in)[1];
        u32 n = turn < 0 ? tokenizer_encode(in + 8, length, out + 1, LIMIT)
                         : tokenizer_encode_turn((u32) turn, in + 8, length, out + 1, LIMIT);
        *out = n;
        const u32 *ids = out + 1;
        u8 *bytes = (u8 *) (out + n + 2);
        for (u32 k = 0; k < n && n <= LIMIT; k++) {
            bytes += tokenizer_decode(ids[k], bytes);
        }
        out[n + 1] = (u32) (bytes - (u8 *) (out + n + 2));
        out += n + 2 + (out[n + 1] + 3) / 4;
        in += 8 + ((length + 3) & ~3u);
    }
    return 0;
}
