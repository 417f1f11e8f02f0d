package soliloquy.machine;

/** A device on a controller or memory card port, driven byte by byte by SIO2. Source: ps2tek "SIO2". */
public interface SerialDevice {
    /** The port selects the device: the next byte is the first of a command. */
    void select();

    /** Exchanges one byte: takes the command byte and returns the reply byte sent at the same time. */
    int exchange(int command);

    /** True if the device answers at all. */
    boolean present();
}
