package soliloquy.bios.iop;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import soliloquy.bios.irx.IopKernel;
import soliloquy.bios.irx.ModuleCall;
import soliloquy.bios.irx.WaitQueue;

/**
 * RPC servers and clients that are modules. Their state is in the structures of IOP RAM that the modules give, as in the ROM's
 * sifcmd. Source: ps2sdk {@code sifrpc.c} and {@code sifrpc-common.h}.
 */
final class ModuleRpc {
    private static final int MOST = 256;

    /** Offsets in a queue. */
    private static final int QUEUE_THREAD = 0;

    private static final int QUEUE_ACTIVE = 4;
    private static final int QUEUE_SERVERS = 8;
    private static final int QUEUE_START = 12;
    private static final int QUEUE_END = 16;
    private static final int QUEUE_NEXT = 20;

    /** Offsets in a server. */
    private static final int SERVER_ID = 0;

    private static final int SERVER_FUNCTION = 4;
    private static final int SERVER_BUFFER = 8;
    private static final int SERVER_SIZE = 12;
    private static final int SERVER_CLIENT = 28;
    private static final int SERVER_PACKET = 32;
    private static final int SERVER_NUMBER = 36;
    private static final int SERVER_RECEIVE = 40;
    private static final int SERVER_RECEIVE_SIZE = 44;
    private static final int SERVER_MODE = 48;
    private static final int SERVER_RECORD = 52;
    private static final int SERVER_LINK = 56;
    private static final int SERVER_NEXT = 60;
    private static final int SERVER_QUEUE = 64;

    /** Offsets in a client. */
    private static final int CLIENT_PACKET = 0;

    private static final int CLIENT_BUFFER = 20;
    private static final int CLIENT_END_FUNCTION = 28;
    private static final int CLIENT_END_ARGUMENT = 32;
    private static final int CLIENT_SERVER = 36;

    private static final int NO_WAIT = 1;
    private static final int NOT_SENT = -2;

    private final IopKernel kernel;
    private final IopMemory memory;
    private final SifTransfers transfers;
    private final SifCommands commands;
    /** What waits for an END packet, by the address of its client structure. */
    private final Map<Integer, WaitQueue> pending = new HashMap<>();

    private int queues;

    ModuleRpc(IopKernel kernel, IopMemory memory, SifTransfers transfers, SifCommands commands) {
        this.kernel = kernel;
        this.memory = memory;
        this.transfers = transfers;
        this.commands = commands;
    }

    void reset() {
        pending.clear();
        queues = 0;
    }

    private int word(int address) {
        return memory.word(address & 0x1FFF_FFFC);
    }

    private void word(int address, int value) {
        memory.word(address & 0x1FFF_FFFC, value);
    }

    /** sceSifSetRpcQueue. */
    int queue(int queue, int thread) {
        word(queue + QUEUE_THREAD, thread);
        for (int field = QUEUE_ACTIVE; field <= QUEUE_NEXT; field += 4) {
            word(queue + field, 0);
        }
        if (queues == 0) {
            queues = queue;
        } else {
            append(queues, QUEUE_NEXT, queue);
        }
        return 0;
    }

    /** sceSifRegisterRpc: server, number, function, buffer, cancel function, its buffer, queue. */
    int register(ModuleCall call) {
        int server = call.argument(0);
        int queue = call.argument(6);
        word(server + SERVER_ID, call.argument(1));
        word(server + SERVER_FUNCTION, call.argument(2));
        word(server + SERVER_BUFFER, call.argument(3));
        word(server + 16, call.argument(4));
        word(server + 20, call.argument(5));
        word(server + SERVER_LINK, 0);
        word(server + SERVER_NEXT, 0);
        word(server + SERVER_QUEUE, queue);
        if (word(queue + QUEUE_SERVERS) == 0) {
            word(queue + QUEUE_SERVERS, server);
        } else {
            append(word(queue + QUEUE_SERVERS), SERVER_LINK, server);
        }
        return 0;
    }

    private void append(int first, int link, int added) {
        int at = first;
        for (int i = 0; i < MOST && word(at + link) != 0 && at != added; i++) {
            at = word(at + link);
        }
        if (at != added) {
            word(at + link, added);
        }
    }

    /** Takes {@code wanted} out of a list whose first is in the word at {@code head}. */
    private int unlink(int head, int link, int wanted) {
        int at = head;
        for (int i = 0; i < MOST && word(at) != 0; i++) {
            if (word(at) == wanted) {
                word(at, word(wanted + link));
                return wanted;
            }
            at = word(at) + link;
        }
        return 0;
    }

    /** sceSifRemoveRpc. */
    int remove(int server, int queue) {
        return unlink(queue + QUEUE_SERVERS, SERVER_LINK, server);
    }

    /** sceSifRemoveRpcQueue. */
    int removeQueue(int queue) {
        if (queues == queue) {
            queues = word(queue + QUEUE_NEXT);
            return queue;
        }
        return queues == 0 ? 0 : unlink(queues + QUEUE_NEXT, QUEUE_NEXT, queue);
    }

    private int find(int id) {
        int queue = queues;
        for (int i = 0; i < MOST && queue != 0; i++) {
            int server = word(queue + QUEUE_SERVERS);
            for (int j = 0; j < MOST && server != 0; j++) {
                if (word(server + SERVER_ID) == id) {
                    return server;
                }
                server = word(server + SERVER_LINK);
            }
            queue = word(queue + QUEUE_NEXT);
        }
        return 0;
    }

    /** BIND of a client on the EE; false if no module offers the server. */
    boolean bind(int[] packet) {
        int server = find(packet[8]);
        if (server != 0) {
            end(packet[4], packet[5], packet[6], packet[7], SifCommands.RPC_BIND, server, word(server + SERVER_BUFFER));
        }
        return server != 0;
    }

    private void end(int record, int packet, int id, int client, int command, int server, int buffer) {
        commands.send(
                SifCommands.RPC_END,
                SifRpc.PACKET_BYTES,
                record,
                packet,
                id,
                client,
                command,
                server,
                buffer,
                server == 0 ? 0 : word(server + 20));
    }

    /** CALL of a client on the EE: the request waits in its server's queue, whose thread wakes up. */
    boolean called(int[] packet) {
        int server = packet[13];
        if (server == 0 || find(word(server + SERVER_ID)) != server) {
            return false;
        }
        int queue = word(server + SERVER_QUEUE);
        if (word(queue + QUEUE_START) == 0) {
            word(queue + QUEUE_START, server);
        } else {
            word(word(queue + QUEUE_END) + SERVER_NEXT, server);
        }
        word(queue + QUEUE_END, server);
        word(server + SERVER_NEXT, 0);
        word(server + SERVER_RECORD, packet[4]);
        word(server + SERVER_PACKET, packet[5]);
        word(server + SERVER_CLIENT, packet[7]);
        word(server + SERVER_NUMBER, packet[8]);
        word(server + SERVER_SIZE, packet[9]);
        word(server + SERVER_RECEIVE, packet[10]);
        word(server + SERVER_RECEIVE_SIZE, packet[11]);
        word(server + SERVER_MODE, packet[12]);
        if (word(queue + QUEUE_THREAD) >= 0 && word(queue + QUEUE_ACTIVE) == 0) {
            kernel.wakeup(word(queue + QUEUE_THREAD));
        }
        return true;
    }

    /** sceSifGetNextRequest: the server whose request is next, or 0. */
    int nextRequest(int queue) {
        int server = word(queue + QUEUE_START);
        word(queue + QUEUE_ACTIVE, server == 0 ? 0 : 1);
        if (server != 0) {
            word(queue + QUEUE_START, word(server + SERVER_NEXT));
        }
        return server;
    }

    /** sceSifExecRequest: the server's function with number, buffer and size, then the answer. */
    int execute(ModuleCall call, int server, IntUnaryOperator then) {
        call.invoke(
                word(server + SERVER_FUNCTION),
                answer -> {
                    answer(server, answer);
                    return then.applyAsInt(0);
                },
                word(server + SERVER_NUMBER),
                word(server + SERVER_BUFFER),
                word(server + SERVER_SIZE));
        return 0;
    }

    private void answer(int server, int answer) {
        int size = answer == 0 ? 0 : word(server + SERVER_RECEIVE_SIZE);
        int destination = word(server + SERVER_RECEIVE);
        if (size > 0 && SifRpc.inEeMemory(destination, size)) {
            transfers.send(answer & 0x1FFF_FFFF, destination, size);
        }
        int packet = word(server + SERVER_PACKET);
        if (word(server + SERVER_MODE) != 0) {
            end(
                    word(server + SERVER_RECORD),
                    packet,
                    0,
                    word(server + SERVER_CLIENT),
                    SifCommands.RPC_CALL,
                    server,
                    word(server + SERVER_BUFFER));
        } else if (SifRpc.inEeMemory(packet, SifRpc.PACKET_BYTES)) {
            transfers.send(commands.packet(0, 0), packet, SifRpc.PACKET_BYTES);
        }
    }

    /** sceSifRpcLoop: serves requests for ever, and sleeps while there are none. */
    int loop(ModuleCall call, int queue) {
        int server = nextRequest(queue);
        if (server != 0) {
            return execute(call, server, ended -> loop(call, queue));
        }
        call.then(woken -> loop(call, queue));
        return kernel.sleep();
    }

    /** sceSifBindRpc: client, number of the server, mode. */
    int bindTo(ModuleCall call) {
        int client = call.argument(0);
        word(client + 16, 0);
        word(client + CLIENT_SERVER, 0);
        int packet = packet(client, client, call.argument(1));
        return send(SifCommands.RPC_BIND, packet, client, call.argument(2), 0, 0, 0);
    }

    /** sceSifCallRpc: client, number, mode, request, its size, answer, its size, end function, its argument. */
    int callTo(ModuleCall call) {
        int client = call.argument(0);
        int mode = call.argument(2);
        int function = call.argument(7);
        word(client + CLIENT_END_FUNCTION, function);
        word(client + CLIENT_END_ARGUMENT, call.argument(8));
        int packet = packet(
                client,
                client,
                call.argument(1),
                call.argument(4),
                call.argument(5),
                call.argument(6),
                (mode & NO_WAIT) != 0 && function == 0 ? 0 : 1,
                word(client + CLIENT_SERVER));
        return send(
                SifCommands.RPC_CALL,
                packet,
                client,
                mode,
                call.argument(3),
                word(client + CLIENT_BUFFER),
                call.argument(4));
    }

    /** sceSifGetOtherData: receiver, source on the EE, destination, size, mode. */
    int otherData(ModuleCall call) {
        int receiver = call.argument(0);
        int packet = packet(receiver, receiver, call.argument(1), call.argument(2), call.argument(3));
        return send(SifCommands.RPC_OTHER_DATA, packet, receiver, call.argument(4), 0, 0, 0);
    }

    /** An RPC packet whose words from the seventh on are given. */
    private int packet(int client, int... words) {
        int[] all = new int[3 + words.length];
        System.arraycopy(words, 0, all, 3, words.length);
        int packet = commands.packet(0, SifRpc.PACKET_BYTES, all);
        word(packet + 20, packet);
        word(client + CLIENT_PACKET, packet);
        return packet;
    }

    private int send(int command, int packet, int client, int mode, int source, int destination, int size) {
        int sent = commands.send(command, packet, SifRpc.PACKET_BYTES, source, destination, size, () -> {});
        if (sent == 0) {
            return NOT_SENT;
        }
        WaitQueue queue = new WaitQueue(WaitQueue.EVENT_FLAG, 0, false);
        pending.put(client, queue);
        if ((mode & NO_WAIT) == 0) {
            kernel.threads().block(queue);
        }
        return 0;
    }

    /** END of what a module asked of the EE; false if none did. */
    boolean ended(int[] packet) {
        int client = packet[7];
        WaitQueue queue = pending.remove(client);
        if (queue == null) {
            return false;
        }
        if (packet[8] == SifCommands.RPC_BIND) {
            word(client + CLIENT_SERVER, packet[9]);
            word(client + CLIENT_BUFFER, packet[10]);
        } else if (packet[8] == SifCommands.RPC_CALL && word(client + CLIENT_END_FUNCTION) != 0) {
            kernel.interrupt(word(client + CLIENT_END_FUNCTION), result -> {}, word(client + CLIENT_END_ARGUMENT), 0);
        }
        word(client + CLIENT_PACKET, 0);
        kernel.threads().wakeFirst(queue, 0);
        return true;
    }

    /** True while a call of {@code client} has not ended. */
    boolean underWay(int client) {
        return pending.containsKey(client);
    }
}
