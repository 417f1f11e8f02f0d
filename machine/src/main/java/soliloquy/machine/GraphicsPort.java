package soliloquy.machine;

/** The GS as the GIF sees it: a 64-bit port for general registers and image data. Source: ps2tek "GIF", "GS". */
public interface GraphicsPort {
    /** Writes a general register (0x00 PRIM to 0x62 LABEL), as A+D does. */
    void writeRegister(int register, long value);

    /** Writes the Q of a PACKED ST or the default 1.0 at the start of a tag; used by the next RGBAQ. */
    void setQ(int floatBits);

    /** Sends image data to HWREG: {@code length} bytes of {@code data} from {@code offset}. */
    void transferImage(byte[] data, int offset, int length);
}
