package soliloquy.machine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A block of little-endian memory shared by processors, DMA and devices. Offsets are bytes from its start and wrap at its
 * size, a power of two. The array is public because the hot paths of the processors index it directly.
 */
public final class Ram {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /**
     * What every byte of main memory holds until something writes it. Real memory starts with noise; this stands out in a dump, and
     * a program that uses it fails near the mistake: as a pointer it is misaligned and not mapped on either processor's user side,
     * as an instruction it is reserved, as a float it is a large negative number.
     */
    public static final int UNWRITTEN = 0xD5;

    /** The contents. */
    public final byte[] bytes;

    /** Size minus one: any offset is masked with it. */
    public final int mask;

    /** Memory of {@code size} bytes, a power of two of 8 or more, all zero. */
    public Ram(int size) {
        if (Integer.bitCount(size) != 1 || size < 8) {
            throw new IllegalArgumentException("size of RAM is " + size + ", expected a power of two of 8 or more");
        }
        bytes = new byte[size];
        mask = size - 1;
    }

    /** Main memory as the console is switched on: {@code size} bytes of {@link #UNWRITTEN}. */
    public static Ram switchedOn(int size) {
        Ram ram = new Ram(size);
        Arrays.fill(ram.bytes, (byte) UNWRITTEN);
        return ram;
    }

    public int size() {
        return bytes.length;
    }

    /** Reads a byte, zero-extended. */
    public int read8(int offset) {
        return bytes[offset & mask] & 0xFF;
    }

    /** Reads an aligned halfword, zero-extended; the low bit of the offset is ignored. */
    public int read16(int offset) {
        return (short) SHORTS.get(bytes, offset & mask & ~1) & 0xFFFF;
    }

    /** Reads an aligned word; the low bits of the offset are ignored. */
    public int read32(int offset) {
        return (int) INTS.get(bytes, offset & mask & ~3);
    }

    /** Reads an aligned doubleword; the low bits of the offset are ignored. */
    public long read64(int offset) {
        return (long) LONGS.get(bytes, offset & mask & ~7);
    }

    public void write8(int offset, int value) {
        bytes[offset & mask] = (byte) value;
    }

    public void write16(int offset, int value) {
        SHORTS.set(bytes, offset & mask & ~1, (short) value);
    }

    public void write32(int offset, int value) {
        INTS.set(bytes, offset & mask & ~3, value);
    }

    public void write64(int offset, long value) {
        LONGS.set(bytes, offset & mask & ~7, value);
    }
}
