package soliloquy.console.gdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Packets in whatever pieces they come, and what is none. */
class PacketDecoderTest {
    private static List<Packet> decode(byte[] bytes, int piece) {
        EmbeddedChannel channel = new EmbeddedChannel(new PacketDecoder());
        for (int i = 0; i < bytes.length; i += piece) {
            channel.writeInbound(Unpooled.copiedBuffer(bytes, i, Math.min(piece, bytes.length - i)));
        }
        List<Packet> packets = new ArrayList<>();
        Packet packet;
        while ((packet = channel.readInbound()) != null) {
            packets.add(packet);
        }
        channel.finishAndReleaseAll();
        return packets;
    }

    @Property(tries = 500)
    void whatIsFramedComesOutAgain(
            @ForAll @Size(max = 300) byte[] payload, @ForAll @IntRange(min = 1, max = 40) int piece) {
        Reply reply = new Reply();
        for (byte value : payload) {
            reply.binary(value);
        }
        List<Packet> packets = decode(reply.frame(), piece);
        assertThat(packets).hasSize(1);
        assertThat(packets.getFirst()).isInstanceOfSatisfying(Packet.Command.class, command -> {
            byte[] decoded = new byte[command.payload().remaining()];
            command.payload().duplicate().get(decoded);
            assertThat(decoded).isEqualTo(payload);
        });
    }

    @Property(tries = 500)
    void noiseDoesNoHarm(@ForAll @Size(max = 500) byte[] noise, @ForAll @IntRange(min = 1, max = 40) int piece) {
        List<Packet> packets = decode(noise, piece);
        assertThat(packets).hasSizeLessThanOrEqualTo(noise.length);
        byte[] followed = new byte[noise.length + 9];
        System.arraycopy(noise, 0, followed, 0, noise.length);
        // "#00" ends whatever frame the noise has begun
        System.arraycopy(
                "#00$?#3f+".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), 0, followed, noise.length, 9);
        assertThat(decode(followed, piece))
                .anySatisfy(packet -> assertThat(packet).isInstanceOf(Packet.Command.class));
    }
}
