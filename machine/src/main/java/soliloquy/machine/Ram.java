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

    /** What the contents lie in, from {@link #start} on. */
    public final byte[] bytes;

    /** Where offset 0 is in {@link #bytes}; 0 but for memory behind another. */
    public final int start;

    /** Size minus one: any offset is masked with it. */
    public final int mask;

    /** Memory of {@code size} bytes, a power of two of 8 or more, all zero. */
    public Ram(int size) {
        this(size, 0);
    }

    /** The same with room for {@code room} bytes behind it in the same array. */
    public Ram(int size, int room) {
        this(new byte[Math.addExact(size, room)], 0, size);
    }

    private Ram(byte[] bytes, int start, int size) {
        if (Integer.bitCount(size) != 1 || size < 8 || size > bytes.length - start) {
            throw new IllegalArgumentException("size of RAM is " + size + ", expected a power of two of 8 or more");
        }
        this.bytes = bytes;
        this.start = start;
        mask = size - 1;
    }

    /** Main memory as the console is switched on: {@code size} bytes of {@link #UNWRITTEN}. */
    public static Ram switchedOn(int size) {
        return switchedOn(size, 0);
    }

    /** The same with room for {@code room} bytes behind it, filled alike. */
    public static Ram switchedOn(int size, int room) {
        Ram ram = new Ram(size, room);
        Arrays.fill(ram.bytes, (byte) UNWRITTEN);
        return ram;
    }

    /** Memory of {@code size} bytes in the room behind this: code that has the array of one has the other's too. */
    public Ram behind(int size) {
        return new Ram(bytes, start + size(), size);
    }

    public int size() {
        return mask + 1;
    }

    /** Reads a byte, zero-extended. */
    public int read8(int offset) {
        return bytes[start + (offset & mask)] & 0xFF;
    }

    /** Reads an aligned halfword, zero-extended; the low bit of the offset is ignored. */
    public int read16(int offset) {
        return (short) SHORTS.get(bytes, start + (offset & mask & ~1)) & 0xFFFF;
    }

    /** Reads an aligned word; the low bits of the offset are ignored. */
    public int read32(int offset) {
        return (int) INTS.get(bytes, start + (offset & mask & ~3));
    }

    /** Reads an aligned doubleword; the low bits of the offset are ignored. */
    public long read64(int offset) {
        return (long) LONGS.get(bytes, start + (offset & mask & ~7));
    }

    public void write8(int offset, int value) {
        bytes[start + (offset & mask)] = (byte) value;
    }

    public void write16(int offset, int value) {
        SHORTS.set(bytes, start + (offset & mask & ~1), (short) value);
    }

    public void write32(int offset, int value) {
        INTS.set(bytes, start + (offset & mask & ~3), value);
    }

    public void write64(int offset, long value) {
        LONGS.set(bytes, start + (offset & mask & ~7), value);
    }
}
