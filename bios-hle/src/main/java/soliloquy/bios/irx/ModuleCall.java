package soliloquy.bios.irx;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import soliloquy.iop.R3000A;
import soliloquy.machine.Ram;

/**
 * A call of a module into a library: arguments by the o32 convention, four in registers and the rest on the stack; and the way
 * from a library into a module's function and back.
 */
public final class ModuleCall {
    /** Where a system call stands that a function called from Java returns to. */
    static final int CONTINUE_ADDRESS = 0x480;

    private static final int A0 = 4;
    private static final int SP = 29;
    private static final int RA = 31;
    /** Room on the stack that a caller leaves for its arguments, kept at a multiple of eight. */
    private static final int ARGUMENT_AREA = 32;
    /** A text that runs on for longer has lost its end. */
    private static final int LONGEST_TEXT = 1 << 16;

    private final R3000A cpu;
    private final Ram ram;
    private final ThreadManager threads;
    private final Supplier<ArrayDeque<Continuation>> continuations;
    private int returnAddress;

    /** @param continuations of who runs now: a thread or an interrupt handler */
    ModuleCall(R3000A cpu, Ram ram, ThreadManager threads, Supplier<ArrayDeque<Continuation>> continuations) {
        this.cpu = cpu;
        this.ram = ram;
        this.threads = threads;
        this.continuations = continuations;
    }

    /** The call that the processor is at now. */
    void begin() {
        returnAddress = cpu.gpr[RA];
    }

    /** Argument {@code index}, from 0. */
    public int argument(int index) {
        return index < 4 ? cpu.gpr[A0 + index] : word(cpu.gpr[SP] + 4 * index);
    }

    /** Where the processor goes on. */
    int returnAddress() {
        return returnAddress;
    }

    void returnAddress(int address) {
        returnAddress = address;
    }

    /** Takes up a call that was put off; the processor's registers are its caller's. */
    int resume(Continuation continuation, int value) {
        cpu.gpr[SP] = continuation.stackPointer();
        returnAddress = continuation.returnAddress();
        return continuation.then().applyAsInt(value);
    }

    /** The library's function is not over when it returns: {@code then} takes what it returned or waited for, and gives its result. */
    public void then(IntUnaryOperator then) {
        continuations.get().push(new Continuation(then, returnAddress, cpu.gpr[SP]));
        returnAddress = CONTINUE_ADDRESS;
        threads.goesOnAt(CONTINUE_ADDRESS);
    }

    /**
     * Calls a module's function, when the library's function returns.
     *
     * @param address of the function
     * @param then takes its result and gives the library's; it may call or wait again
     * @param arguments at most eight
     */
    public void invoke(int address, IntUnaryOperator then, int... arguments) {
        then(then);
        cpu.gpr[SP] = (cpu.gpr[SP] & ~7) - ARGUMENT_AREA;
        for (int i = 0; i < arguments.length; i++) {
            if (i < 4) {
                cpu.gpr[A0 + i] = arguments[i];
            } else {
                word(cpu.gpr[SP] + 4 * i, arguments[i]);
            }
        }
        cpu.gpr[RA] = CONTINUE_ADDRESS;
        returnAddress = address;
    }

    public int register(int number) {
        return cpu.gpr[number];
    }

    public void register(int number, int value) {
        cpu.gpr[number] = value;
    }

    public int octet(int address) {
        return ram.read8(address);
    }

    public void octet(int address, int value) {
        ram.write8(address, value);
    }

    public int word(int address) {
        return ram.read32(address & ~3);
    }

    public void word(int address, int value) {
        ram.write32(address & ~3, value);
    }

    /** The octets at {@code address} before the NUL. */
    public byte[] text(int address) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        while (text.size() < LONGEST_TEXT && octet(address + text.size()) != 0) {
            text.write(octet(address + text.size()));
        }
        return text.toByteArray();
    }

    /** Puts {@code text} and a NUL at {@code address}. */
    public void text(int address, byte[] text) {
        for (int i = 0; i < text.length; i++) {
            octet(address + i, text[i]);
        }
        octet(address + text.length, 0);
    }
}
