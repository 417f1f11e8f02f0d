package soliloquy.bios.iop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import soliloquy.bios.irx.IopKernel;
import soliloquy.iop.IopBus;
import soliloquy.iop.IopDma;

/**
 * sifman: sends blocks of IOP RAM to EE memory by DMA channel 9 (SIF0), in order, and receives by channel 10 (SIF1). Each
 * block has a tag of four words; the last two are the tag for the EE's channel. Source: ps2sdk {@code sifman}.
 */
final class SifTransfers {
    private static final int SIF0 = 9;
    private static final int SIF1 = 10;
    private static final int SIF0_BASE = IopDma.BASE2 + 0x20;
    private static final int SIF1_BASE = IopDma.BASE2 + 0x30;
    private static final int BCR = 4;
    private static final int CHCR = 8;
    private static final int TADR = 12;
    private static final int BLOCK_WORDS = 0x20;
    private static final int CHCR_SEND_CHAIN = 0x0100_0701;
    private static final int CHCR_RECEIVE_CHAIN = 0x4100_0300;
    private static final int TAG_BYTES = 16;
    private static final int TAG_LAST = 1 << 31;
    private static final int EE_TAG_COUNT = 1 << 28;
    private static final int EE_TAG_INTERRUPT = 1 << 31;
    private static final int EE_MEMORY = 0x01FF_FFF0;

    /** Largest block of one EE tag, in bytes. */
    private static final int LARGEST = 0xFFFF * 16;

    private record Block(int source, int destination, int bytes, boolean interrupt, Runnable sent) {}

    private final IopMemory memory;
    private final IopBus bus;
    private final ArrayDeque<Block> queue = new ArrayDeque<>();
    private List<Runnable> running = new ArrayList<>();
    private boolean busy;
    private int queued;
    private int done;

    SifTransfers(IopMemory memory) {
        this.memory = memory;
        bus = memory.bus();
    }

    /** Starts to listen: {@code packetArrived} is called when a group of transfers from the EE has ended. */
    void start(IopKernel kernel, Runnable packetArrived) {
        kernel.handleChannel(SIF0, this::ended);
        kernel.handleChannel(SIF1, packetArrived);
        receive();
    }

    /** Lets the next group of transfers from the EE come in. */
    void receive() {
        bus.write32(SIF1_BASE + BCR, BLOCK_WORDS);
        bus.write32(SIF1_BASE + CHCR, CHCR_RECEIVE_CHAIN);
    }

    /**
     * Sends bytes to EE memory; DMA moves whole quadwords, so the length is rounded up.
     *
     * @param source address in IOP RAM; must not change before {@code sent} is called
     * @param destination address in EE memory, a multiple of 16
     * @return the number of the transfer, for {@link #done}
     */
    int send(int source, int destination, int bytes, Runnable sent) {
        int from = source;
        int to = destination;
        int left = bytes;
        while (left > LARGEST) {
            add(new Block(from, to, LARGEST, false, SifTransfers::nothing));
            from += LARGEST;
            to += LARGEST;
            left -= LARGEST;
        }
        add(new Block(from, to, left, false, sent));
        pump();
        return queued;
    }

    /** Sends bytes that nobody waits for. */
    void send(int source, int destination, int bytes) {
        send(source, destination, bytes, SifTransfers::nothing);
    }

    /** Sends a command packet: the EE's channel stops behind it and interrupts; {@code sent} is called when it has gone. */
    int sendPacket(int source, int destination, int bytes, Runnable sent) {
        add(new Block(source, destination, bytes, true, sent));
        pump();
        return queued;
    }

    /** Sends a command packet that nobody waits for. */
    void sendPacket(int source, int destination, int bytes) {
        sendPacket(source, destination, bytes, SifTransfers::nothing);
    }

    /** True once the transfer of that number, and all before it, are in EE memory. */
    boolean done(int number) {
        return number - done <= 0;
    }

    private void add(Block block) {
        queue.addLast(block);
        queued++;
    }

    private static void nothing() {}

    private void pump() {
        if (busy || queue.isEmpty()) {
            return;
        }
        busy = true;
        int tag = IopMemory.SIF_TAGS;
        int room = IopMemory.SIF_TAG_COUNT;
        while (!queue.isEmpty() && room-- > 0) {
            Block block = queue.removeFirst();
            boolean last = queue.isEmpty() || room == 0;
            int quads = (block.bytes + 15) >>> 4;
            memory.word(tag, block.source & 0x00FF_FFFF | (last ? TAG_LAST : 0));
            memory.word(tag + 4, quads * 4);
            memory.word(tag + 8, quads | EE_TAG_COUNT | (block.interrupt ? EE_TAG_INTERRUPT : 0));
            memory.word(tag + 12, block.destination & EE_MEMORY);
            running.add(block.sent);
            tag += TAG_BYTES;
        }
        bus.write32(SIF0_BASE + TADR, IopMemory.SIF_TAGS);
        bus.write32(SIF0_BASE + BCR, BLOCK_WORDS);
        bus.write32(SIF0_BASE + CHCR, CHCR_SEND_CHAIN);
    }

    private void ended() {
        if ((bus.read32(SIF0_BASE + CHCR) & 1 << 24) != 0) {
            return;
        }
        busy = false;
        List<Runnable> ended = running;
        running = new ArrayList<>();
        done += ended.size();
        for (Runnable sent : ended) {
            sent.run();
        }
        pump();
    }
}
