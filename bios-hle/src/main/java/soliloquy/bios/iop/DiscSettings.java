package soliloquy.bios.iop;

import java.util.List;
import java.util.Map;
import soliloquy.iop.IopBus;
import soliloquy.machine.Ram;

/**
 * Those functions of cdvdfsv's S server that pass a command on to the drive's system controller: its numbers, settings, lamps and
 * memory. Most answer with a word that is 1, the controller's status, and its data. Source: ps2sdk {@code libcdvd-rpc.h}, {@code
 * cdvdfsv} and {@code cdvdman}.
 */
final class DiscSettings {
    private static final int READ_NVM = 0x0A;
    private static final int WRITE_NVM = 0x0B;
    private static final int WRITE_CLOCK = 0x09;
    private static final int READ_MODEL = 0x17;
    private static final int WRITE_MODEL = 0x18;
    private static final int SUBCOMMAND = 0x03;
    private static final int OPEN_CONFIGURATION = 0x40;
    private static final int READ_CONFIGURATION = 0x41;
    private static final int WRITE_CONFIGURATION = 0x42;

    /** Data of a block of the settings; the sixteenth byte is their sum. */
    private static final int BLOCK_DATA = 15;

    /** Bit of an answered version that is a status. */
    private static final int VERSION_STATUS = 0x80;

    /**
     * A function that passes its first bytes on as they are.
     *
     * @param command of the controller
     * @param sub its first parameter, or -1
     * @param parameters bytes of the request that follow
     */
    private record Plain(int command, int sub, int parameters) {}

    private static final Map<Integer, Plain> PLAIN = Map.ofEntries(
            Map.entry(0x06, new Plain(0x12, -1, 0)),
            Map.entry(0x07, new Plain(0x13, -1, 8)),
            Map.entry(0x0D, new Plain(0x0C, -1, 1)),
            Map.entry(0x0F, new Plain(0x43, -1, 0)),
            Map.entry(0x12, new Plain(SUBCOMMAND, 0x45, 0)),
            Map.entry(0x13, new Plain(SUBCOMMAND, 0x44, 8)),
            Map.entry(0x15, new Plain(0x14, -1, 1)),
            Map.entry(0x17, new Plain(0x02, -1, 0)),
            Map.entry(0x18, new Plain(0x15, -1, 0)),
            Map.entry(0x19, new Plain(0x16, -1, 1)),
            Map.entry(0x1C, new Plain(0x19, -1, 0)),
            Map.entry(0x1E, new Plain(0x1A, -1, 4)),
            Map.entry(0x1F, new Plain(0x1B, -1, 0)),
            Map.entry(0x20, new Plain(0x1C, -1, 1)),
            Map.entry(0x21, new Plain(0x0F, -1, 0)));

    private final IopMemory memory;
    private final IopBus bus;
    private final DriveCommands commands;
    private int blocks;

    DiscSettings(IopMemory memory, DriveCommands commands) {
        this.memory = memory;
        bus = memory.bus();
        this.commands = commands;
    }

    /** Answers {@code call} if it is one of these; false if not. */
    boolean take(RpcCall call) {
        Plain plain = PLAIN.get(call.function());
        if (plain != null) {
            pass(call, plain);
            return true;
        }
        switch (call.function()) {
            case 0x02 -> writeClock(call);
            case 0x08 -> nvm(call, READ_NVM);
            case 0x09 -> nvm(call, WRITE_NVM);
            case 0x0A -> {
                int setting = octet(call, 0) & 1 | (octet(call, 1) & 1) << 1 | (octet(call, 2) & 7) << 4;
                bus.write8(DriveRegisters.DECRYPTION, setting);
                call.complete(1);
            }
            case 0x0B -> apply(call);
            case 0x0E -> {
                int wanted = octet(call, 2);
                commands.run(OPEN_CONFIGURATION, octets(call, 0, 3), answer -> {
                    blocks = answer.equals(List.of(0)) ? wanted : 0;
                    complete(call, answer);
                });
            }
            case 0x10 -> readBlock(call, 0);
            case 0x11 -> writeBlock(call, 0);
            case 0x14 -> version(call);
            case 0x16 -> {
                bus.write8(DriveRegisters.BREAK, 1);
                call.complete(1);
            }
            case 0x1A -> readModel(call);
            case 0x1B -> writeModel(call);
            // Spindle speed of cdvdman's own file system, and the priority of its thread: nothing here depends on them.
            case 0x1D, 0x23 -> call.complete(1);
            default -> {
                return false;
            }
        }
        return true;
    }

    private int octet(RpcCall call, int offset) {
        return memory.ram().read8(call.address(offset)) & 0xFF;
    }

    private int[] octets(RpcCall call, int offset, int count) {
        int[] octets = new int[count];
        for (int i = 0; i < count; i++) {
            octets[i] = octet(call, offset + i);
        }
        return octets;
    }

    private void pass(RpcCall call, Plain plain) {
        int first = plain.sub < 0 ? 0 : 1;
        int[] parameters = new int[first + plain.parameters];
        if (first == 1) {
            parameters[0] = plain.sub;
        }
        System.arraycopy(octets(call, 0, plain.parameters), 0, parameters, first, plain.parameters);
        commands.run(plain.command, parameters, answer -> complete(call, answer));
    }

    /** 1, the status, the data. */
    private void complete(RpcCall call, List<Integer> answer) {
        call.result(0, answer.isEmpty() ? 0 : 1).result(4, answer.isEmpty() ? 0 : answer.getFirst());
        data(call, 8, answer, 1);
        call.complete();
    }

    private void data(RpcCall call, int offset, List<Integer> answer, int from) {
        Ram ram = memory.ram();
        for (int i = from; i < answer.size(); i++) {
            ram.write8(call.resultAddress() + offset + i - from, answer.get(i));
        }
    }

    /** The request and the answer hold a clock of 8 bytes, whose first is a status. */
    private void writeClock(RpcCall call) {
        int[] time = octets(call, 1, 7);
        commands.run(WRITE_CLOCK, time, answer -> {
            call.result(0, 1);
            data(call, 4, answer, 0);
            for (int i = 0; i < time.length; i++) {
                memory.ram().write8(call.resultAddress() + 5 + i, time[i]);
            }
            call.complete();
        });
    }

    /** The request and the answer hold an address, a half-word of data, and a status. */
    private void nvm(RpcCall call, int command) {
        int address = call.word(0);
        int value = call.word(4) & 0xFFFF;
        int[] parameters = command == READ_NVM
                ? new int[] {address >> 8, address}
                : new int[] {address >> 8, address, value >> 8, value};
        commands.run(command, parameters, answer -> {
            int data = command == READ_NVM && answer.size() == 3 ? answer.get(1) << 8 | answer.get(2) : value;
            int status = answer.isEmpty() ? 0xFF : answer.getFirst();
            call.result(0, 1).result(4, address).result(8, data | status << 16).complete();
        });
    }

    /** The number of a command, of its parameters, and these; the answer is the controller's own. */
    private void apply(RpcCall call) {
        int count = Math.min(call.word(0) >>> 16, 16);
        commands.run(octet(call, 0), octets(call, 4, count), answer -> {
            for (int i = 0; i < 16; i += 4) {
                call.result(i, 0);
            }
            data(call, 0, answer, 0);
            call.complete();
        });
    }

    private void readBlock(RpcCall call, int block) {
        if (block == blocks) {
            call.result(0, 1).result(4, 0).complete();
            return;
        }
        commands.run(READ_CONFIGURATION, new int[0], answer -> {
            if (answer.size() <= BLOCK_DATA) {
                complete(call, answer);
                return;
            }
            data(call, 8 + block * BLOCK_DATA, answer.subList(0, BLOCK_DATA), 0);
            readBlock(call, block + 1);
        });
    }

    private void writeBlock(RpcCall call, int block) {
        if (block == blocks) {
            call.result(0, 1).result(4, 0).complete();
            return;
        }
        int[] data = new int[BLOCK_DATA + 1];
        for (int i = 0; i < BLOCK_DATA; i++) {
            data[i] = octet(call, block * BLOCK_DATA + i);
            data[BLOCK_DATA] += data[i];
        }
        commands.run(WRITE_CONFIGURATION, data, answer -> {
            if (!answer.equals(List.of(0))) {
                complete(call, answer);
            } else {
                writeBlock(call, block + 1);
            }
        });
    }

    private void version(RpcCall call) {
        commands.run(SUBCOMMAND, new int[] {0}, answer -> {
            call.result(0, 1).result(4, answer.getFirst() & VERSION_STATUS);
            data(call, 8, answer, 0);
            memory.ram().write8(call.resultAddress() + 8, answer.getFirst() & ~VERSION_STATUS);
            call.complete();
        });
    }

    private void readModel(RpcCall call) {
        commands.run(
                READ_MODEL,
                new int[] {0},
                first -> commands.run(READ_MODEL, new int[] {8}, second -> {
                    call.result(0, 1).result(4, first.getFirst() | second.getFirst());
                    data(call, 8, first, 1);
                    data(call, 16, second, 1);
                    call.complete();
                }));
    }

    private void writeModel(RpcCall call) {
        commands.run(
                WRITE_MODEL,
                half(call, 0),
                first -> commands.run(
                        WRITE_MODEL,
                        half(call, 8),
                        second -> call.result(0, 1)
                                .result(4, first.getFirst() | second.getFirst())
                                .complete()));
    }

    private int[] half(RpcCall call, int from) {
        int[] parameters = new int[9];
        parameters[0] = from;
        System.arraycopy(octets(call, from, 8), 0, parameters, 1, 8);
        return parameters;
    }
}
