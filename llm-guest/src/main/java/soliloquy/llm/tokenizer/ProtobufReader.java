package soliloquy.llm.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import soliloquy.machine.InputException;

/** Walks the fields of one protobuf message (wire format: varint 0, 64-bit 1, bytes 2, 32-bit 5), bounds-checked. */
final class ProtobufReader {
    private final String file;
    private final ByteBuffer buffer;
    private int field;
    private long number;
    private int start;
    private int length;

    ProtobufReader(String file, byte[] bytes) {
        this(file, ByteBuffer.wrap(bytes));
    }

    private ProtobufReader(String file, ByteBuffer buffer) {
        this.file = file;
        this.buffer = buffer.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Goes to the next field; false at the end of the message. */
    boolean next() throws InputException {
        if (!buffer.hasRemaining()) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        start = -1;
        switch ((int) tag & 7) {
            case 0 -> number = varint();
            case 1 -> {
                need(8);
                number = buffer.getLong();
            }
            case 2 -> {
                long size = varint();
                if (size < 0 || size > buffer.remaining()) {
                    throw fault(
                            "a field of " + Long.toUnsignedString(size) + " bytes", buffer.remaining() + " at most");
                }
                start = buffer.position();
                length = (int) size;
                buffer.position(start + length);
            }
            case 5 -> {
                need(4);
                number = buffer.getInt();
            }
            default -> throw fault("wire type " + (tag & 7), "0, 1, 2 or 5");
        }
        return true;
    }

    /** Number of the current field. */
    int field() {
        return field;
    }

    /** A varint or fixed-size value. */
    int integer() throws InputException {
        if (start >= 0) {
            throw fault("bytes in field " + field, "a number");
        }
        return (int) number;
    }

    /** A 32-bit floating-point value. */
    float real() throws InputException {
        return Float.intBitsToFloat(integer());
    }

    /** The bytes of a length-delimited field. */
    byte[] bytes() throws InputException {
        if (start < 0) {
            throw fault("a number in field " + field, "bytes");
        }
        byte[] bytes = new byte[length];
        buffer.get(start, bytes);
        return bytes;
    }

    /** A length-delimited field as text. */
    String text() throws InputException {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** The message inside a length-delimited field. */
    ProtobufReader message() throws InputException {
        if (start < 0) {
            throw fault("a number in field " + field, "a message");
        }
        return new ProtobufReader(file, buffer.duplicate().position(start).limit(start + length));
    }

    private long varint() throws InputException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            need(1);
            int next = buffer.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw fault("a varint of more than ten bytes", "at most ten");
    }

    private void need(int count) throws InputException {
        if (buffer.remaining() < count) {
            throw fault("the end of the message", count + " more bytes");
        }
    }

    private InputException fault(String found, String expected) {
        return InputException.at(file, buffer.position(), found, expected);
    }
}
