package soliloquy.bios.irx;

import java.io.ByteArrayOutputStream;
import soliloquy.iop.R3000A;
import soliloquy.machine.Ram;

/** A call of a module into a library: arguments by the o32 convention, four in registers and the rest on the stack. */
final class ModuleCall {
    private static final int A0 = 4;
    private static final int SP = 29;
    private static final int RA = 31;
    /** A text that runs on for longer has lost its end. */
    private static final int LONGEST_TEXT = 1 << 16;

    private final R3000A cpu;
    private final Ram ram;
    private int returnAddress;

    ModuleCall(R3000A cpu, Ram ram) {
        this.cpu = cpu;
        this.ram = ram;
    }

    /** The call that the processor is at now. */
    void begin() {
        returnAddress = cpu.gpr[RA];
    }

    int argument(int index) {
        return index < 4 ? cpu.gpr[A0 + index] : word(cpu.gpr[SP] + 4 * index);
    }

    /** Where the processor goes on. */
    int returnAddress() {
        return returnAddress;
    }

    void returnAddress(int address) {
        returnAddress = address;
    }

    int register(int number) {
        return cpu.gpr[number];
    }

    void register(int number, int value) {
        cpu.gpr[number] = value;
    }

    int octet(int address) {
        return ram.read8(address);
    }

    void octet(int address, int value) {
        ram.write8(address, value);
    }

    int word(int address) {
        return ram.read32(address & ~3);
    }

    void word(int address, int value) {
        ram.write32(address & ~3, value);
    }

    /** The octets at {@code address} before the NUL. */
    byte[] text(int address) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        while (text.size() < LONGEST_TEXT && octet(address + text.size()) != 0) {
            text.write(octet(address + text.size()));
        }
        return text.toByteArray();
    }

    /** Puts {@code text} and a NUL at {@code address}. */
    void text(int address, byte[] text) {
        for (int i = 0; i < text.length; i++) {
            octet(address + i, text[i]);
        }
        octet(address + text.length, 0);
    }
}
