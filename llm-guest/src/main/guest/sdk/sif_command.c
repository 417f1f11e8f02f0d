/* SIF commands: packets of up to 112 bytes between the two processors, announced by an interrupt of DMA channel 5. */
#include "sif.h"
#include "kernel.h"
#include "string.h"

#define KERNEL_REGISTER_IOP_BUFFER 0x80000000u
#define KERNEL_REGISTER_EE_STATE 0x80000001u
#define SIF_REGISTER_SMCOM 2 /* the IOP's receive buffer */
#define SIF_REGISTER_SMFLG 4
#define SMFLG_COMMANDS_READY 0x20000

#define D_STAT REGISTER32(0x1000E010)
#define D5_CHCR REGISTER32(0x1000C000)
#define CHCR_START 0x100

#define HANDLERS 32

static u8 receive_buffer[128] CACHE_ALIGNED;
static sif_command_handler handlers[HANDLERS];
static volatile u32 registers[32];
static u32 iop_buffer;
static int ready;

typedef struct address_packet {
    sif_header header;
    u32 address;
} address_packet;

typedef struct register_packet {
    sif_header header;
    u32 index, value;
} register_packet;

static void change_address(const void *packet) {
    iop_buffer = ((const address_packet *) packet)->address;
}

static void set_register(const void *packet) {
    const register_packet *p = packet;
    if (p->index < 32) {
        registers[p->index] = p->value;
    }
}

/* The packet is copied out and the channel armed again before the handler runs: the next packet may arrive meanwhile. */
static s32 packet_arrived(s32 channel, void *argument, void *address) {
    u64 copy[sizeof receive_buffer / 8];
    volatile u64 *buffer = UNCACHED(receive_buffer);
    (void) channel;
    (void) argument;
    (void) address;

    u32 size = (u32) buffer[0] & 0xFF;
    if (size != 0) {
        u32 quadwords = (size + 30) >> 4;
        for (u32 i = 0; i < quadwords * 2 && i < sizeof receive_buffer / 8; i++) {
            copy[i] = buffer[i];
        }
        *(volatile u32 *) buffer = 0;
        iSifSetDChain();

        u32 command = ((sif_header *) copy)->command;
        if ((command & 0x80000000u) && (command & 0x7FFFFFFFu) < HANDLERS && handlers[command & 0x7FFFFFFFu]) {
            handlers[command & 0x7FFFFFFFu](copy);
        }
    }
    __asm__ volatile("sync.l\n\tei" : : : "memory");
    return 0;
}

void sif_command_handle(u32 command, sif_command_handler handler) {
    handlers[command & (HANDLERS - 1)] = handler;
}

u32 sif_command_register(u32 index) {
    return registers[index];
}

u32 sif_command_send(u32 command, void *packet, u32 packet_size, const void *data, u32 data_address, u32 data_size) {
    sif_header *header = UNCACHED(packet);
    sif_dma_transfer transfers[2];
    s32 count = 0;

    header->sizes = packet_size | data_size << 8;
    header->data_address = data_size != 0 ? data_address : 0;
    header->command = command;
    if (data_size != 0) {
        transfers[count].src = data;
        transfers[count].dest = data_address;
        transfers[count].size = (s32) data_size;
        transfers[count].attr = 0;
        count++;
    }
    transfers[count].src = packet;
    transfers[count].dest = iop_buffer;
    transfers[count].size = (s32) packet_size;
    transfers[count].attr = SIF_DMA_END_OF_GROUP | SIF_DMA_INTERRUPT_OTHER;
    count++;
    return SifSetDma(transfers, count);
}

void sif_command_init(void) {
    static address_packet packet CACHE_ALIGNED;
    if (ready) {
        return;
    }
    ready = 1;
    handlers[SIF_COMMAND_CHANGE_ADDRESS & 0xFF] = change_address;
    handlers[SIF_COMMAND_SET_REGISTER & 0xFF] = set_register;
    FlushCache(CACHE_WRITE_BACK_DATA);

    if (D_STAT & 1 << DMAC_CHANNEL_SIF0) {
        D_STAT = 1 << DMAC_CHANNEL_SIF0;
    }
    if (!(D5_CHCR & CHCR_START)) {
        SifSetDChain();
    }
    AddDmacHandler(DMAC_CHANNEL_SIF0, packet_arrived, 0, NULL, 0);
    EnableDmac(DMAC_CHANNEL_SIF0);

    address_packet *p = UNCACHED(&packet);
    p->address = (u32) UNCACHED(receive_buffer);
    iop_buffer = SifGetReg(KERNEL_REGISTER_IOP_BUFFER);
    if (iop_buffer != 0) {
        /* A program before this one has introduced itself already. */
        sif_command_send(SIF_COMMAND_CHANGE_ADDRESS, &packet, sizeof packet, NULL, 0, 0);
        return;
    }
    while (!(SifGetReg(SIF_REGISTER_SMFLG) & SMFLG_COMMANDS_READY)) {
    }
    iop_buffer = SifGetReg(SIF_REGISTER_SMCOM);
    SifSetReg(KERNEL_REGISTER_IOP_BUFFER, iop_buffer);
    SifSetReg(KERNEL_REGISTER_EE_STATE, (u32) receive_buffer);
    p->header.option = 0;
    sif_command_send(SIF_COMMAND_INIT, &packet, sizeof packet, NULL, 0, 0);
}
