package soliloquy.bios.iop;

import java.util.HashMap;
import java.util.Map;
import soliloquy.bios.irx.IopKernel;
import soliloquy.bios.irx.IopTime;
import soliloquy.iop.IopSifRegisters;
import soliloquy.machine.Notices;

/**
 * sifcmd: command packets between the processors. Keeps the EE's receive buffer, the software registers, and hands RPC packets
 * to {@link SifRpc}. Source: ps2sdk {@code sifcmd-common.h}.
 */
final class SifCommands {
    static final int CHANGE_ADDRESS = 0x8000_0000;
    static final int SET_REGISTER = 0x8000_0001;
    static final int INITIALISE = 0x8000_0002;
    static final int RESET = 0x8000_0003;
    static final int RPC_END = 0x8000_0008;
    static final int RPC_BIND = 0x8000_0009;
    static final int RPC_CALL = 0x8000_000A;
    static final int RPC_OTHER_DATA = 0x8000_000C;

    /** Bytes of the largest packet. */
    static final int LARGEST = 112;

    private static final int SMCOM = IopSifRegisters.BASE + 0x10;
    private static final int SMFLG = IopSifRegisters.BASE + 0x30;
    private static final int SMFLG_SIF = 0x1_0000;
    private static final int SMFLG_COMMANDS = 0x2_0000;
    private static final int SMFLG_BOOTED = 0x4_0000;
    private static final int REGISTERS = 32;

    /** From the DMA's end to the handler of a command: sifcmd's interrupt handler; estimate. */
    private static final int DISPATCH = 400;

    /** From the reset command until the modules are back: a tenth of a second; estimate. */
    private static final long REBOOT = 3_686_400;

    private final IopKernel kernel;
    private final IopMemory memory;
    private final SifTransfers transfers;
    private final IopTime time;
    private final Notices notices;
    private final int[] registers = new int[REGISTERS];
    private SifRpc rpc;
    private Runnable onReset = () -> {};
    private int eeBuffer;
    private int nextPacket;
    private int nextReceived;
    private final Map<Integer, Handler> handlers = new HashMap<>();

    /** A module's function for a command, and its second argument. */
    private record Handler(int function, int argument) {}

    SifCommands(IopKernel kernel, IopMemory memory, SifTransfers transfers, IopTime time, Notices notices) {
        this.kernel = kernel;
        this.memory = memory;
        this.transfers = transfers;
        this.time = time;
        this.notices = notices;
    }

    void connect(SifRpc remoteCalls, Runnable reset) {
        rpc = remoteCalls;
        onReset = reset;
    }

    /** Starts to take packets and tells the EE so. */
    void start() {
        transfers.start(kernel, () -> time.after(DISPATCH, this::take));
        announce();
    }

    private void announce() {
        memory.bus().write32(SMCOM, IopMemory.COMMAND_BUFFER);
        memory.bus().write32(SMFLG, SMFLG_SIF | SMFLG_COMMANDS | SMFLG_BOOTED);
    }

    private void take() {
        int bytes = memory.word(IopMemory.COMMAND_BUFFER) & 0xFF;
        int[] packet = new int[LARGEST / 4];
        for (int i = 0; i < packet.length; i++) {
            packet[i] = memory.word(IopMemory.COMMAND_BUFFER + 4 * i);
        }
        memory.word(IopMemory.COMMAND_BUFFER, packet[0] & ~0xFF);
        transfers.receive();
        if (bytes >= 16) {
            command(packet);
        }
    }

    private void command(int[] packet) {
        switch (packet[2]) {
            case CHANGE_ADDRESS -> eeBuffer = packet[4];
            case SET_REGISTER -> registers[packet[4] & REGISTERS - 1] = packet[5];
            case INITIALISE -> initialise(packet);
            case RESET -> reset(packet);
            case RPC_END -> rpc.ended(packet);
            case RPC_BIND -> rpc.bind(packet);
            case RPC_CALL -> rpc.called(packet);
            case RPC_OTHER_DATA -> rpc.sendOtherData(packet);
            default -> toModule(packet);
        }
    }

    /** A module's handler runs as an interrupt, with the packet and its own argument. */
    private void toModule(int[] packet) {
        Handler handler = handlers.get(packet[2]);
        if (handler == null) {
            notices.report(
                    Notices.Kind.UNHANDLED,
                    "IOP sifcmd",
                    0,
                    "the EE sent command 0x%08x, which no module handles".formatted(packet[2]));
            return;
        }
        int address = IopMemory.RECEIVED + nextReceived * IopMemory.PACKET_BYTES;
        nextReceived = (nextReceived + 1) % IopMemory.PACKET_COUNT;
        for (int i = 0; i < packet.length; i++) {
            memory.word(address + 4 * i, packet[i]);
        }
        kernel.interrupt(handler.function, result -> {}, address, handler.argument);
    }

    /** A module takes command {@code number} from now on; function 0: no longer. */
    void handle(int number, int function, int argument) {
        if (function == 0) {
            handlers.remove(number);
        } else {
            handlers.put(number, new Handler(function, argument));
        }
    }

    /** Software register {@code number}, which the EE sets by a command. */
    int register(int number) {
        return registers[number & REGISTERS - 1];
    }

    void register(int number, int value) {
        registers[number & REGISTERS - 1] = value;
    }

    /**
     * Sends a module's packet, where it lies, behind the data that go with it.
     *
     * @param bytes its length, from 16 to 112
     * @param size bytes of data, none if not positive
     * @return the number of the transfer; 0 if the packet cannot be sent
     */
    int send(int command, int address, int bytes, int source, int destination, int size, Runnable sent) {
        if (bytes < 16 || bytes > LARGEST || eeBuffer == 0) {
            return 0;
        }
        boolean data = size > 0;
        memory.word(address, bytes | (data ? size << 8 : 0));
        memory.word(address + 4, data ? destination : 0);
        memory.word(address + 8, command);
        if (data) {
            transfers.send(source, destination, size);
        }
        return transfers.sendPacket(address, eeBuffer, bytes, sent);
    }

    /** Option 0 gives the EE's buffer; option 1 ends RPC initialisation, which the EE learns from its register 0. */
    private void initialise(int[] packet) {
        if (packet[3] == 0) {
            eeBuffer = packet[4];
        } else {
            send(SET_REGISTER, 24, 0, 1);
        }
    }

    private void reset(int[] packet) {
        onReset.run();
        handlers.clear();
        eeBuffer = 0;
        notices.report(
                Notices.Kind.UNIMPLEMENTED,
                "IOP",
                0,
                "the EE reset the IOP (argument of %d bytes); the same modules start again".formatted(packet[4]));
        time.after(REBOOT, this::announce);
    }

    /**
     * Sends a packet.
     *
     * @param bytes its length, header included
     * @param words what follows the header of four words
     */
    void send(int command, int bytes, int... words) {
        int address = packet(command, bytes, words);
        if (eeBuffer == 0) {
            notices.report(
                    Notices.Kind.UNUSUAL,
                    "IOP sifcmd",
                    0,
                    "command 0x%08x has nowhere to go: the EE gave no receive buffer".formatted(command));
            return;
        }
        transfers.sendPacket(address, eeBuffer, bytes);
    }

    /** Lays a packet out in IOP RAM without sending it. */
    int packet(int command, int bytes, int... words) {
        int address = IopMemory.PACKETS + nextPacket * IopMemory.PACKET_BYTES;
        nextPacket = (nextPacket + 1) % IopMemory.PACKET_COUNT;
        memory.clear(address, IopMemory.PACKET_BYTES);
        memory.word(address, bytes);
        memory.word(address + 8, command);
        for (int i = 0; i < words.length; i++) {
            memory.word(address + 16 + 4 * i, words[i]);
        }
        return address;
    }
}
