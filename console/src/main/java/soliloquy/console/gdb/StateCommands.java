package soliloquy.console.gdb;

import java.util.Optional;
import java.util.function.Consumer;
import soliloquy.bios.ThreadView;
import soliloquy.console.Console;
import soliloquy.console.debug.DebugPort;
import soliloquy.machine.DebugMemory;

/** The commands that read and change registers and memory, and choose the thread whose registers those are. */
final class StateCommands {
    private static final String OK = "OK";
    private static final String MALFORMED = "E16";
    /** An address where there is no memory. */
    private static final String FAULT = "E0e";

    private static final String NO_THREAD = "E03";

    /** Makes the present target of another console. */
    @FunctionalInterface
    interface TargetOf {
        Target of(Console console);
    }

    private final TargetOf targets;
    private final DebugPort port;
    private Target target;
    private int selected;

    StateCommands(TargetOf targets, DebugPort port, Target target) {
        this.targets = targets;
        this.port = port;
        this.target = target;
    }

    /** The machine is another one now. */
    void moved(Target targetNow) {
        target = targetNow;
    }

    /** The processor has stopped: its present thread is chosen. */
    void halted() {
        selected = 0;
    }

    /** Answers the command, which begins with {@code kind}. */
    void answer(char kind, CommandText command, Reply reply) throws ProtocolException {
        switch (kind) {
            case 'g' -> readRegisters(reply);
            case 'G' -> {
                writeRegisters(command);
                reply.text(OK);
            }
            case 'p' -> readRegister(command, reply);
            case 'P' -> reply.text(writeRegister(command) ? OK : MALFORMED);
            case 'm', 'x' -> readMemory(command, reply, kind == 'x');
            case 'M', 'X' -> reply.text(writeMemory(command, kind == 'X') ? OK : FAULT);
            case 'H' -> select(command, reply);
            default -> reply.text(isThread(command.thread()) ? OK : NO_THREAD);
        }
    }

    /** Number of the running thread as the debugger knows it. */
    int current() {
        return target.threadId() == 0 ? TargetXml.IDLE : target.threadId();
    }

    private boolean isThread(int id) {
        return id <= 0 || id == current() || target.threads().stream().anyMatch(thread -> thread.id() == id);
    }

    private void select(CommandText command, Reply reply) throws ProtocolException {
        boolean forRegisters = command.skip("g");
        if (!forRegisters) {
            command.expect("c");
        }
        int id = command.thread();
        if (!isThread(id)) {
            reply.text(NO_THREAD);
            return;
        }
        if (forRegisters) {
            selected = id <= 0 || id == current() ? 0 : id;
        }
        reply.text(OK);
    }

    /** The thread whose registers are asked for, if it is not the one that runs. */
    private Optional<ThreadView> selectedThread() {
        return selected == 0
                ? Optional.empty()
                : target.threads().stream()
                        .filter(thread -> thread.id() == selected)
                        .findFirst();
    }

    private void readRegisters(Reply reply) {
        Optional<ThreadView> thread = selectedThread();
        for (Register register : target.registers()) {
            put(reply, register, thread);
        }
    }

    static void put(Reply reply, Register register, Optional<ThreadView> thread) {
        int bytes = register.bytes();
        if (thread.isEmpty()) {
            reply.littleEndian(register.read().applyAsLong(0), Math.min(bytes, 8));
            if (bytes > 8) {
                reply.littleEndian(register.read().applyAsLong(1), bytes - 8);
            }
        } else if (register.threadIndex() == Register.PC) {
            reply.littleEndian(thread.get().pc(), bytes);
        } else if (register.threadIndex() >= 0) {
            reply.littleEndian(thread.get().gpr().applyAsLong(register.threadIndex()), bytes);
        } else {
            reply.text("xx".repeat(bytes));
        }
    }

    private Register register(long number) throws ProtocolException {
        if (number < 0 || number >= target.registers().size()) {
            throw new ProtocolException("there is no register of this number");
        }
        return target.registers().get((int) number);
    }

    private void readRegister(CommandText command, Reply reply) throws ProtocolException {
        put(reply, register(command.number()), selectedThread());
    }

    private boolean writeRegister(CommandText command) throws ProtocolException {
        Register register = register(command.number());
        command.expect("=");
        return write(register, command);
    }

    private boolean write(Register register, CommandText command) throws ProtocolException {
        long low = command.littleEndian(Math.min(register.bytes(), 8));
        long high = register.bytes() > 8 ? command.littleEndian(register.bytes() - 8) : 0;
        if (register.write() == null || selected != 0) {
            return false;
        }
        register.write().write(low, high);
        int number = target.registers().indexOf(register);
        changed(other -> other.registers().get(number).write().write(low, high));
        return true;
    }

    private void writeRegisters(CommandText command) throws ProtocolException {
        for (Register register : target.registers()) {
            if (command.atEnd()) {
                return;
            }
            write(register, command);
        }
    }

    private void readMemory(CommandText command, Reply reply, boolean binary) throws ProtocolException {
        int address = command.address();
        command.expect(",");
        int length = command.length(PacketDecoder.LONGEST / 2);
        DebugMemory memory = target.memory();
        if (length > 0 && memory.peek(address) < 0) {
            reply.text(FAULT);
            return;
        }
        if (binary) {
            reply.text("b");
        }
        for (int i = 0; i < length; i++) {
            int value = memory.peek(address + i);
            if (value < 0) {
                return;
            }
            if (binary) {
                reply.binary(value);
            } else {
                reply.hex(value);
            }
        }
    }

    private boolean writeMemory(CommandText command, boolean binary) throws ProtocolException {
        int address = command.address();
        command.expect(",");
        int length = command.length(PacketDecoder.LONGEST);
        command.expect(":");
        byte[] values = new byte[length];
        for (int i = 0; i < length; i++) {
            values[i] = (byte) (binary ? command.binary() : command.hexByte());
        }
        for (int i = 0; i < length; i++) {
            if (target.memory().peek(address + i) < 0) {
                return false;
            }
        }
        poke(target, address, values);
        changed(other -> poke(other, address, values));
        return true;
    }

    private static void poke(Target target, int address, byte[] values) {
        for (int i = 0; i < values.length; i++) {
            target.memory().poke(address + i, values[i] & 0xFF);
        }
    }

    /** Notes what the debugger has changed, so that it is done again where the run is. */
    private void changed(Consumer<Target> change) {
        if (target.cpu() == DebugPort.Cpu.IOP) {
            port.cannotRewind();
        } else {
            port.changed(other -> change.accept(targets.of(other)));
        }
    }
}
