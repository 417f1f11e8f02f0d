#include "stream.h"
#include "cdvd.h"
#include "kernel.h"
#include "sif.h"

static rpc_client server;
static stream_request request CACHE_ALIGNED;
static stream_consumption consumption CACHE_ALIGNED;
static u32 answer[16] CACHE_ALIGNED;
static volatile u32 number; /* of the stream; set before the rest is, so that no report of an older one is taken for its */
static u32 consumption_sent; /* the transfer of the packet */
static volatile u32 arrived, state, error, error_sector;
static s32 report_semaphore;

static void report_arrived(const void *packet) {
    const stream_report *report = packet;
    if (report->number != number) {
        return;
    }
    if ((s32) (report->arrived - arrived) > 0) {
        arrived = report->arrived;
    }
    if (report->state == STREAM_FAILED) {
        error = report->error;
        error_sector = report->sector;
    }
    state = report->state;
    iSignalSema(report_semaphore);
}

int stream_init(void) {
    semaphore_parameters parameters = {0};
    parameters.max_count = 1;
    if (iop_load_module("cdrom0:\\STREAM.IRX;1") < 0) {
        return 0;
    }
    report_semaphore = CreateSema(&parameters);
    sif_command_handle(STREAM_COMMAND, report_arrived);
    return rpc_bind(&server, STREAM_SERVER, 100);
}

static u32 call(u32 function) {
    if (!rpc_call(&server, function, &request, sizeof request, answer, sizeof answer[0])) {
        return STREAM_REFUSED;
    }
    return *(volatile u32 *) UNCACHED(answer);
}

int stream_start(const stream_range *range, u32 position, u32 needed) {
    volatile stream_request *r = UNCACHED(&request);
    number++; /* from here on, reports of the stream before are not heard */
    arrived = position;
    state = STREAM_RUNNING;
    r->number = number;
    r->ring = (u32) range->ring;
    r->ring_sectors = range->ring_sectors;
    r->first = range->first;
    r->sectors = range->sectors;
    r->endless = range->endless != 0;
    r->position = position;
    r->consumed = needed;
    return call(STREAM_START) == STREAM_OK;
}

u32 stream_arrived(void) {
    return arrived;
}

u32 stream_wait(u32 position) {
    while ((s32) (arrived - position) < 0) {
        if (state == STREAM_FAILED) {
            return error;
        }
        if (state == STREAM_ENDED) {
            return CDVD_NO_ANSWER;
        }
        WaitSema(report_semaphore);
    }
    return 0;
}

u32 stream_error_sector(void) {
    return error_sector;
}

/* The cache forgets the ring's old content before the module may replace it. */
void stream_consumed(u32 position) {
    volatile stream_consumption *c = UNCACHED(&consumption);
    FlushCache(CACHE_WRITE_BACK_DATA);
    while (consumption_sent != 0 && SifDmaStat(consumption_sent) >= 0) {
    }
    c->number = number;
    c->consumed = position;
    consumption_sent = sif_command_send(STREAM_COMMAND, &consumption, sizeof consumption, NULL, 0, 0);
}

void stream_stop(void) {
    call(STREAM_STOP);
    state = STREAM_ENDED;
}

u32 stream_read(u32 sector, u32 sectors, void *buffer) {
    stream_range range = {sector, sectors, 0, buffer, sectors};
    return stream_start(&range, 0, 0) ? stream_wait(sectors) : CDVD_NO_ANSWER;
}
