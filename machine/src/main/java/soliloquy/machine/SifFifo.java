package soliloquy.machine;

/**
 * The FIFO between a DMA channel of the EE and one of the IOP: SIF0 carries words from the IOP to the EE, SIF1 from the EE to
 * the IOP. Holds eight quadwords (32 words). The two channels tell each other of progress through the two listeners.
 */
public final class SifFifo {
    /** Capacity in words. */
    public static final int WORDS = 32;

    private static final int BYTES = 4 * WORDS;

    private final Ram ring = new Ram(BYTES);
    private int first;
    private int count;
    private Runnable onData = () -> {};
    private Runnable onRoom = () -> {};

    /** Words that can be taken. */
    public int count() {
        return count;
    }

    /** Words that can be put. */
    public int room() {
        return WORDS - count;
    }

    /** Appends a word; there must be room. */
    public void put(int word) {
        checkRoom(1);
        ring.write32(first + count++ << 2, word);
    }

    /** Removes the oldest word; there must be one. */
    public int take() {
        checkCount(1);
        int word = ring.read32(first << 2);
        first = first + 1 & WORDS - 1;
        count--;
        return word;
    }

    /** Appends {@code words} words of {@code source} from byte {@code offset}, which wraps; there must be room. */
    public void put(Ram source, int offset, int words) {
        checkRoom(words);
        copy(source, offset & ~3, ring, first + count << 2, words << 2);
        count += words;
    }

    /** Removes the oldest {@code words} words into {@code destination} at byte {@code offset}, which wraps. */
    public void take(Ram destination, int offset, int words) {
        checkCount(words);
        copy(ring, first << 2, destination, offset & ~3, words << 2);
        first = first + words & WORDS - 1;
        count -= words;
    }

    /** Forgets everything, as a reset does. */
    public void clear() {
        first = 0;
        count = 0;
    }

    private static void copy(Ram from, int fromOffset, Ram to, int toOffset, int length) {
        int source = fromOffset;
        int destination = toOffset;
        int left = length;
        while (left > 0) {
            int start = source & from.mask;
            int end = destination & to.mask;
            int run = Math.min(left, Math.min(from.size() - start, to.size() - end));
            System.arraycopy(from.bytes, from.start + start, to.bytes, to.start + end, run);
            source += run;
            destination += run;
            left -= run;
        }
    }

    private void checkRoom(int words) {
        if (words > room()) {
            throw new IllegalStateException("SIF FIFO is full");
        }
    }

    private void checkCount(int words) {
        if (words > count) {
            throw new IllegalStateException("SIF FIFO is empty");
        }
    }

    /** Installs what the consuming channel does when the producer has put words. */
    public void onData(Runnable consumer) {
        onData = consumer;
    }

    /** Installs what the producing channel does when the consumer has made room. */
    public void onRoom(Runnable producer) {
        onRoom = producer;
    }

    /** Called by the producer after it has put words. */
    public void signalData() {
        onData.run();
    }

    /** Called by the consumer after it has taken words. */
    public void signalRoom() {
        onRoom.run();
    }
}
