package soliloquy.bios.iop;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import soliloquy.bios.irx.ModuleCall;

/**
 * The functions of cdvdman that are a command to the drive's system controller. Source: ps2sdk {@code iop/cdvd/cdvdman}, {@code
 * libcdvd-common.h}.
 */
final class CdvdmanCommands {
    private static final int SUBCOMMAND = 0x03;
    private static final int READ_MODEL = 0x17;
    private static final int ANSWER_BYTES = 16;
    private static final int MOST_PARAMETERS = 16;

    /**
     * A function (buffer, status), (value, status) or (status).
     *
     * @param command of the controller
     * @param sub its first parameter, or -1
     * @param sent octets that follow from the buffer; -1: the first argument itself is the one octet
     * @param received octets of the answer behind its status that go to the buffer
     * @param arguments place of the status among the arguments
     */
    private record Plain(int command, int sub, int sent, int received, int arguments) {}

    private static final Map<Integer, Plain> PLAIN = Map.ofEntries(
            Map.entry(22, new Plain(0x12, -1, 0, 8, 1)), // sceCdRI
            Map.entry(23, new Plain(0x13, -1, 8, 0, 1)), // sceCdWI
            Map.entry(41, new Plain(SUBCOMMAND, 0x45, 0, 8, 1)), // sceCdReadConsoleID
            Map.entry(42, new Plain(SUBCOMMAND, 0x44, 8, 0, 1)), // sceCdWriteConsoleID
            Map.entry(45, new Plain(0x14, -1, -1, 0, 1)), // sceCdCtrlADout
            Map.entry(52, new Plain(0x15, -1, 0, 0, 0)), // sceCdForbidDVDP
            Map.entry(53, new Plain(0x02, -1, 0, 10, 1)), // sceCdReadSUBQ
            Map.entry(55, new Plain(0x16, -1, -1, 0, 1)), // sceCdAutoAdjustCtrl
            Map.entry(69, new Plain(0x19, -1, 0, 0, 0)), // sceCdForbidRead
            Map.entry(72, new Plain(0x1C, -1, -1, 0, 1)), // sceCdBlueLEDCtl
            Map.entry(73, new Plain(0x1B, -1, 0, 0, 0)), // sceCdCancelPOffRdy
            Map.entry(74, new Plain(0x0F, -1, 0, 0, 0))); // sceCdPowerOff

    private final IopMemory memory;
    private final DriveCommands commands;

    CdvdmanCommands(IopMemory memory, DriveCommands commands) {
        this.memory = memory;
        this.commands = commands;
    }

    static boolean has(int ordinal) {
        return PLAIN.containsKey(ordinal) || ordinal == 26 || ordinal == 27 || ordinal == 29 || ordinal == 64;
    }

    /** Does function {@code ordinal}; {@code done} gets what it returns. */
    void run(int ordinal, ModuleCall call, Consumer<Integer> done) {
        int first = call.argument(0);
        int second = call.argument(1);
        int third = call.argument(2);
        switch (ordinal) {
            case 26 -> readWord(first, second, third, done); // sceCdReadNVM
            case 27 -> writeWord(first, second, third, done); // sceCdWriteNVM
            case 29 -> apply(first, second, third & 0xFFFF, call.argument(3), done); // sceCdApplySCmd
            case 64 -> readModel(first, second, done); // sceCdRM
            default -> plain(PLAIN.get(ordinal), call, done);
        }
    }

    private void plain(Plain plain, ModuleCall call, Consumer<Integer> done) {
        int sub = plain.sub < 0 ? 0 : 1;
        int[] parameters = new int[sub + Math.abs(plain.sent)];
        int buffer = call.argument(0);
        for (int i = 0; i < Math.abs(plain.sent); i++) {
            parameters[sub + i] = plain.sent < 0 ? buffer & 0xFF : call.octet(buffer + i);
        }
        if (sub == 1) {
            parameters[0] = plain.sub;
        }
        int status = call.argument(plain.arguments);
        commands.run(plain.command, parameters, answer -> {
            put(buffer, answer, plain.received);
            word(status, answer);
            done.accept(answer.isEmpty() ? 0 : 1);
        });
    }

    /** Puts {@code count} octets behind the status of an answer at {@code address}. */
    private void put(int address, List<Integer> answer, int count) {
        for (int i = 0; i < count && i + 1 < answer.size(); i++) {
            memory.ram().write8((address & 0x1F_FFFF) + i, answer.get(i + 1));
        }
    }

    private void word(int address, List<Integer> answer) {
        if (address != 0) {
            memory.word(address & 0x1F_FFFC, answer.isEmpty() ? 0 : answer.getFirst());
        }
    }

    private void readWord(int address, int data, int result, Consumer<Integer> done) {
        commands.run(0x0A, new int[] {address >> 8 & 0xFF, address & 0xFF}, answer -> {
            if (answer.size() >= 3) {
                memory.ram().write16(data & 0x1F_FFFE, answer.get(1) << 8 | answer.get(2));
                memory.ram().write8(result & 0x1F_FFFF, answer.getFirst());
            }
            done.accept(answer.size() >= 3 ? 1 : 0);
        });
    }

    private void writeWord(int address, int data, int result, Consumer<Integer> done) {
        int[] parameters = {address >> 8 & 0xFF, address & 0xFF, data >> 8 & 0xFF, data & 0xFF};
        commands.run(0x0B, parameters, answer -> {
            if (!answer.isEmpty()) {
                memory.ram().write8(result & 0x1F_FFFF, answer.getFirst());
            }
            done.accept(answer.isEmpty() ? 0 : 1);
        });
    }

    private void apply(int command, int from, int count, int to, Consumer<Integer> done) {
        int[] parameters = new int[Math.min(count, MOST_PARAMETERS)];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = memory.ram().read8((from & 0x1F_FFFF) + i) & 0xFF;
        }
        commands.run(command & 0xFF, parameters, answer -> {
            for (int i = 0; to != 0 && i < Math.min(answer.size(), ANSWER_BYTES); i++) {
                memory.ram().write8((to & 0x1F_FFFF) + i, answer.get(i));
            }
            done.accept(1);
        });
    }

    /** The model's name comes in two halves. */
    private void readModel(int buffer, int status, Consumer<Integer> done) {
        commands.run(READ_MODEL, new int[] {0}, half -> {
            put(buffer, half, 8);
            commands.run(READ_MODEL, new int[] {8}, other -> {
                put(buffer + 8, other, 8);
                boolean both = !half.isEmpty() && !other.isEmpty();
                word(status, both ? List.of(half.getFirst() | other.getFirst()) : List.of());
                done.accept(both ? 1 : 0);
            });
        });
    }
}
