#include "cdvd.h"
#include "clock.h"
#include "kernel.h"
#include "sif.h"
#include "string.h"

#define SERVER_INIT 0x80000592u
#define SERVER_S_COMMANDS 0x80000593u
#define SERVER_N_COMMANDS 0x80000595u
#define SERVER_SEARCH 0x80000597u
#define SERVER_READY 0x8000059Au

#define N_COMMAND_READ 1
#define S_COMMAND_DISC_TYPE 3
#define S_COMMAND_ERROR 4
#define S_COMMAND_MEDIA_MODE 0x22

#define CHECK_READY 1
#define DISC_READY 2
#define DISC_TYPE_DVD 0x14
#define MEDIA_CD 1
#define MEDIA_DVD 2

static rpc_client init_server, s_server, n_server, search_server, ready_server;

typedef struct search_packet {
    struct {
        u32 sector, size;
        char name[16];
        u8 date[8];
    } file;
    char path[256];
    u32 answer_address;
} search_packet;

/* Where the server puts the parts of a read that do not fill cache lines; with aligned buffers there are none. */
static u32 unaligned_parts[36] CACHE_ALIGNED;
static u32 read_position[16] CACHE_ALIGNED;
static u32 arguments[16] CACHE_ALIGNED;
static u32 read_arguments[16] CACHE_ALIGNED;
static u32 answer[16] CACHE_ALIGNED;
static search_packet search CACHE_ALIGNED;

#define ATTEMPTS 500

/* How often a read is tried, and how long somebody may leave the tray open. */
#define READ_TRIES 4
#define PATIENCE_MILLISECONDS 60000

static u32 call(rpc_client *server, u32 function, u32 argument, u32 argument_size, u32 answer_size) {
    *(volatile u32 *) UNCACHED(arguments) = argument;
    if (!rpc_call(server, function, arguments, argument_size, answer, answer_size)) {
        return 0;
    }
    return *(volatile u32 *) UNCACHED(answer);
}

int cdvd_init(void) {
    if (!rpc_bind(&init_server, SERVER_INIT, ATTEMPTS)) {
        return 0;
    }
    call(&init_server, 0, 0, 4, 16);
    if (!rpc_bind(&ready_server, SERVER_READY, ATTEMPTS) || !rpc_bind(&s_server, SERVER_S_COMMANDS, ATTEMPTS)
        || !rpc_bind(&n_server, SERVER_N_COMMANDS, ATTEMPTS) || !rpc_bind(&search_server, SERVER_SEARCH, ATTEMPTS)) {
        return 0;
    }
    while (call(&ready_server, 0, 0, 4, 4) != DISC_READY) {
        clock_pause(10);
    }
    u32 type = call(&s_server, S_COMMAND_DISC_TYPE, 0, 0, 4);
    call(&s_server, S_COMMAND_MEDIA_MODE, type == DISC_TYPE_DVD ? MEDIA_DVD : MEDIA_CD, 4, 4);
    return 1;
}

int cdvd_find(const char *name, disc_file *file) {
    search_packet *packet = UNCACHED(&search);
    memset(packet, 0, sizeof *packet);
    string_copy(packet->path, name, sizeof packet->path);
    packet->answer_address = (u32) &search;
    if (!rpc_call(&search_server, 0, &search, sizeof search, answer, 4) || *(volatile u32 *) UNCACHED(answer) == 0) {
        return 0;
    }
    file->sector = ((volatile search_packet *) packet)->file.sector;
    file->size = ((volatile search_packet *) packet)->file.size;
    return 1;
}

static int start_read(u32 sector, u32 sectors, void *buffer) {
    volatile u32 *a = UNCACHED(read_arguments);
    a[0] = sector;
    a[1] = sectors;
    a[2] = (u32) buffer;
    a[3] = 0; /* the drive's own number of tries, its fastest spindle speed, 2048 bytes of a sector */
    a[4] = (u32) unaligned_parts;
    a[5] = (u32) read_position;
    return rpc_start(&n_server, N_COMMAND_READ, read_arguments, 24, NULL, 0);
}

static u32 finish_read(void) {
    rpc_wait(&n_server);
    return call(&s_server, S_COMMAND_ERROR, 0, 0, 4);
}

static int wait_ready(u32 milliseconds) {
    u32 begin = clock_milliseconds();
    while (call(&ready_server, 0, CHECK_READY, 4, 4) != DISC_READY) {
        if (clock_milliseconds() - begin >= milliseconds) {
            return 0;
        }
        clock_pause(10);
    }
    return 1;
}

static int may_pass(u32 error) {
    switch (error) {
    case 0x01:
    case 0x30: return 1;
    case 0x11:
    case 0x12:
    case 0x13:
    case 0x31: return wait_ready(PATIENCE_MILLISECONDS);
    default: return 0;
    }
}

u32 cdvd_read(u32 sector, u32 sectors, void *buffer) {
    for (u32 tries = 1;; tries++) {
        u32 error = start_read(sector, sectors, buffer) ? finish_read() : CDVD_NO_ANSWER;
        if (error == 0 || tries == READ_TRIES || !may_pass(error)) {
            return error;
        }
    }
}

const char *cdvd_error_name(u32 code) {
    switch (code) {
    case 0x01: return "aborted";
    case 0x10: return "wrong command";
    case 0x11: return "the tray is open";
    case 0x12: return "no disc";
    case 0x13: return "not ready";
    case 0x14: return "another kind of disc";
    case 0x20: return "sector outside the disc";
    case 0x21: return "sector count";
    case 0x22: return "wrong parameter";
    case 0x30: return "read error";
    case 0x31: return "the tray was opened";
    case CDVD_NO_ANSWER: return "no answer from the IOP";
    default: return "drive error";
    }
}
