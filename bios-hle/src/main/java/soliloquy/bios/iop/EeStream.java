package soliloquy.bios.iop;

import java.util.ArrayDeque;

/**
 * A run of bytes on its way to any address of EE memory. DMA moves aligned quadwords only, so the bytes before the first
 * boundary and after the last travel in a structure of their own, which the client's library copies from: two lengths, two
 * destinations, two buffers of {@code unit} bytes. Source: ps2sdk {@code fileio-common.h} and {@code libcdvd-rpc.h}.
 */
final class EeStream {
    private static final int STAGING_BYTES = DiscReader.CHUNK * DiscReader.SECTOR + 64;
    private static final int QUADWORD = 16;

    private final IopMemory memory;
    private final SifTransfers transfers;
    private final int unit;
    private final int destination;
    private final int headBytes;
    private final int tailBytes;
    private final int tailStart;
    private final byte[] head;
    private final byte[] tail;
    private final byte[] carry = new byte[QUADWORD];
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private final boolean[] stagingUsed = new boolean[2];
    private int carried;
    private int position;
    private int sent;

    /**
     * @param unit 16 or 64: what the client's library aligns to, and the size of its two buffers
     * @param length bytes that will come, no more
     */
    EeStream(IopMemory memory, SifTransfers transfers, int destination, int length, int unit) {
        this.memory = memory;
        this.transfers = transfers;
        this.unit = unit;
        this.destination = destination;
        headBytes = Math.min(length, -destination & unit - 1);
        tailBytes = (length - headBytes) % unit;
        tailStart = length - tailBytes;
        head = new byte[unit];
        tail = new byte[unit];
    }

    /** Bytes taken so far. */
    int position() {
        return position;
    }

    /**
     * Takes the next bytes of the run; those beyond its length are dropped.
     *
     * @param address where they are in IOP RAM
     * @param taken called when they may be overwritten
     */
    void data(int address, int bytes, Runnable taken) {
        int at = address;
        int left = bytes;
        if (position < headBytes) {
            int count = Math.min(left, headBytes - position);
            memory.get(at, head, position, count);
            position += count;
            at += count;
            left -= count;
        }
        int body = Math.min(left, tailStart - position);
        int after = at + body;
        int rest = Math.min(left - body, tailStart + tailBytes - position - body);
        if (rest > 0) {
            memory.get(after, tail, position + body - tailStart, rest);
        }
        position += body + Math.max(rest, 0);
        if (body <= 0) {
            taken.run();
        } else if (carried == 0 && (at & 3) == 0 && body % QUADWORD == 0) {
            transfers.send(at, destination + headBytes + sent, body, taken);
            sent += body;
        } else {
            shift(at, body, taken);
        }
    }

    /** Bytes that do not come in whole quadwords go through a staging buffer. */
    private void shift(int at, int body, Runnable taken) {
        if (stagingUsed[0] && stagingUsed[1]) {
            waiting.addLast(() -> shift(at, body, taken));
            return;
        }
        int index = stagingUsed[0] ? 1 : 0;
        int staging = IopMemory.STAGING_BUFFERS + index * STAGING_BYTES;
        memory.put(staging, carry, 0, carried);
        memory.move(staging + carried, at, body);
        int total = carried + body;
        int whole = total & ~(QUADWORD - 1);
        carried = total - whole;
        memory.get(staging + whole, carry, 0, carried);
        if (whole > 0) {
            stagingUsed[index] = true;
            int to = destination + headBytes + sent;
            sent += whole;
            transfers.send(staging, to, whole, () -> {
                stagingUsed[index] = false;
                Runnable next = waiting.pollFirst();
                if (next != null) {
                    next.run();
                }
            });
        }
        taken.run();
    }

    /** Sends the bytes at the ends to the client's structure; nothing if it gave none. */
    void finish(int structure) {
        if (!SifRpc.inEeMemory(structure, QUADWORD + 2 * unit) || structure == 0) {
            return;
        }
        int block = memory.block();
        memory.word(block, Math.min(headBytes, position));
        memory.word(block + 4, Math.max(0, Math.min(tailBytes, position - tailStart)));
        memory.word(block + 8, destination);
        memory.word(block + 12, destination + tailStart);
        memory.put(block + 16, head, 0, unit);
        memory.put(block + 16 + unit, tail, 0, unit);
        transfers.send(block, structure, QUADWORD + 2 * unit);
    }
}
