package soliloquy.bios.iop;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import soliloquy.bios.irx.IopTime;
import soliloquy.machine.Notices;

/**
 * The RPC part of sifcmd: binds clients on the EE to servers here, runs their calls one after the other for each server, sends
 * results and END packets, and moves data that either side asks of the other. Source: ps2sdk {@code sifrpc.c}.
 */
final class SifRpc {
    /** Length of RPC packets. */
    static final int PACKET_BYTES = 64;

    /** From a CALL packet to the server's function: the wake-up of its thread; estimate. */
    private static final int WAKEUP = 1200;

    private static final int EE_MEMORY_BYTES = 0x0200_0000;

    /** A server and its buffers in IOP RAM. */
    static final class Binding {
        private final int id;
        private final RpcServer server;
        private final int request;
        private final ArrayDeque<RpcCall> waiting = new ArrayDeque<>();
        private RpcCall running;

        private Binding(int id, RpcServer server, int request) {
            this.id = id;
            this.server = server;
            this.request = request;
        }

        int request() {
            return request;
        }

        int result() {
            return request + IopMemory.REQUEST_BYTES;
        }
    }

    private final IopMemory memory;
    private final SifTransfers transfers;
    private final SifCommands commands;
    private final IopTime time;
    private final Notices notices;
    private final Map<Integer, Binding> byId = new LinkedHashMap<>();
    private final Map<Integer, Binding> byHandle = new HashMap<>();
    private final Map<Integer, Runnable> otherData = new HashMap<>();
    private ModuleRpc modules;
    private int nextOtherData = 1;

    SifRpc(IopMemory memory, SifTransfers transfers, SifCommands commands, IopTime time, Notices notices) {
        this.memory = memory;
        this.transfers = transfers;
        this.commands = commands;
        this.time = time;
        this.notices = notices;
    }

    /** Servers and clients that are modules. */
    void connect(ModuleRpc moduleRpc) {
        modules = moduleRpc;
    }

    /** Offers {@code server} under {@code id}. */
    void register(int id, RpcServer server) {
        int buffers = IopMemory.REQUEST_BYTES + IopMemory.RESULT_BYTES;
        Binding binding = new Binding(id, server, IopMemory.SERVER_BUFFERS + byId.size() * buffers);
        if (binding.result() + IopMemory.RESULT_BYTES > IopMemory.SECTOR_BUFFERS) {
            throw new IllegalStateException("no room for the buffers of one more RPC server");
        }
        byId.put(id, binding);
        byHandle.put(binding.request, binding);
    }

    /** The IOP starts over: calls are forgotten, also those that run. */
    void reset() {
        for (Binding binding : byId.values()) {
            binding.waiting.clear();
            binding.running = null;
        }
        otherData.clear();
        modules.reset();
    }

    /** BIND: a server that is not there has handle 0, and the client may ask again. */
    void bind(int[] packet) {
        if (modules.bind(packet)) {
            return;
        }
        Binding binding = byId.get(packet[8]);
        if (binding == null) {
            notices.report(
                    Notices.Kind.UNUSUAL,
                    "IOP sifcmd",
                    0,
                    "the EE asked for RPC server 0x%08x, which no module offers".formatted(packet[8]));
        }
        int handle = binding == null ? 0 : binding.request;
        int result = binding == null ? 0 : binding.result();
        commands.send(
                SifCommands.RPC_END,
                PACKET_BYTES,
                packet[4],
                packet[5],
                packet[6],
                packet[7],
                SifCommands.RPC_BIND,
                handle,
                handle,
                result);
    }

    /** CALL. */
    void called(int[] packet) {
        if (modules.called(packet)) {
            return;
        }
        Binding binding = byHandle.get(packet[13]);
        if (binding == null) {
            notices.report(
                    Notices.Kind.UNUSUAL,
                    "IOP sifcmd",
                    0,
                    "the EE called RPC server handle 0x%08x, which was never given out".formatted(packet[13]));
            return;
        }
        binding.waiting.addLast(new RpcCall(this, binding, memory, packet));
        if (binding.running == null) {
            next(binding);
        }
    }

    private void next(Binding binding) {
        RpcCall call = binding.waiting.pollFirst();
        binding.running = call;
        if (call != null) {
            time.after(WAKEUP, () -> {
                if (binding.running == call) {
                    binding.server.call(call);
                }
            });
        }
    }

    /** The server is done: its result goes to the client's buffer, then END (or the freed packet, if none is wanted). */
    void completed(RpcCall call, Binding binding, int[] packet) {
        if (binding.running != call) {
            return;
        }
        int size = packet[11];
        if (size > IopMemory.RESULT_BYTES || size < 0 || size > 0 && !inEeMemory(packet[10], size)) {
            notices.report(
                    Notices.Kind.UNUSUAL,
                    "IOP sifcmd",
                    0,
                    "a client of server 0x%08x wants 0x%x bytes of answer at 0x%08x; it gets none"
                            .formatted(binding.id, size, packet[10]));
            size = 0;
        }
        if (size > 0) {
            // The answer is copied: the server may run its next call before this one has gone out.
            int copy = size <= IopMemory.BLOCK_BYTES ? memory.block() : binding.result();
            memory.move(copy, binding.result(), size);
            transfers.send(copy, packet[10], size);
        }
        if (packet[12] != 0) {
            commands.send(
                    SifCommands.RPC_END,
                    PACKET_BYTES,
                    packet[4],
                    packet[5],
                    packet[6],
                    packet[7],
                    SifCommands.RPC_CALL,
                    binding.request,
                    binding.request,
                    binding.result());
        } else if (inEeMemory(packet[5], PACKET_BYTES)) {
            transfers.send(commands.packet(0, 0), packet[5], PACKET_BYTES);
        }
        binding.running = null;
        next(binding);
    }

    /** The EE asks for IOP memory (sceSifGetOtherData): the data, then END. */
    void sendOtherData(int[] packet) {
        int size = packet[10];
        if (memory.inRam(packet[8], size) && inEeMemory(packet[9], size)) {
            if (size > 0) {
                transfers.send(packet[8], packet[9], size);
            }
        } else {
            notices.report(
                    Notices.Kind.UNUSUAL,
                    "IOP sifcmd",
                    0,
                    "the EE asked for 0x%x bytes of IOP memory at 0x%08x".formatted(size, packet[8]));
        }
        commands.send(
                SifCommands.RPC_END,
                PACKET_BYTES,
                packet[4],
                packet[5],
                packet[6],
                packet[7],
                SifCommands.RPC_OTHER_DATA);
    }

    /**
     * Asks for EE memory (sceSifGetOtherData of the IOP's side).
     *
     * @param source address in EE memory, a multiple of 16
     * @param destination address in IOP RAM
     * @param arrived called when the data are there
     */
    void fetch(int source, int destination, int bytes, Runnable arrived) {
        int token = nextOtherData++;
        otherData.put(token, arrived);
        commands.send(
                SifCommands.RPC_OTHER_DATA, PACKET_BYTES, 0, 0, token, token, source, destination, (bytes + 15) & ~15);
    }

    /** END of something this side asked for. */
    void ended(int[] packet) {
        if (modules.ended(packet)) {
            return;
        }
        Runnable arrived = packet[8] == SifCommands.RPC_OTHER_DATA ? otherData.remove(packet[7]) : null;
        if (arrived != null) {
            arrived.run();
        }
    }

    /** True if a range lies in the EE's memory, in any of the addresses a program may use for it. */
    static boolean inEeMemory(int address, int bytes) {
        int offset = address & 0x1FFF_FFFF;
        if (address >>> 28 == 3) {
            offset = address & 0x0FFF_FFFF;
        }
        return bytes >= 0 && (address >>> 28) != 7 && (long) offset + bytes <= EE_MEMORY_BYTES;
    }
}
