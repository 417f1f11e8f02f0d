package soliloquy.console;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Assembles guest programs of a few words and wraps them into ELF files. Encodings from the MIPS manual. */
final class GuestProgram {
    static final int START = 0x0010_0000;
    static final int ZERO = 0;
    static final int V1 = 3;
    static final int A0 = 4;
    static final int T0 = 8;
    static final int T1 = 9;
    static final int SP = 29;

    private static final int SIO_TXFIFO = 0x1000_F180;
    private static final int EXIT = 4;
    private static final int HEADERS = 52 + 32;

    private final List<Integer> words = new ArrayList<>();

    /** Adds instruction words. */
    GuestProgram words(int... more) {
        for (int word : more) {
            words.add(word);
        }
        return this;
    }

    /** LUI and ORI. */
    GuestProgram load(int register, int value) {
        return words(
                0x3C00_0000 | register << 16 | value >>> 16,
                0x3400_0000 | register << 21 | register << 16 | value & 0xFFFF);
    }

    /** Prints through the serial port. */
    GuestProgram print(String text) {
        load(T0, SIO_TXFIFO);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            words(0x3400_0000 | T1 << 16 | octet & 0xFF, 0xA000_0000 | T0 << 21 | T1 << 16);
        }
        return this;
    }

    /** System call Exit. */
    GuestProgram exit(int status) {
        return load(A0, status).call(EXIT);
    }

    /** System call {@code number}. */
    GuestProgram call(int number) {
        return words(0x2400_0000 | V1 << 16 | number & 0xFFFF, 0xC);
    }

    /** BEQ $0, $0 to itself. */
    GuestProgram loopForever() {
        return words(0x1000_FFFF, 0);
    }

    /** The ELF. */
    byte[] elf() {
        int size = 4 * words.size();
        ByteBuffer file = ByteBuffer.allocate(HEADERS + size).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7F, 'E', 'L', 'F', 1, 1, 1});
        file.putShort(16, (short) 2).putShort(18, (short) 8).putInt(20, 1).putInt(24, START);
        file.putInt(28, 52).putShort(42, (short) 32).putShort(44, (short) 1);
        file.putInt(52, 1)
                .putInt(56, HEADERS)
                .putInt(60, START)
                .putInt(68, size)
                .putInt(72, size);
        for (int i = 0; i < words.size(); i++) {
            file.putInt(HEADERS + 4 * i, words.get(i));
        }
        return file.array();
    }
}
