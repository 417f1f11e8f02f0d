package soliloquy.bios.kernel;

import java.util.Arrays;

/**
 * System calls that the guest replaces with SetSyscall. ps2sdk's start-up installs its own copies of calls that this kernel
 * already does right (alarms, TLB, Copy); those are accepted and left alone. Any other replacement is called as the kernel
 * would: in guest code, with the arguments as they are.
 */
final class Replacements {
    private static final int DEPTH = 16;

    private final int[] functions = new int[SystemCall.COUNT];
    private final int[] returnAddresses = new int[DEPTH];
    private final long[] savedRa = new long[DEPTH];
    private int depth;

    void reset() {
        Arrays.fill(functions, 0);
        depth = 0;
    }

    /** SetSyscall; numbers outside of the table would patch kernel code and are ignored. */
    int set(int number, int function) {
        if (number >= 0 && number < SystemCall.GUEST_NUMBERS && !patchedBySdk(number)) {
            functions[number] = function == KernelMemory.entry(number) ? 0 : function;
        }
        return 0;
    }

    private static boolean patchedBySdk(int number) {
        return number == 0x08 || number >= 0x55 && number <= 0x5B || number >= 0xFC;
    }

    /**
     * GetEntryAddress: the guest's function or else the kernel's own, which may be called, also by what replaces it, and given back
     * to SetSyscall. Call 3 is the kernel's argument buffer for those who start programs.
     */
    int address(int number) {
        if (number == 3) {
            return KernelMemory.EXEC_ARGUMENTS;
        }
        int function = function(number);
        if (function != 0) {
            return function;
        }
        return number >= 0 && number < SystemCall.GUEST_NUMBERS
                ? KernelMemory.entry(number)
                : KernelMemory.NULL_FUNCTION;
    }

    /** The guest's function for a call, or 0. */
    int function(int number) {
        return number >= 0 && number < SystemCall.COUNT ? functions[number] : 0;
    }

    /** Remembers where a replaced call returns to; false if they are nested too deeply. */
    boolean push(int returnAddress, long ra) {
        if (depth == DEPTH) {
            return false;
        }
        returnAddresses[depth] = returnAddress;
        savedRa[depth++] = ra;
        return true;
    }

    boolean isEmpty() {
        return depth == 0;
    }

    /** Goes back one level; {@link #returnAddress} and {@link #ra} then tell of it. */
    void pop() {
        depth--;
    }

    int returnAddress() {
        return returnAddresses[depth];
    }

    long ra() {
        return savedRa[depth];
    }
}
