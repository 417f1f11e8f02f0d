package soliloquy.bios.kernel;

import java.util.ArrayDeque;
import java.util.Arrays;
import soliloquy.ee.EeBus;

/**
 * The EE side of SIF transfers: builds chains for DMA channel 6 (SIF1) in kernel memory, re-arms channel 5 (SIF0), and keeps
 * the kernel's software registers. Each transfer is a quadword with the tag for the IOP's channel followed by the data.
 * Source: ps2sdk {@code sifdma.h}, ps2tek "SIF".
 */
final class SifCalls {
    /** Attribute of a transfer: interrupt on the other side. */
    private static final int ATTRIBUTE_INTERRUPT_OTHER = 0x04;

    /** Attribute of a transfer: last of a group, so the IOP's channel ends. */
    private static final int ATTRIBUTE_END = 0x40;

    private static final int IOP_TAG_END = 1 << 31;
    private static final int IOP_TAG_INTERRUPT = 1 << 30;

    private static final int EE_TAG_REFERENCE_END = 0 << 28;
    private static final int EE_TAG_CONTINUE = 1 << 28;
    private static final int EE_TAG_REFERENCE = 3 << 28;
    private static final int EE_TAG_END = 7 << 28;
    private static final int LARGEST_QWC = 0xFFFF;
    private static final int TAG_BYTES = 64;
    private static final int TRANSFER_BYTES = 16;
    private static final int LARGEST_COUNT = 32;

    private static final int D5_CHCR = 0x1000_C000;
    private static final int D5_QWC = 0x1000_C020;
    private static final int D6_CHCR = 0x1000_C400;
    private static final int D6_QWC = 0x1000_C420;
    private static final int D6_TADR = 0x1000_C430;
    private static final int D6 = 6;
    private static final int CHCR_FROM_MEMORY = 1;
    private static final int CHCR_CHAIN = 1 << 2;
    private static final int CHCR_TIE = 1 << 7;
    private static final int CHCR_START = 1 << 8;

    private static final int MSCOM = 0x1000_F200;
    private static final int REGISTERS = 32;

    private record Transfer(int id, int source, int destination, int size, int attributes) {}

    private final KernelMemory memory;
    private final EeBus bus;
    private final ArrayDeque<Transfer> queued = new ArrayDeque<>();
    private final int[] registers = new int[REGISTERS];
    private int lastId;
    private int runningFrom;
    private int runningTo;

    SifCalls(KernelMemory memory, InterruptHandlers interrupts) {
        this.memory = memory;
        bus = memory.bus();
        interrupts.kernelDmac(D6, this::pump);
    }

    void reset() {
        queued.clear();
        Arrays.fill(registers, 0);
        runningFrom = lastId + 1;
        runningTo = lastId;
    }

    /** SifSetDma: {@code count} transfers (0 counts as 1); returns their number, or 0 if they make no sense. */
    int setDma(int list, int count) {
        int transfers = Math.max(count, 1);
        if (transfers > LARGEST_COUNT || !memory.check(list, transfers * TRANSFER_BYTES, "SifSetDma")) {
            return 0;
        }
        int id = lastId == Integer.MAX_VALUE ? 1 : lastId + 1;
        for (int i = 0; i < transfers; i++) {
            int at = list + i * TRANSFER_BYTES;
            int size = memory.word(at + 8);
            if (!memory.check(memory.word(at), size, "SifSetDma")) {
                return 0;
            }
            queued.addLast(new Transfer(id, memory.word(at), memory.word(at + 4), size, memory.word(at + 12)));
        }
        lastId = id;
        pump();
        return id;
    }

    /** SifDmaStat: positive if queued, 0 if running, negative if done. */
    int dmaStatus(int id) {
        pump();
        for (Transfer transfer : queued) {
            if (transfer.id == id) {
                return 1;
            }
        }
        return running() && id >= runningFrom && id <= runningTo ? 0 : -1;
    }

    /** SifStopDma: what is queued is forgotten and the channel stops. */
    int stop() {
        queued.clear();
        bus.write32(D6_CHCR, 0);
        return 0;
    }

    /** SifSetDChain: channel 5 waits for the next packet of the IOP. */
    int setDChain() {
        if ((bus.read32(D5_CHCR) & CHCR_START) == 0) {
            bus.write32(D5_QWC, 0);
            bus.write32(D5_CHCR, CHCR_CHAIN | CHCR_TIE | CHCR_START);
        }
        return 0;
    }

    int setRegister(int register, int value) {
        if (register < 0) {
            registers[register & REGISTERS - 1] = value;
        } else if (register >= 1 && register <= 4) {
            bus.write32(hardware(register), value);
        } else {
            return 0;
        }
        return 1;
    }

    int getRegister(int register) {
        if (register < 0) {
            return registers[register & REGISTERS - 1];
        }
        return register >= 1 && register <= 4 ? bus.read32(hardware(register)) : 0;
    }

    private static int hardware(int register) {
        return MSCOM + 0x10 * (register - 1);
    }

    private boolean running() {
        return (bus.read32(D6_CHCR) & CHCR_START) != 0;
    }

    /** Starts what is queued if the channel is idle; also called when the channel interrupts. */
    private void pump() {
        if (queued.isEmpty() || running()) {
            return;
        }
        runningFrom = queued.getFirst().id;
        int tag = KernelMemory.SIF_TAG_AREA;
        int end = tag + KernelMemory.SIF_TAGS * TAG_BYTES;
        while (!queued.isEmpty() && tag + tagBytes(queued.getFirst()) <= end) {
            Transfer transfer = queued.removeFirst();
            runningTo = transfer.id;
            tag = build(
                    transfer, tag, queued.isEmpty() || tag + tagBytes(transfer) + tagBytes(queued.getFirst()) > end);
        }
        bus.write32(D6_QWC, 0);
        bus.write32(D6_TADR, KernelMemory.SIF_TAG_AREA);
        bus.write32(D6_CHCR, CHCR_FROM_MEMORY | CHCR_CHAIN | CHCR_TIE | CHCR_START);
    }

    private static int quadwords(Transfer transfer) {
        return (transfer.size + 15) >>> 4;
    }

    /** A tag with the IOP's tag behind it, and a reference for each 65,535 quadwords of data. */
    private static int tagBytes(Transfer transfer) {
        return 32 + 16 * ((quadwords(transfer) + LARGEST_QWC - 1) / LARGEST_QWC);
    }

    /** Lays out the tags of a transfer at {@code at}; returns the place behind them. */
    private int build(Transfer transfer, int at, boolean last) {
        int quads = quadwords(transfer);
        int flags = ((transfer.attributes & ATTRIBUTE_END) != 0 ? IOP_TAG_END : 0)
                | ((transfer.attributes & ATTRIBUTE_INTERRUPT_OTHER) != 0 ? IOP_TAG_INTERRUPT : 0);
        put(at, (quads == 0 && last ? EE_TAG_END : EE_TAG_CONTINUE) | 1, 0);
        put(at + 16, transfer.destination & 0x00FF_FFFF | flags, quads * 4);
        int tag = at + 32;
        int source = source(transfer.source);
        while (quads > 0) {
            int part = Math.min(quads, LARGEST_QWC);
            quads -= part;
            put(tag, (quads == 0 && last ? EE_TAG_REFERENCE_END : EE_TAG_REFERENCE) | part, source);
            tag += 16;
            source += part * 16;
        }
        return tag;
    }

    private static int source(int address) {
        return (address >>> 28) == 7 ? address & 0x3FF0 | 0x8000_0000 : address & 0x01FF_FFF0;
    }

    private void put(int physical, int word0, int word1) {
        int address = 0x8000_0000 | physical;
        bus.write32(address, word0);
        bus.write32(address + 4, word1);
        bus.write32(address + 8, 0);
        bus.write32(address + 12, 0);
    }
}
