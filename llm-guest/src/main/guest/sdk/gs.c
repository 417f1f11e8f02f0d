#include "gs.h"
#include "kernel.h"

#define PMODE REGISTER64(0x12000000)
#define DISPFB1 REGISTER64(0x12000070)
#define DISPLAY1 REGISTER64(0x12000080)
#define BGCOLOR REGISTER64(0x120000E0)
#define CSR REGISTER64(0x12001000)

#define CSR_RESET 0x200

#define D2_CHCR REGISTER32(0x1000A000)
#define D2_MADR REGISTER32(0x1000A010)
#define D2_QWC REGISTER32(0x1000A020)
#define D_CTRL REGISTER32(0x1000E000)
#define CHCR_FROM_MEMORY 0x001
#define CHCR_START 0x100

#define GIFTAG_EOP (1ull << 15)
#define GIFTAG_PRE (1ull << 46)
#define GIFTAG_REGLIST (1ull << 58)
#define GIFTAG_IMAGE (2ull << 58)
#define REGISTERS_A_D 0xEull

#define PACKET_QUADWORDS 512

static quadword packets[2][PACKET_QUADWORDS] CACHE_ALIGNED;
static quadword *packet = packets[0];
static u32 used;

static void dma_wait(void) {
    while (D2_CHCR & CHCR_START) {
    }
}

static void dma_send(const void *data, u32 quadwords) {
    dma_wait();
    FlushCache(CACHE_WRITE_BACK_DATA);
    D2_MADR = (u32) data;
    D2_QWC = quadwords;
    D2_CHCR = CHCR_FROM_MEMORY | CHCR_START;
}

static void put(u64 low, u64 high) {
    packet[used].low = low;
    packet[used].high = high;
    used++;
}

void gs_begin(void) {
    packet = packet == packets[0] ? packets[1] : packets[0];
    used = 0;
}

void gs_reserve(u32 quadwords) {
    if (used + quadwords > PACKET_QUADWORDS) {
        gs_send();
        gs_begin();
    }
}

/* Each run of the packet closes itself (EOP), so a packet may end after any of them. */
void gs_register(u32 number, u64 value) {
    put(1 | GIFTAG_EOP | 1ull << 60, REGISTERS_A_D);
    put(value, number);
}

void gs_send(void) {
    if (used > 0) {
        dma_send(packet, used);
    }
}

void gs_rectangle(s32 x0, s32 y0, s32 x1, s32 y1, u32 colour) {
    put(1 | GIFTAG_EOP | GIFTAG_PRE | (u64) PRIM_SPRITE << 47 | 3ull << 60, 0x551);
    put((colour & 0xFF) | (u64) (colour >> 8 & 0xFF) << 32, (colour >> 16 & 0xFF) | 0x80ull << 32);
    put(GS_X(x0) | (u64) GS_Y(y0) << 32, 0);
    put(GS_X(x1) | (u64) GS_Y(y1) << 32, 0);
}

void gs_sprites(u32 n, u32 colour) {
    u64 prim = PRIM_SPRITE | PRIM_TEXTURED | PRIM_BLENDED | PRIM_UV;
    put(1 | GIFTAG_EOP | GIFTAG_PRE | prim << 47 | 1ull << 60, 0x1);
    put((colour & 0xFF) | (u64) (colour >> 8 & 0xFF) << 32, (colour >> 16 & 0xFF) | 0x80ull << 32);
    put(n | GIFTAG_EOP | GIFTAG_REGLIST | 4ull << 60, 0x5353);
}

void gs_sprite(s32 x, s32 y, u32 u, u32 v, u32 width, u32 height, s32 scale) {
    /* Half a pixel in, so that the nearest texel is the right one whatever the rounding. */
    u32 half = 8 / (u32) scale;
    u32 uv = (u * 16 + half) | (v * 16 + half) << 16;
    put(uv, GS_X(x) | (u64) GS_Y(y) << 16);
    put(uv + (width * 16 | height * 16 << 16), GS_X(x + (s32) width * scale) | (u64) GS_Y(y + (s32) height * scale) << 16);
}

void gs_upload(u32 base, u32 buffer_width, u32 psm, u32 width, u32 height, const void *data, u32 size) {
    gs_begin();
    gs_register(GS_BITBLTBUF, (u64) base << 32 | (u64) buffer_width << 48 | (u64) psm << 56);
    gs_register(GS_TRXPOS, 0);
    gs_register(GS_TRXREG, width | (u64) height << 32);
    gs_register(GS_TRXDIR, 0);
    put(size / 16 | GIFTAG_EOP | GIFTAG_IMAGE, 0);
    gs_send();
    dma_send(data, size / 16);
    gs_begin();
    gs_register(GS_TEXFLUSH, 0);
    gs_send();
}

static volatile u32 vblanks;
static volatile int waiting;
static u32 seen;
static s32 vblank_begun;

static s32 count_vblank(s32 cause, void *argument, void *address) {
    (void) cause;
    (void) argument;
    (void) address;
    vblanks++;
    if (waiting) {
        waiting = 0;
        iSignalSema(vblank_begun);
    }
    return 0;
}

static void watch_vblanks(void) {
    semaphore_parameters parameters = {.max_count = 1};
    vblank_begun = CreateSema(&parameters);
    AddIntcHandler(INTC_VBLANK_START, count_vblank, 0, NULL);
    EnableIntc(INTC_VBLANK_START);
}

void gs_init(u32 background) {
    CSR = CSR_RESET;
    GsPutIMR(0xFF00);
    SetGsCrt(1, 2, 0); /* interlaced, NTSC, FIELD: a field is every other line */

    BGCOLOR = 0;
    DISPFB1 = (u64) (SCREEN_WIDTH / 64) << 9 | (u64) PSMCT32 << 15;
    DISPLAY1 = 636 | 50ull << 12 | 3ull << 23 | (u64) (SCREEN_WIDTH * 4 - 1) << 32 | (u64) (SCREEN_HEIGHT - 1) << 44;
    PMODE = 0x1 | 1 << 2 | 1 << 5 | 1 << 7 | 0xFF << 8; /* circuit 1 alone, in front of BGCOLOR, opaque */

    D_CTRL = D_CTRL | 1;
    gs_begin();
    gs_register(GS_PRMODECONT, 1);
    gs_register(GS_FRAME_1, (u64) (SCREEN_WIDTH / 64) << 16 | (u64) PSMCT32 << 24);
    gs_register(GS_ZBUF_1, SCREEN_WIDTH * SCREEN_HEIGHT * 4 / 8192 | 1ull << 32); /* no Z writes */
    gs_register(GS_XYOFFSET_1, GS_X(0) | (u64) GS_Y(0) << 32);
    gs_register(GS_SCISSOR_1, (u64) (SCREEN_WIDTH - 1) << 16 | (u64) (SCREEN_HEIGHT - 1) << 48);
    gs_register(GS_TEST_1, 1 << 16 | 1 << 17); /* Z test on (it must be), always passes */
    gs_register(GS_ALPHA_1, 0x44);             /* (source - frame) * source alpha + frame */
    gs_register(GS_COLCLAMP, 1);
    gs_register(GS_DTHE, 0);
    gs_register(GS_PABE, 0);
    gs_register(GS_FBA_1, 0);
    gs_rectangle(0, 0, SCREEN_WIDTH, SCREEN_HEIGHT, background);
    gs_send();
    watch_vblanks();
}

int gs_vblank(void) {
    u32 now = vblanks;
    int begun = now != seen;
    seen = now;
    return begun;
}

void gs_wait_vblank(void) {
    waiting = 1;
    WaitSema(vblank_begun);
    seen = vblanks;
}
