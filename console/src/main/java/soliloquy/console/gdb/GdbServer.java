package soliloquy.console.gdb;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import soliloquy.console.Console;
import soliloquy.console.StopReason;
import soliloquy.console.debug.DebugPort;
import soliloquy.machine.InputException;

/** Listens for debuggers: one port for the EE, the next for the IOP. One debugger at a time has a processor. */
public final class GdbServer implements AutoCloseable {
    private static final int QUIET_MILLIS = 0;
    private static final int MOST_CLOSING_MILLIS = 2000;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<Channel> channels = new ArrayList<>();

    /**
     * Listens at once.
     *
     * @param console the machine behind the port; another one once a debugger has gone back
     * @param host address or name of this machine's interface; only {@code localhost} keeps others out
     * @param port of the EE, 0 for any that is free; the IOP's is the next
     * @throws InputException if it cannot listen there
     */
    public GdbServer(DebugPort debugPort, Supplier<Console> console, String host, int port)
            throws InputException, InterruptedException {
        try {
            listen(debugPort, console, EeTarget::new, host, port);
            listen(debugPort, console, IopTarget::new, host, port == 0 ? 0 : port + 1);
        } catch (InputException | InterruptedException e) {
            close();
            throw e;
        }
    }

    private void listen(
            DebugPort debugPort, Supplier<Console> console, Function<Console, Target> target, String host, int port)
            throws InputException, InterruptedException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new InputException(
                    "--gdb: '" + host + "' is not the name or address of an interface of this machine");
        }
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(
                                        new PacketDecoder(),
                                        new GdbConnection(
                                                target,
                                                debugPort,
                                                console,
                                                () -> console.get().stop(new StopReason.Closed())));
                    }
                });
        var bound = bootstrap.bind(address).await();
        if (!bound.isSuccess()) {
            throw new InputException("--gdb: cannot listen at %s port %d for the %s (%s); choose another port"
                    .formatted(
                            host,
                            port,
                            target.apply(console.get()).cpu(),
                            bound.cause().getMessage()));
        }
        channels.add(bound.channel());
    }

    /** Port of the EE's debugger. */
    public int eePort() {
        return ((InetSocketAddress) channels.get(0).localAddress()).getPort();
    }

    /** Port of the IOP's debugger. */
    public int iopPort() {
        return ((InetSocketAddress) channels.get(1).localAddress()).getPort();
    }

    /** Ends the connections after what has been sent. */
    @Override
    public void close() {
        group.shutdownGracefully(QUIET_MILLIS, MOST_CLOSING_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(MOST_CLOSING_MILLIS);
    }
}
