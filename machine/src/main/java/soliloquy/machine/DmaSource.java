package soliloquy.machine;

/** A device that gives its data to a DMA channel, such as the drive to IOP channel 3. */
public interface DmaSource {
    /** Bytes that can be read now. */
    int available();

    /** Moves {@code length} bytes, at most {@link #available()}, to {@code destination} at {@code offset}. */
    void read(byte[] destination, int offset, int length);

    /** Installs what the channel does when data become available. */
    void onAvailable(Runnable channel);
}
