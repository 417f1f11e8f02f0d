package soliloquy.bios.kernel;

import java.nio.charset.StandardCharsets;
import soliloquy.ee.EeBus;
import soliloquy.machine.Notices;

/**
 * The kernel's part of RAM (below physical 0x80000) and its careful view of the guest's. Addresses that guests pass are
 * checked before they are used; what does not lie in memory reads as zero and is not written.
 */
final class KernelMemory {
    /** A branch to itself, where the processor waits when no thread can run. */
    static final int IDLE = 0x8001_0000;

    /** Where an interrupt handler returns to: system call {@link SystemCall#RETURN_FROM_HANDLER}. */
    static final int HANDLER_RETURN = 0x8001_0010;

    /** Where a thread without a root function returns to: ExitThread. */
    static final int THREAD_RETURN = 0x8001_0020;

    /** Where a system call that the guest replaced returns to: {@link SystemCall#RETURN_FROM_REPLACEMENT}. */
    static final int REPLACEMENT_RETURN = 0x8001_0030;

    /** A function that does nothing, for those who ask for the address of what is no system call. */
    static final int NULL_FUNCTION = 0x8001_0040;

    /** The addresses of the system calls for those who ask: functions that make the call, {@link #ENTRY_BYTES} each. */
    private static final int ENTRIES = 0x8001_8000;

    private static final int ENTRY_BYTES = 16;

    /** Physical address of the DMA tags of SIF1, {@link #SIF_TAGS} entries of 64 bytes. */
    static final int SIF_TAG_AREA = 0x0001_2000;

    static final int SIF_TAGS = 64;

    /** Where ExecPS2 of ps2sdk keeps arguments: sixteen pointers and their texts. */
    static final int EXEC_ARGUMENTS = 0x8001_4000;

    /** Top of the stack that interrupt handlers run on; 32 KB below it are its own. */
    static final int INTERRUPT_STACK = 0x8007_FF00;

    private static final int ADDIU_V1 = 0x2403_0000;
    private static final int SYSCALL = 0x0000_000C;
    private static final int BRANCH_TO_SELF = 0x1000_FFFF;
    private static final int JR_RA = 0x03E0_0008;

    private final EeBus bus;
    private final Notices notices;

    KernelMemory(EeBus bus, Notices notices) {
        this.bus = bus;
        this.notices = notices;
    }

    /** Writes the stubs that guest code returns through. */
    void install() {
        bus.write32(IDLE, BRANCH_TO_SELF);
        bus.write32(IDLE + 4, 0);
        systemCallStub(HANDLER_RETURN, SystemCall.RETURN_FROM_HANDLER.number());
        systemCallStub(THREAD_RETURN, SystemCall.EXIT_THREAD.number());
        systemCallStub(REPLACEMENT_RETURN, SystemCall.RETURN_FROM_REPLACEMENT.number());
        bus.write32(NULL_FUNCTION, JR_RA);
        bus.write32(NULL_FUNCTION + 4, 0);
        for (int number = 0; number < SystemCall.GUEST_NUMBERS; number++) {
            systemCallStub(entry(number), number);
            bus.write32(entry(number) + 8, JR_RA);
            bus.write32(entry(number) + 12, 0);
        }
    }

    /** Address of the kernel's own function for system call {@code number}, 0 to 0xFF. */
    static int entry(int number) {
        return ENTRIES + number * ENTRY_BYTES;
    }

    /** True if {@code address} lies in one of those functions. */
    static boolean inEntries(int address) {
        return address >= ENTRIES && address < entry(SystemCall.GUEST_NUMBERS);
    }

    private void systemCallStub(int address, int number) {
        bus.write32(address, ADDIU_V1 | number);
        bus.write32(address + 4, SYSCALL);
        bus.write32(address + 8, 0);
    }

    EeBus bus() {
        return bus;
    }

    /** True if {@code length} bytes at {@code address} are memory; otherwise reports what the guest passed. */
    boolean check(int address, int length, String what) {
        if (length >= 0 && bus.isMemory(address, length)) {
            return true;
        }
        notices.report(
                Notices.Kind.UNUSUAL,
                "EE kernel",
                0,
                "%s: 0x%x bytes at 0x%08x are not in memory".formatted(what, length, address));
        return false;
    }

    int word(int address) {
        return bus.read32(address);
    }

    void word(int address, int value) {
        bus.write32(address, value);
    }

    /** The text at {@code address} up to its NUL, at most {@code limit} bytes; empty if it is not in memory. */
    String text(int address, int limit) {
        byte[] bytes = new byte[limit];
        int length = 0;
        while (length < limit && bus.isMemory(address + length, 1)) {
            int value = bus.read8(address + length);
            if (value == 0) {
                break;
            }
            bytes[length++] = (byte) value;
        }
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** Writes {@code text} and a NUL. */
    void text(int address, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < bytes.length; i++) {
            bus.write8(address + i, bytes[i]);
        }
        bus.write8(address + bytes.length, 0);
    }
}
