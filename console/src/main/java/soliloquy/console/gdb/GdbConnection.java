package soliloquy.console.gdb;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import soliloquy.console.Console;
import soliloquy.console.debug.DebugPort;

/**
 * The connection of one debugger, on Netty's thread: acknowledges packets and hands the commands to the emulation thread, which
 * answers them in their order.
 */
final class GdbConnection extends SimpleChannelInboundHandler<Packet> implements GdbSession.Line {
    private static final Logger LOG = LoggerFactory.getLogger(GdbConnection.class);

    private final DebugPort.Cpu cpu;
    private final DebugPort port;
    private final GdbSession session;
    private ChannelHandlerContext context;
    private volatile boolean acknowledges = true;
    private volatile boolean refused;
    private byte[] last = {};

    GdbConnection(Function<Console, Target> targets, DebugPort port, Supplier<Console> console, Runnable kill) {
        super(Packet.class);
        this.port = port;
        session = new GdbSession(targets, port, console, this, kill);
        cpu = session.cpu();
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context = active;
        LOG.info("a debugger at {} attaches to the {}", active.channel().remoteAddress(), cpu);
        boolean taken = port.submit(() -> {
            if (!session.attach()) {
                refused = true;
                LOG.warn("it is refused: another debugger has the {}", cpu);
            }
        });
        if (!taken) {
            var _ = active.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        LOG.info("the debugger of the {} is gone", cpu);
        if (!refused) {
            port.submit(() -> {
                if (!refused) {
                    session.detach();
                }
            });
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext reading, Packet packet) {
        switch (packet) {
            case Packet.Command command -> {
                acknowledge('+');
                submit(() -> session.handle(command.payload()));
            }
            case Packet.Damaged damaged -> acknowledge('-');
            case Packet.TooLong tooLong -> {
                acknowledge('+');
                write(new Reply().text("E16").frame());
            }
            case Packet.NotAcknowledged again -> write(last);
            case Packet.Interrupt interrupt -> submit(session::interrupt);
            case Packet.Acknowledged acknowledged -> {}
        }
    }

    /** Has {@code request} run by the emulation thread, or refuses it if the processor has another debugger. */
    private void submit(Runnable request) {
        boolean taken = port.submit(() -> {
            if (refused) {
                write(new Reply()
                        .text("E.another debugger is attached to the " + cpu + "; detach it first")
                        .frame());
                close();
            } else {
                request.run();
            }
        });
        if (!taken) {
            var _ = context.close();
        }
    }

    private void acknowledge(char sign) {
        if (acknowledges) {
            var _ = context.writeAndFlush(Unpooled.copiedBuffer(String.valueOf(sign), StandardCharsets.ISO_8859_1));
        }
    }

    @Override
    public void send(byte[] frame) {
        last = frame;
        write(frame);
    }

    private void write(byte[] frame) {
        if (context.executor().isShuttingDown()) {
            return; // the console ends, and the server with it
        }
        var _ = context.writeAndFlush(Unpooled.wrappedBuffer(frame));
    }

    @Override
    public void withoutAcknowledgements() {
        acknowledges = false;
    }

    @Override
    public void close() {
        if (context.executor().isShuttingDown()) {
            return;
        }
        context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext failing, Throwable cause) {
        LOG.warn("the connection of the {}'s debugger failed: {}", cpu, cause.toString());
        var _ = failing.close();
    }
}
