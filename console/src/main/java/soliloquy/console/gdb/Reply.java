package soliloquy.console.gdb;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The payload of a packet to the debugger, as it is built. */
final class Reply {
    private static final String DIGITS = "0123456789abcdef";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Appends text, which has none of the protocol's special characters. */
    Reply text(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** Appends a byte as two digits. */
    Reply hex(int value) {
        bytes.write(DIGITS.charAt(value >> 4 & 15));
        bytes.write(DIGITS.charAt(value & 15));
        return this;
    }

    /** Appends the low {@code count} bytes of a value, the lowest first. */
    Reply littleEndian(long value, int count) {
        for (int i = 0; i < count; i++) {
            hex((int) (value >> 8 * i) & 0xFF);
        }
        return this;
    }

    /** Appends text as digits, in UTF-8. */
    Reply hexText(String text) {
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            hex(value);
        }
        return this;
    }

    /** Appends a byte as it is, escaped if it must be. */
    Reply binary(int value) {
        int low = value & 0xFF;
        if (low == '$' || low == '#' || low == '}' || low == '*') {
            bytes.write('}');
            low ^= 0x20;
        }
        bytes.write(low);
        return this;
    }

    /** The payload in its frame. */
    byte[] frame() {
        byte[] payload = bytes.toByteArray();
        int sum = 0;
        for (byte value : payload) {
            sum += value;
        }
        byte[] frame = new byte[payload.length + 4];
        frame[0] = '$';
        System.arraycopy(payload, 0, frame, 1, payload.length);
        frame[payload.length + 1] = '#';
        frame[payload.length + 2] = (byte) DIGITS.charAt(sum >> 4 & 15);
        frame[payload.length + 3] = (byte) DIGITS.charAt(sum & 15);
        return frame;
    }
}
