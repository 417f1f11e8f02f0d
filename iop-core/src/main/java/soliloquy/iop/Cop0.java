package soliloquy.iop;

import soliloquy.machine.InterruptPin;

/**
 * COP0 of the R3000A: the three-deep stack of interrupt-enable and mode bits in Status, Cause, EPC, BadVaddr. There is no TLB, and
 * the debug registers keep what is written. Source: IDT R30xx manual; PRId 0x1F as PCSX2 has it.
 */
public final class Cop0 {
    private static final int STATUS_IEC = 1;
    private static final int STATUS_STACK = 0x3F;
    private static final int STATUS_ISOLATE_CACHE = 1 << 16;
    private static final int STATUS_BEV = 1 << 22;
    private static final int STATUS_WRITABLE = 0xF27F_FF3F;
    private static final int CAUSE_BD = 0x8000_0000;
    private static final int CAUSE_CODE = 0x7C;
    private static final int CAUSE_CE = 3 << 28;
    /** Bits of Cause that software sets: its two interrupts. */
    private static final int CAUSE_SOFTWARE = 0x300;

    private static final int CAUSE_INTERRUPTS = 0xFF00;
    /** The interrupt controller is on hardware input 0, which is IP2. */
    private static final int CAUSE_IP2 = 1 << 10;

    private static final int PRID = 0x1F;

    private static final String[] NAMES = {
        "r0",
        "r1",
        "r2",
        "bpc",
        "r4",
        "bda",
        "tar",
        "dcic",
        "badvaddr",
        "bdam",
        "r10",
        "bpcm",
        "status",
        "cause",
        "epc",
        "prid"
    };

    private final R3000A cpu;
    private final int[] others = new int[32];
    private int status = STATUS_BEV;
    private int cause;
    private int epc;
    private int badVirtualAddress;

    Cop0(R3000A cpu) {
        this.cpu = cpu;
    }

    /** Name of a register as the manuals write it, in lower case. */
    static String name(int register) {
        return register < NAMES.length ? NAMES[register] : "r" + register;
    }

    public int status() {
        return status;
    }

    public int cause() {
        return cause;
    }

    public int epc() {
        return epc;
    }

    /** Sets Status as MTC0 does. */
    public void status(int value) {
        status = value & STATUS_WRITABLE;
        cpu.recheckInterrupts();
    }

    /** True while stores go to the data cache alone. */
    boolean cacheIsolated() {
        return (status & STATUS_ISOLATE_CACHE) != 0;
    }

    boolean interruptReady() {
        return (status & STATUS_IEC) != 0 && (status & cause & CAUSE_INTERRUPTS) != 0;
    }

    /** The input that the interrupt controller drives. */
    InterruptPin pin() {
        return asserted -> {
            cause = asserted ? cause | CAUSE_IP2 : cause & ~CAUSE_IP2;
            if (asserted) {
                cpu.recheckInterrupts();
            }
        };
    }

    /** Sets EPC, Cause and Status as hardware does; returns the vector. */
    int enterException(ExceptionCode code, int at, boolean inDelaySlot, int badAddress, int coprocessor) {
        epc = inDelaySlot ? at - 4 : at;
        cause = cause & ~(CAUSE_BD | CAUSE_CODE | CAUSE_CE) | code.code << 2 | coprocessor << 28;
        if (inDelaySlot) {
            cause |= CAUSE_BD;
        }
        if (code == ExceptionCode.ADDRESS_ERROR_LOAD || code == ExceptionCode.ADDRESS_ERROR_STORE) {
            badVirtualAddress = badAddress;
        }
        status = status & ~STATUS_STACK | status << 2 & STATUS_STACK;
        return (status & STATUS_BEV) != 0 ? 0xBFC0_0180 : 0x8000_0080;
    }

    /** RFE: the old bits become the present ones. */
    public void restoreFromException() {
        status = status & ~0xF | status >>> 2 & 0xF;
        cpu.recheckInterrupts();
    }

    int read(int register) {
        return switch (register) {
            case 8 -> badVirtualAddress;
            case 12 -> status;
            case 13 -> cause;
            case 14 -> epc;
            case 15 -> PRID;
            default -> others[register];
        };
    }

    void write(int register, int value) {
        switch (register) {
            case 8, 14, 15 -> {} // read-only
            case 12 -> status(value);
            case 13 -> {
                cause = cause & ~CAUSE_SOFTWARE | value & CAUSE_SOFTWARE;
                cpu.recheckInterrupts();
            }
            default -> others[register] = value;
        }
    }
}
