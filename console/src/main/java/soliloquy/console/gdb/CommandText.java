package soliloquy.console.gdb;

import java.nio.ByteBuffer;

/** Reads a command of the debugger from left to right. All methods throw {@link ProtocolException} where it is not as expected. */
final class CommandText {
    private final ByteBuffer bytes;

    CommandText(ByteBuffer bytes) {
        this.bytes = bytes.duplicate();
    }

    boolean atEnd() {
        return !bytes.hasRemaining();
    }

    /** Skips {@code text} if it comes next. */
    boolean skip(String text) {
        if (bytes.remaining() < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes.get(bytes.position() + i) != text.charAt(i)) {
                return false;
            }
        }
        bytes.position(bytes.position() + text.length());
        return true;
    }

    void expect(String text) throws ProtocolException {
        if (!skip(text)) {
            throw new ProtocolException("'" + text + "' was expected");
        }
    }

    /** A hexadecimal number of at most 64 bits. */
    long number() throws ProtocolException {
        long value = 0;
        int digits = 0;
        while (bytes.hasRemaining() && Character.digit(bytes.get(bytes.position()), 16) >= 0) {
            value = value << 4 | Character.digit(bytes.get(), 16);
            digits++;
        }
        if (digits == 0 || digits > 16) {
            throw new ProtocolException("a hexadecimal number was expected");
        }
        return value;
    }

    /** An address: its low 32 bits. */
    int address() throws ProtocolException {
        return (int) number();
    }

    /** A number of bytes, from 0 to {@code most}. */
    int length(int most) throws ProtocolException {
        long value = number();
        if (value < 0 || value > most) {
            throw new ProtocolException("a length of at most " + most + " was expected");
        }
        return (int) value;
    }

    /** The number of a thread: positive, 0 for any, -1 for all; that of a process may stand before it. */
    int thread() throws ProtocolException {
        if (skip("p")) {
            if (!skip("-1")) {
                number();
            }
            if (!skip(".")) {
                return -1;
            }
        }
        return skip("-1") ? -1 : (int) number();
    }

    /** Two digits. */
    int hexByte() throws ProtocolException {
        if (bytes.remaining() < 2) {
            throw new ProtocolException("two more digits were expected");
        }
        int high = Character.digit(bytes.get(), 16);
        int low = Character.digit(bytes.get(), 16);
        if (high < 0 || low < 0) {
            throw new ProtocolException("two hexadecimal digits were expected");
        }
        return high << 4 | low;
    }

    /** A value of {@code count} bytes, at most eight, the lowest first. */
    long littleEndian(int count) throws ProtocolException {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (long) hexByte() << 8 * i;
        }
        return value;
    }

    /** A byte as it is. */
    int binary() throws ProtocolException {
        if (!bytes.hasRemaining()) {
            throw new ProtocolException("more bytes were expected");
        }
        return bytes.get() & 0xFF;
    }

    /** Text up to the next {@code end}, which is skipped, or to the end of the command. */
    String until(char end) {
        StringBuilder text = new StringBuilder();
        while (bytes.hasRemaining()) {
            char next = (char) (bytes.get() & 0xFF);
            if (next == end) {
                break;
            }
            text.append(next);
        }
        return text.toString();
    }

    /** The rest, from digits. */
    String hexText() throws ProtocolException {
        byte[] text = new byte[bytes.remaining() / 2];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) hexByte();
        }
        return new String(text, java.nio.charset.StandardCharsets.UTF_8);
    }
}
