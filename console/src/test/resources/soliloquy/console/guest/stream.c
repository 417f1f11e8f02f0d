/* What STREAM.IRX does for an EE program, one line each; used by GuestStreamTest. Word w of sector s of DATA.BIN is s << 16 | w. */
#include "cdvd.h"
#include "clock.h"
#include "format.h"
#include "stream.h"

#define RANGE 50u /* sectors of DATA.BIN that are streamed endlessly */
#define RING 33u
#define STRIDE 7u
#define DAMAGED 140u /* first sector of a range in which one cannot be read */

static u8 ring[64 * STREAM_SECTOR] CACHE_ALIGNED;
static disc_file file;

/* Words of a ring's place, past the cache, that are not those of the sector. */
static u32 wrong_words(u32 place, u32 sector) {
    const volatile u32 *words = UNCACHED(ring + place * STREAM_SECTOR);
    u32 wrong = 0;
    for (u32 w = 0; w < STREAM_SECTOR / 4; w++) {
        wrong += words[w] != (sector << 16 | w);
    }
    return wrong;
}

static u32 wrong_positions(u32 first, u32 from, u32 to) {
    u32 wrong = 0;
    for (u32 p = from; p != to; p++) {
        wrong += wrong_words(p % RING, first + p % RANGE) != 0;
    }
    return wrong;
}

static void read_once(void) {
    u32 result = stream_read(file.sector + 100, 64, ring), wrong = 0;
    for (u32 i = 0; i < 64; i++) {
        wrong += wrong_words(i, 100 + i);
    }
    print("read %x wrong %u\n", result, wrong);
}

static void go_round(void) {
    stream_range range = {file.sector, RANGE, 1, ring, RING};
    u32 wrong = 0, errors = 0;
    print("start %d\n", stream_start(&range, 0, 0));
    for (u32 p = 0; p < 40 * STRIDE; p += STRIDE) {
        stream_consumed(p);
        errors += stream_wait(p + STRIDE);
        wrong += wrong_positions(0, p, p + STRIDE);
    }
    print("round errors %u wrong %u\n", errors, wrong);

    u32 needed = 40 * STRIDE;
    stream_consumed(needed);
    clock_pause(1000);
    print("ahead %u wrong %u\n", stream_arrived() - needed, wrong_positions(0, needed, needed + RING));

    stream_consumed(needed + RING - 1);
    stream_stop();
    u32 arrived = stream_arrived();
    clock_pause(500);
    print("stopped %u wrong %u\n", stream_arrived() - arrived, wrong_positions(0, needed + RING - 1, arrived));

    print("go on %d\n", stream_start(&range, arrived, needed + RING - 1));
    errors = stream_wait(arrived + 5);
    print("went on %u wrong %u\n", errors, wrong_positions(0, needed + RING - 1, arrived + 5));

    print("elsewhere %d\n", stream_start(&range, 17, 17));
    errors = stream_wait(17 + RING);
    print("there %u wrong %u\n", errors, wrong_positions(0, 17, 17 + RING));
}

static void reach_the_end(void) {
    stream_range range = {file.sector, 10, 0, ring, RING};
    print("end %d", stream_start(&range, 0, 0));
    print(" %x", stream_wait(10));
    print(" %x\n", stream_wait(11));
}

static void meet_errors(u32 bad) {
    stream_range nothing = {file.sector, 10, 0, ring, 0};
    print("no ring %d\n", stream_start(&nothing, 0, 0));
    stream_range behind = {500000, RANGE, 1, ring, RING};
    print("behind the disc %d", stream_start(&behind, 0, 0));
    print(" %x\n", stream_wait(1));
    stream_range damaged = {file.sector + DAMAGED, RANGE, 1, ring, RING};
    print("damaged %d", stream_start(&damaged, 0, 0));
    print(" %x", stream_wait(bad));
    print(" %x", stream_wait(bad + 1));
    print(" sector %u wrong %u\n", stream_error_sector() - file.sector, wrong_positions(DAMAGED, 0, bad));
}

int main(int argc, char **argv) {
    (void) argc;
    (void) argv;
    if (!cdvd_init() || !stream_init() || !cdvd_find("\\DATA.BIN;1", &file)) {
        print("no drive, no module or no file\n");
        return 1;
    }
    read_once();
    go_round();
    reach_the_end();
    meet_errors(30);
    read_once();
    return 0;
}
