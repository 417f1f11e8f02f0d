#include "pad.h"
#include "kernel.h"
#include "sif.h"
#include "string.h"

/* padman of rom0:XPADMAN; the older one of rom0:PADMAN answers to other ids and command numbers and has a shorter frame. */
#define SERVER_NEW 0x80000100u
#define SERVER_OLD 0x8000010Fu

#define COMMAND_OPEN_NEW 0x01
#define COMMAND_INIT_NEW 0x10
#define COMMAND_OPEN_OLD 0x80000100u

#define STATE_EXECUTING 5
#define STATE_STABLE 6
#define REQUEST_BUSY 2

typedef struct frame_new {
    u8 data[32];
    u8 actuators[48];
    u16 mode_table[4];
    u32 frame;
    u32 retries;
    u32 length;
    u8 mode[12];
    u8 state;
    u8 request_state;
    u8 task[14];
} frame_new;

typedef struct frame_old {
    u32 frame;
    u8 state;
    u8 request_state;
    u8 ok;
    u8 unknown;
    u8 data[32];
    u32 length;
    u8 rest[20];
} frame_old;

_Static_assert(sizeof(frame_new) == 128, "padman's frame");
_Static_assert(sizeof(frame_old) == 64, "old padman's frame");

static rpc_client server;
static u8 area[256] CACHE_ALIGNED;
static u8 open_ports[256] CACHE_ALIGNED;
static u32 message[32] CACHE_ALIGNED;
static int is_new, is_open;
static u32 previous;

static void call(u32 command, u32 word4) {
    volatile u32 *m = UNCACHED(message);
    for (u32 i = 0; i < 32; i++) {
        m[i] = 0;
    }
    m[0] = command; /* port and slot, words 1 and 2, are 0 */
    m[4] = word4;
    rpc_call(&server, 1, message, sizeof message, message, sizeof message);
}

/* A frame as the console's own pad library leaves it to padman: no button is down, and the controller is still busy. */
static void clear_frame(u8 *data, u8 *state, u8 *request_state) {
    memset(data, 0xFF, 32);
    *state = STATE_EXECUTING;
    *request_state = REQUEST_BUSY;
}

static void clear_frames(void) {
    frame_new *n = UNCACHED(area);
    frame_old *o = UNCACHED(area);
    memset(UNCACHED(area), 0, sizeof area);
    for (u32 i = 0; i < 2; i++) {
        if (is_new) {
            clear_frame(n[i].data, &n[i].state, &n[i].request_state);
        } else {
            clear_frame(o[i].data, &o[i].state, &o[i].request_state);
        }
    }
}

int pad_init(void) {
    iop_load_module("rom0:XSIO2MAN");
    iop_load_module("rom0:XPADMAN");
    is_new = rpc_bind(&server, SERVER_NEW, 3);
    if (!is_new) {
        iop_load_module("rom0:SIO2MAN");
        iop_load_module("rom0:PADMAN");
        if (!rpc_bind(&server, SERVER_OLD, 20)) {
            return 0;
        }
    }
    clear_frames();
    if (is_new) {
        call(COMMAND_INIT_NEW, (u32) open_ports);
    }
    call(is_new ? COMMAND_OPEN_NEW : COMMAND_OPEN_OLD, (u32) area);
    is_open = ((volatile u32 *) UNCACHED(message))[3] != 0;
    return is_open;
}

u32 pad_buttons(void) {
    const volatile u8 *data;
    u8 state;
    if (!is_open) {
        return 0;
    }
    if (is_new) {
        const volatile frame_new *f = UNCACHED(area);
        f = f[0].frame < f[1].frame ? f + 1 : f;
        data = f->data;
        state = f->state;
    } else {
        const volatile frame_old *f = UNCACHED(area);
        f = f[0].frame < f[1].frame ? f + 1 : f;
        data = f->data;
        state = f->state;
    }
    if ((state != STATE_STABLE && state != STATE_EXECUTING) || data[0] != 0) {
        return 0;
    }
    return 0xFFFFu ^ (u32) (data[2] | data[3] << 8); /* a bit is 0 while its button is down */
}

u32 pad_pressed(void) {
    u32 now = pad_buttons();
    u32 fresh = now & ~previous;
    previous = now;
    return fresh;
}
