/*
 * STREAM.IRX: reads a range of sectors ahead of the EE and sends them to a ring in its memory (stream_protocol.h). While one of two buffers is
 * on its way to the EE, the drive fills the other.
 */
#include "libraries.h"
#include "stream_protocol.h"

#define BLOCK 32u /* sectors of one read */
#define TRIES 4u  /* reads of a sector that fails, on top of the drive's own */
#define DRIVE_TRIES 16
#define WAIT_FOR_DRIVE 100000u /* microseconds */
#define WAITS_FOR_DRIVE 600u /* somebody may leave the tray open for a minute */

const module_identity module_id = {"soliloquy_stream", 0x0101};

typedef struct block {
    u8 sectors[BLOCK * STREAM_SECTOR] __attribute__((aligned(16)));
    stream_report report __attribute__((aligned(16)));
    s32 transfer;
} block;

static block blocks[2];
static stream_request request;
static volatile u32 consumed;
static volatile u32 stopping;
static u32 retries;
static u32 active; /* the stream was begun and its end was not waited for; only for the server's thread */
static s32 begin_stream, stream_ended, ring_changed;

static void wait_until_sent(const block *b) {
    while (b->transfer != 0 && sceSifDmaStat(b->transfer) >= 0) {
        DelayThread(100);
    }
}

/* Sends a report and, if there are any, sectors before it. */
static void send(block *b, u32 arrived, u32 state, u32 place, u32 sectors) {
    b->report.number = request.number;
    b->report.arrived = arrived;
    b->report.state = state;
    b->report.retries = retries;
    do {
        b->transfer = sceSifSendCmd(
            STREAM_COMMAND, &b->report, sizeof b->report, b->sectors, request.ring + place * STREAM_SECTOR,
            (s32) (sectors * STREAM_SECTOR));
    } while (b->transfer == 0 && DelayThread(100) == 0); /* 0: the SIF's queue is full */
}

static u32 read(u32 sector, u32 sectors, void *buffer) {
    static const read_mode mode = {DRIVE_TRIES, 0, 0, 0};
    if (!sceCdRead(sector, sectors, buffer, &mode)) {
        u32 error = (u32) sceCdGetError();
        return error != 0 ? error : DRIVE_NOT_READY;
    }
    sceCdSync(0);
    return (u32) sceCdGetError();
}

/* True if the drive is ready again before patience ends. */
static int wait_for_drive(void) {
    for (u32 i = 0; i < WAITS_FOR_DRIVE && !stopping; i++) {
        DelayThread(WAIT_FOR_DRIVE);
        if (sceCdDiskReady(READY_WITHOUT_WAITING) == DISC_READY) {
            return 1;
        }
    }
    return 0;
}

/* Reads sectors, or as many of them as come before one that fails; the error if even the first one cannot be read. */
static u32 read_patiently(u32 sector, u32 *sectors, void *buffer) {
    u32 tries = 0;
    for (;;) {
        u32 error = read(sector, *sectors, buffer);
        if (error == 0 || stopping) {
            return error;
        }
        if (error == DRIVE_READ_ERROR && *sectors > 1) {
            *sectors /= 2;
        } else if (++tries == TRIES || (error != DRIVE_READ_ERROR && !wait_for_drive())) {
            return error;
        }
        retries++;
    }
}

static u32 smaller(u32 a, u32 b) {
    return a < b ? a : b;
}

/* Waits until the ring has room behind `position`; how much. */
static u32 wait_for_room(u32 position) {
    while (position - consumed >= request.ring_sectors && !stopping) {
        WaitSema(ring_changed);
    }
    return request.ring_sectors - (position - consumed);
}

static void stream(void) {
    u32 position = request.position, state = STREAM_RUNNING;
    block *b = &blocks[0];
    while (state == STREAM_RUNNING) {
        u32 sectors = smaller(wait_for_room(position), BLOCK);
        u32 offset = position % request.sectors, place = position % request.ring_sectors;
        sectors = smaller(sectors, smaller(request.sectors - offset, request.ring_sectors - place));
        wait_until_sent(b);
        if (stopping) {
            break;
        }
        u32 error = read_patiently(request.first + offset, &sectors, b->sectors);
        if (stopping) {
            break;
        }
        if (error != 0) {
            state = STREAM_FAILED;
            b->report.error = error;
            b->report.sector = request.first + offset;
            sectors = 0;
        } else if (!request.endless && position + sectors == request.sectors) {
            state = STREAM_ENDED;
        }
        position += sectors;
        send(b, position, state, place, sectors);
        b = b == &blocks[0] ? &blocks[1] : &blocks[0];
    }
    wait_until_sent(&blocks[0]);
    wait_until_sent(&blocks[1]);
}

static void stream_thread(void *argument) {
    (void) argument;
    for (;;) {
        WaitSema(begin_stream);
        stream();
        SignalSema(stream_ended);
    }
}

static void consumption_arrived(void *packet, void *argument) {
    const stream_consumption *c = packet;
    (void) argument;
    if (c->number == request.number && (s32) (c->consumed - consumed) > 0) {
        consumed = c->consumed;
        iSignalSema(ring_changed);
    }
}

static void stop(void) {
    if (active) {
        stopping = 1;
        SignalSema(ring_changed);
        WaitSema(stream_ended);
        active = 0;
    }
}

static u32 start(const stream_request *wanted) {
    stop();
    if (wanted->ring_sectors == 0 || wanted->sectors == 0 || (wanted->ring & 63) != 0
        || (!wanted->endless && wanted->position >= wanted->sectors)
        || wanted->position - wanted->consumed > wanted->ring_sectors) {
        return STREAM_REFUSED;
    }
    request = *wanted;
    consumed = wanted->consumed;
    retries = 0;
    stopping = 0;
    active = 1;
    SignalSema(begin_stream);
    return STREAM_OK;
}

static void *serve(u32 function, void *data, s32 size) {
    static u32 answer[4] __attribute__((aligned(16)));
    answer[0] = STREAM_OK;
    if (function == STREAM_STOP) {
        stop();
    } else if (function == STREAM_START && size >= (s32) sizeof(stream_request)) {
        answer[0] = start(data);
    } else {
        answer[0] = STREAM_REFUSED;
    }
    return answer;
}

static void server_thread(void *argument) {
    static rpc_queue queue;
    static rpc_server server;
    static stream_request arguments __attribute__((aligned(16)));
    (void) argument;
    sceSifInitRpc(0);
    sceSifSetRpcQueue(&queue, GetThreadId());
    sceSifRegisterRpc(&server, STREAM_SERVER, serve, &arguments, NULL, NULL, &queue);
    sceSifAddCmdHandler(STREAM_COMMAND, consumption_arrived, NULL);
    sceSifRpcLoop(&queue);
}

static s32 new_semaphore(void) {
    semaphore_parameters parameters = {0, 0, 0, 1};
    return CreateSema(&parameters);
}

static s32 start_thread(void (*function)(void *), u32 priority) {
    thread_parameters parameters = {THREAD_IN_C, 0, function, 0x1000, priority};
    s32 thread = CreateThread(&parameters);
    return thread > 0 && StartThread(thread, NULL) == 0;
}

s32 _start(s32 argc, char **argv) {
    (void) argc;
    (void) argv;
    begin_stream = new_semaphore();
    stream_ended = new_semaphore();
    ring_changed = new_semaphore();
    if (begin_stream < 0 || stream_ended < 0 || ring_changed < 0 || !start_thread(stream_thread, 40) || !start_thread(server_thread, 41)) {
        printf("stream: no threads or semaphores left\n");
        return MODULE_REFUSES;
    }
    return MODULE_STAYS;
}
