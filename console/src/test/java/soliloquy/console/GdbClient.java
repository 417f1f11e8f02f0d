package soliloquy.console;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A debugger of the remote serial protocol, reduced to sending commands and reading answers. */
final class GdbClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;

    private final Socket socket;
    private final InputStream in;

    GdbClient(int port) throws IOException {
        socket = new Socket("localhost", port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
    }

    /** Sends a command and returns the answer. */
    String ask(String command) throws IOException {
        send(command);
        return answer();
    }

    /** Sends a command. */
    void send(String command) throws IOException {
        int sum = 0;
        for (int i = 0; i < command.length(); i++) {
            sum += command.charAt(i);
        }
        raw("$" + command + "#" + "%02x".formatted(sum & 0xFF));
    }

    /** Sends these characters as they are. */
    void raw(String characters) throws IOException {
        socket.getOutputStream().write(characters.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The next packet that comes; what is not in a packet is skipped. */
    String answer() throws IOException {
        int next;
        do {
            next = read();
        } while (next != '$');
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        while ((next = read()) != '#') {
            payload.write(next == '}' ? read() ^ 0x20 : next);
        }
        read();
        read();
        raw("+");
        return payload.toString(StandardCharsets.ISO_8859_1);
    }

    private int read() throws IOException {
        int value = in.read();
        if (value < 0) {
            throw new EOFException("the server has closed the connection");
        }
        return value;
    }

    /** True once the server has closed the connection. */
    boolean isClosed() throws IOException {
        int next;
        do {
            next = in.read();
        } while (next == '+');
        return next < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
