package soliloquy.bios.iop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import soliloquy.bios.TestConsole;
import soliloquy.machine.Clocks;

/** The EE's side of SIF commands and RPC as ps2sdk's sifcmd.c and sifrpc.c have it, driven by system calls. */
final class EeClient {
    private static final int RECEIVE = 0x210000;
    private static final int PACKET = 0x220000;
    private static final int TRANSFERS = 0x221000;
    static final int REQUEST = 0x230000;
    static final int ANSWER = 0x240000;
    private static final int SET_DMA = 0x77;
    private static final int SET_D_CHAIN = 0x78;

    /** A server that was bound: its handle and its request buffer in IOP RAM. */
    record Server(int handle, int buffer) {}

    final TestConsole console;
    private final int iopBuffer;

    EeClient(TestConsole console) {
        this.console = console;
        console.start();
        console.call(SET_D_CHAIN);
        assertThat(console.call(0x7A, 4) & 0x70000).isEqualTo(0x70000);
        iopBuffer = console.call(0x7A, 2);
        command(0x80000002, 0, RECEIVE);
    }

    int word(int address) {
        return console.bus.read32(address);
    }

    /** Sends a packet: header with option, then words; data before it if {@code size} is not 0. */
    void command(int id, int option, int[] words, int source, int destination, int size) {
        for (int i = 0; i < 16; i++) {
            console.bus.write32(PACKET + 4 * i, 0);
        }
        console.bus.write32(PACKET, 64 | size << 8);
        console.bus.write32(PACKET + 4, destination);
        console.bus.write32(PACKET + 8, id);
        console.bus.write32(PACKET + 12, option);
        for (int i = 0; i < words.length; i++) {
            console.bus.write32(PACKET + 16 + 4 * i, words[i]);
        }
        List<int[]> transfers = new ArrayList<>();
        if (size > 0) {
            transfers.add(new int[] {source, destination, size, 0});
        }
        transfers.add(new int[] {PACKET, iopBuffer, 64, 0x44});
        for (int i = 0; i < transfers.size(); i++) {
            for (int j = 0; j < 4; j++) {
                console.bus.write32(TRANSFERS + 16 * i + 4 * j, transfers.get(i)[j]);
            }
        }
        int id2 = console.call(SET_DMA, TRANSFERS, transfers.size());
        assertThat(id2).isPositive();
        long limit = console.scheduler.now() + Clocks.EE_HZ;
        while (console.call(0x76, id2) >= 0 && console.scheduler.now() < limit) {
            console.run(100);
        }
        assertThat(console.call(0x76, id2)).isNegative();
    }

    void command(int id, int option, int... words) {
        command(id, option, words, 0, 0, 0);
    }

    /** Waits for the next packet of the IOP, at most {@code seconds} of guest time, and takes it. */
    int[] receive(double seconds) {
        long limit = console.scheduler.now() + Clocks.cycles(seconds);
        while (((word(RECEIVE) & 0xFF) == 0 || running()) && console.scheduler.now() < limit) {
            console.run(1000);
        }
        assertThat(word(RECEIVE) & 0xFF).as("a packet of the IOP").isPositive();
        int[] packet = new int[16];
        for (int i = 0; i < packet.length; i++) {
            packet[i] = word(RECEIVE + 4 * i);
        }
        console.bus.write32(RECEIVE, 0);
        console.call(SET_D_CHAIN);
        return packet;
    }

    /** True until channel 5 has ended behind the packet, which is when a program's handler would run. */
    private boolean running() {
        return (word(0x1000C000) & 0x100) != 0;
    }

    Server bind(int id) {
        command(0x80000009, 0, 5, PACKET, 1, 0x250000, id);
        int[] end = receive(0.1);
        assertThat(end[2]).isEqualTo(0x80000008);
        assertThat(end[7]).isEqualTo(0x250000);
        assertThat(end[8]).isEqualTo(0x80000009);
        return new Server(end[9], end[10]);
    }

    /** Starts a call whose request is at {@link #REQUEST}. */
    void begin(Server server, int function, int size, int answerSize) {
        command(
                0x8000000A,
                0,
                new int[] {5, PACKET, 1, 0x250000, function, size, ANSWER, answerSize, 1, server.handle},
                REQUEST,
                server.buffer,
                size);
    }

    /** Waits for the end of a call; returns the first word of the answer. */
    int end(double seconds) {
        int[] end = receive(seconds);
        assertThat(end[2]).isEqualTo(0x80000008);
        assertThat(end[8]).isEqualTo(0x8000000A);
        return word(ANSWER);
    }

    int call(Server server, int function, int size, int answerSize) {
        begin(server, function, size, answerSize);
        return end(2);
    }

    void request(int... words) {
        for (int i = 0; i < words.length; i++) {
            console.bus.write32(REQUEST + 4 * i, words[i]);
        }
    }

    void text(int address, String text) {
        for (int i = 0; i <= text.length(); i++) {
            console.bus.write8(address + i, i < text.length() ? text.charAt(i) : 0);
        }
    }
}
