package soliloquy.machine;

/**
 * The FIFO between a DMA channel of the EE and one of the IOP: SIF0 carries words from the IOP to the EE, SIF1 from the EE to
 * the IOP. Holds eight quadwords (32 words). The two channels tell each other of progress through the two listeners.
 */
public final class SifFifo {
    /** Capacity in words. */
    public static final int WORDS = 32;

    private final int[] words = new int[WORDS];
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
        if (count == WORDS) {
            throw new IllegalStateException("SIF FIFO is full");
        }
        words[(first + count++) % WORDS] = word;
    }

    /** Removes the oldest word; there must be one. */
    public int take() {
        if (count == 0) {
            throw new IllegalStateException("SIF FIFO is empty");
        }
        int word = words[first];
        first = (first + 1) % WORDS;
        count--;
        return word;
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
