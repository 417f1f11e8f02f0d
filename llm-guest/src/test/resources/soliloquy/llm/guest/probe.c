/*
 * Runs a generated engine on a bare processor: the model lies in memory where a disc would be, the test writes the tokens and
 * reads logits and choices. Used by EeEngineTest.
 */
#include "cdvd.h"
#include "ee_float.h"
#include "fault.h"
#include "kernel.h"
#include "model.h"
#include "sampler.h"
#include "stream.h"
#include "string.h"
#include "weights.h"

#define REQUEST ((volatile u32 *) 0x01000000)
#define MODEL_ADDRESS 0x01100000u
#define RESULTS 0x01C00000u

enum { FILE_SIZE, TOKENS, TEMPERATURE, TOP_P, REPEAT_PENALTY, TOP_K, SEED, BATCH, FIRST_TOKEN };

static const stream_range *range;
static u32 arrived, needed;

static u8 *place(u32 position) {
    return (u8 *) range->ring + position % range->ring_sectors * SECTOR_SIZE;
}

int cdvd_find(const char *name, disc_file *file) {
    file->sector = 0;
    file->size = REQUEST[FILE_SIZE];
    return string_equal(name, "\\MODEL.PSN;1");
}

u32 stream_read(u32 sector, u32 sectors, void *buffer) {
    memcpy(buffer, (const void *) (MODEL_ADDRESS + sector * SECTOR_SIZE), sectors * SECTOR_SIZE);
    return 0;
}

int stream_start(const stream_range *wanted, u32 position, u32 kept) {
    range = wanted;
    arrived = position;
    needed = kept;
    return arrived - needed <= range->ring_sectors;
}

/* Every third time as much arrives as the ring has room for, otherwise only what is waited for. */
u32 stream_wait(u32 position) {
    static u32 asked;
    u32 end = asked++ % 3 == 0 ? needed + range->ring_sectors : position;
    if ((s32) (position - needed - range->ring_sectors) > 0) {
        return CDVD_NO_ANSWER;
    }
    for (; (s32) (arrived - end) < 0; arrived++) {
        stream_read(range->first + arrived % range->sectors, 1, place(arrived));
    }
    return 0;
}

u32 stream_arrived(void) {
    return arrived;
}

u32 stream_error_sector(void) {
    return 0;
}

/* Nobody may look at what is given back. */
void stream_consumed(u32 position) {
    for (; (s32) (needed - position) < 0; needed++) {
        memset(place(needed), 0x55, SECTOR_SIZE);
    }
}

void stream_stop(void) {
}

const char *cdvd_error_name(u32 code) {
    (void) code;
    return "error";
}

void fault(int status, const char *format, ...) {
    (void) format;
    Exit(status);
}

void model_working(void) {
}

int main(void) {
    sampler s;
    s.temperature = float_of_bits(REQUEST[TEMPERATURE]);
    s.top_p = float_of_bits(REQUEST[TOP_P]);
    s.repeat_penalty = float_of_bits(REQUEST[REPEAT_PENALTY]);
    s.top_k = (s32) REQUEST[TOP_K];
    REGISTER32(0x1000E000) = 1; /* D_CTRL: the DMA controller works */
    model_open();
    sampler_start(&s, REQUEST[SEED]);
    u32 *out = (u32 *) RESULTS;
    for (u32 i = 0, n; i < REQUEST[TOKENS]; i += n) {
        u32 tokens[MODEL_BATCH];
        n = REQUEST[TOKENS] - i < REQUEST[BATCH] ? REQUEST[TOKENS] - i : REQUEST[BATCH];
        for (u32 b = 0; b < n; b++) {
            tokens[b] = REQUEST[FIRST_TOKEN + i + b];
            sampler_seen(tokens[b]);
        }
        float *logits = model_read(tokens, n, i, 1);
        memcpy(out + 1, logits, MODEL_VOCABULARY * 4);
        out[0] = sampler_choose(&s, logits);
        out += 1 + MODEL_VOCABULARY;
    }
    return 0;
}
