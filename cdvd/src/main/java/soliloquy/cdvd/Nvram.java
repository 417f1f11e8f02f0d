package soliloquy.cdvd;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the system controller keeps without power: 512 words that programs may read and write, the console's numbers, and the
 * settings' areas. It begins anew with each console. Source: PCSX2's CDVD.cpp for the sizes. On a console numbers and settings lie
 * in the words, at places that differ from model to model; here they are apart.
 */
final class Nvram {
    private static final int WORDS = 512;
    private static final int AREAS = 3;
    private static final int AREA_BLOCKS = 32;

    /** Bytes that one configuration command moves. */
    static final int BLOCK_BYTES = 16;

    private final byte[] words = new byte[2 * WORDS];
    private final byte[] settings = new byte[AREAS * AREA_BLOCKS * BLOCK_BYTES];
    /** No console's: 8 bytes each. */
    private final byte[] linkId = {0, 0, 0, 0, 0, 0, 0, 1};

    private final byte[] consoleId = new byte[8];
    private final byte[] mac = new byte[8];
    private final byte[] modelNumber = Arrays.copyOf("SCPH-39001".getBytes(StandardCharsets.US_ASCII), 16);
    private int next;
    private int end;
    private boolean writable;

    byte[] linkId() {
        return linkId;
    }

    byte[] consoleId() {
        return consoleId;
    }

    byte[] mac() {
        return mac;
    }

    /** 16 characters, with zeros behind the last. */
    byte[] modelNumber() {
        return modelNumber;
    }

    /** The word at {@code address}, or -1 if there is none. */
    int word(int address) {
        return address < WORDS ? (words[2 * address] & 0xFF) << 8 | words[2 * address + 1] & 0xFF : -1;
    }

    /** Writes a word; false if there is none at {@code address}. */
    boolean word(int address, int value) {
        if (address >= WORDS) {
            return false;
        }
        words[2 * address] = (byte) (value >> 8);
        words[2 * address + 1] = (byte) value;
        return true;
    }

    /** Opens {@code blocks} blocks of an area of the settings, for reading (mode 0) or writing (mode 1). */
    boolean open(int mode, int area, int blocks) {
        if (mode > 1 || area >= AREAS || blocks > AREA_BLOCKS) {
            close();
            return false;
        }
        writable = mode == 1;
        next = area * AREA_BLOCKS * BLOCK_BYTES;
        end = next + blocks * BLOCK_BYTES;
        return true;
    }

    void close() {
        end = next;
    }

    /** Appends the next block to {@code result}; false if there is none. */
    boolean read(ByteQueue result) {
        if (next == end) {
            return false;
        }
        for (int i = 0; i < BLOCK_BYTES; i++) {
            result.put(settings[next++]);
        }
        return true;
    }

    /** Takes the next block from {@code parameters}; false if there is none or the area is open for reading. */
    boolean write(ByteQueue parameters) {
        if (!writable || next == end || parameters.count() < BLOCK_BYTES) {
            return false;
        }
        for (int i = 0; i < BLOCK_BYTES; i++) {
            settings[next++] = (byte) parameters.get(i);
        }
        return true;
    }
}
