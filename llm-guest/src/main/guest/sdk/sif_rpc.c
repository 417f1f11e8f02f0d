/* Remote procedure calls to servers on the IOP: bind to a server id, then send arguments and a call packet; an END packet answers. */
#include "sif.h"
#include "clock.h"
#include "kernel.h"
#include "string.h"

#define KERNEL_REGISTER_RPC_READY 0x80000002u
#define PACKET_SIZE 64
#define PACKET_ALLOCATED 0x05

typedef struct request_header {
    sif_header header;
    u32 record;
    u32 packet_address;
    u32 call_id;
    u32 client;
} request_header;

typedef struct bind_packet {
    request_header request;
    u32 server_id;
} bind_packet;

typedef struct call_packet {
    request_header request;
    u32 function;
    u32 send_size;
    u32 receive_address;
    u32 receive_size;
    u32 answer; /* 1: an END packet is wanted */
    u32 server;
} call_packet;

typedef struct end_packet {
    request_header request;
    u32 answered_command;
    u32 server;
    u32 buffer;
    u32 second_buffer;
} end_packet;

static int ready;
static u32 next_call_id = 1;

static void request_ended(const void *packet) {
    const end_packet *end = packet;
    rpc_client *client = (rpc_client *) end->request.client;
    if (end->answered_command == SIF_COMMAND_RPC_BIND) {
        client->server = end->server;
        client->buffer = end->buffer;
    }
    iSignalSema(client->semaphore);
}

void rpc_init(void) {
    static sif_header hello CACHE_ALIGNED;
    if (ready) {
        return;
    }
    ready = 1;
    sif_command_init();
    sif_command_handle(SIF_COMMAND_RPC_END, request_ended);
    if (SifGetReg(KERNEL_REGISTER_RPC_READY)) {
        return;
    }
    ((sif_header *) UNCACHED(&hello))->option = 1;
    sif_command_send(SIF_COMMAND_INIT, &hello, sizeof hello, NULL, 0, 0);
    while (sif_command_register(0) == 0) {
    }
    SifSetReg(KERNEL_REGISTER_RPC_READY, 1);
}

static void fill_request(rpc_client *client, request_header *request) {
    request->record = PACKET_ALLOCATED;
    request->packet_address = (u32) UNCACHED(client->packet);
    request->call_id = next_call_id++;
    request->client = (u32) client;
}

int rpc_bind(rpc_client *client, u32 id, u32 attempts) {
    rpc_init();
    semaphore_parameters parameters = {0};
    parameters.max_count = 1;
    if (client->semaphore == 0) {
        client->semaphore = CreateSema(&parameters);
    }
    FlushCache(CACHE_WRITE_BACK_DATA);
    while (client->server == 0 && attempts-- != 0) {
        bind_packet *packet = UNCACHED(client->packet);
        fill_request(client, &packet->request);
        packet->server_id = id;
        if (!sif_command_send(SIF_COMMAND_RPC_BIND, client->packet, PACKET_SIZE, NULL, 0, 0)) {
            return 0;
        }
        WaitSema(client->semaphore);
        if (client->server == 0) {
            clock_pause(10);
        }
    }
    return client->server != 0;
}

int rpc_start(rpc_client *client, u32 function, void *send, u32 send_size, void *receive, u32 receive_size) {
    call_packet *packet = UNCACHED(client->packet);
    fill_request(client, &packet->request);
    packet->function = function;
    packet->send_size = send_size;
    packet->receive_address = (u32) receive;
    packet->receive_size = receive_size;
    packet->answer = 1;
    packet->server = client->server;
    FlushCache(CACHE_WRITE_BACK_DATA);
    if (!sif_command_send(SIF_COMMAND_RPC_CALL, client->packet, PACKET_SIZE, send, client->buffer, send_size)) {
        return 0;
    }
    return 1;
}

void rpc_wait(rpc_client *client) {
    WaitSema(client->semaphore);
}

int rpc_call(rpc_client *client, u32 function, void *send, u32 send_size, void *receive, u32 receive_size) {
    if (!rpc_start(client, function, send, send_size, receive, receive_size)) {
        return 0;
    }
    rpc_wait(client);
    return 1;
}

#define SERVER_LOADFILE 0x80000006u
#define LOADFILE_MODULE 0

s32 iop_load_module(const char *path) {
    static rpc_client loadfile;
    static struct {
        u32 argument_length;
        s32 module_result;
        char path[252];
        char arguments[252];
    } request CACHE_ALIGNED;
    static s32 answer[16] CACHE_ALIGNED;

    if (!rpc_bind(&loadfile, SERVER_LOADFILE, 100)) {
        return -1;
    }
    memset(&request, 0, sizeof request);
    string_copy(request.path, path, sizeof request.path);
    if (!rpc_call(&loadfile, LOADFILE_MODULE, &request, sizeof request, answer, 8)) {
        return -1;
    }
    return *(volatile s32 *) UNCACHED(answer);
}
