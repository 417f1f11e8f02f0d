package soliloquy.console.gdb;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** Takes packets out of their frames: {@code $payload#checksum}, with escapes, and the characters that stand alone. */
final class PacketDecoder extends ByteToMessageDecoder {
    /** Bytes of payload that a packet may have, as {@code PacketSize} tells the debugger. */
    static final int LONGEST = 0x4000;

    private static final int INTERRUPT = 3;
    private static final int ESCAPE = '}';
    private static final int ESCAPED = 0x20;

    private enum State {
        BETWEEN,
        PAYLOAD,
        ESCAPE,
        CHECKSUM_HIGH,
        CHECKSUM_LOW
    }

    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
    private State state = State.BETWEEN;
    private boolean tooLong;
    private int sum;
    private int checksum;

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        while (in.isReadable()) {
            int value = in.readUnsignedByte();
            switch (state) {
                case BETWEEN -> between(value, out);
                case PAYLOAD -> payload(value);
                case ESCAPE -> {
                    sum += value;
                    put(value ^ ESCAPED);
                    state = State.PAYLOAD;
                }
                case CHECKSUM_HIGH -> {
                    checksum = Character.digit(value, 16) << 4;
                    state = State.CHECKSUM_LOW;
                }
                case CHECKSUM_LOW -> {
                    checksum |= Character.digit(value, 16);
                    out.add(complete());
                    state = State.BETWEEN;
                }
            }
        }
    }

    private void between(int value, List<Object> out) {
        switch (value) {
            case '$' -> begin();
            case '+' -> out.add(new Packet.Acknowledged());
            case '-' -> out.add(new Packet.NotAcknowledged());
            case INTERRUPT -> out.add(new Packet.Interrupt());
            default -> {} // noise between frames, as the manual allows
        }
    }

    private void begin() {
        state = State.PAYLOAD;
        payload.reset();
        tooLong = false;
        sum = 0;
    }

    private void payload(int value) {
        switch (value) {
            case '#' -> state = State.CHECKSUM_HIGH;
            case '$' -> begin();
            case ESCAPE -> {
                sum += value;
                state = State.ESCAPE;
            }
            default -> {
                sum += value;
                put(value);
            }
        }
    }

    private void put(int value) {
        if (payload.size() < LONGEST) {
            payload.write(value);
        } else {
            tooLong = true;
        }
    }

    private Packet complete() {
        if (checksum != (sum & 0xFF)) {
            return new Packet.Damaged();
        }
        return tooLong ? new Packet.TooLong() : new Packet.Command(ByteBuffer.wrap(payload.toByteArray()));
    }
}
