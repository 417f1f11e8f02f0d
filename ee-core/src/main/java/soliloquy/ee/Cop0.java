package soliloquy.ee;

import soliloquy.machine.EventType;
import soliloquy.machine.InterruptPin;
import soliloquy.machine.Scheduler;

/** COP0: status, exceptions, the cycle count and its timer, performance counters. Source: ps2tek "EE COP0". */
public final class Cop0 {
    static final int STATUS_IE = 1;
    static final int STATUS_EXL = 1 << 1;
    static final int STATUS_ERL = 1 << 2;
    static final int STATUS_EIE = 1 << 16;
    static final int STATUS_EDI = 1 << 17;
    static final int STATUS_CU = 0x7000_0000;
    private static final int STATUS_KSU = 3 << 3;
    /** Interrupt mask and pending bits: 10 INT0, 11 INT1, 15 timer, in Status and in Cause. */
    private static final int INTERRUPTS = 0x8C00;

    private static final int CAUSE_BD = 0x8000_0000;
    private static final int CAUSE_CE = 3 << 28;
    private static final int CAUSE_TIMER = 1 << 15;
    private static final int CONTEXT_PTE_BASE = 0xFF80_0000;
    private static final int CONTEXT_BAD_VPN2 = 0x007F_FFF0;
    private static final int PRID_RETAIL_EE = 0x2E20;
    /** IC 16 KB, DC 8 KB, and both caches, branch prediction and double issue enabled as the kernel leaves them. */
    private static final int CONFIG = 0x0007_3440;

    private static final String[] NAMES = {
        "index",
        "random",
        "entrylo0",
        "entrylo1",
        "context",
        "pagemask",
        "wired",
        "r7",
        "badvaddr",
        "count",
        "entryhi",
        "compare",
        "status",
        "cause",
        "epc",
        "prid",
        "config",
        "r17",
        "r18",
        "r19",
        "r20",
        "r21",
        "r22",
        "badpaddr",
        "debug",
        "perf",
        "r26",
        "r27",
        "taglo",
        "taghi",
        "errorepc",
        "r31"
    };

    /** Number of the register that counts cycles. */
    static final int COUNT = 9;

    private final R5900 cpu;
    private final Scheduler scheduler;
    private final PerformanceCounters performance;
    private final Breakpoints breakpoints;
    private final Tlb tlb = new Tlb();
    private final int[] others = new int[32];
    private int status;
    private int cause;
    private int epc;
    private int errorEpc;
    private int badVirtualAddress;
    private int compare;
    private int context;
    private long countBase;

    Cop0(R5900 cpu, Scheduler scheduler) {
        this.cpu = cpu;
        this.scheduler = scheduler;
        performance = new PerformanceCounters(this, cpu);
        breakpoints = new Breakpoints(cpu.notices());
        scheduler.handle(EventType.EE_COUNT_COMPARE, (time, payload) -> timerDue());
        // What the kernel has set up when a program starts: interrupts on, coprocessors usable, EI and DI allowed to
        // programs.
        status = STATUS_CU | STATUS_EDI | STATUS_EIE | STATUS_IE | 0x0C00;
    }

    /** Name of a register as the manuals write it, in lower case. */
    static String name(int register) {
        return NAMES[register];
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
        performance.catchUp();
        boolean coprocessorsChange = ((status ^ value) & STATUS_CU) != 0;
        status = value;
        if (coprocessorsChange) {
            cpu.forgetCode();
        }
        cpu.recheckInterrupts();
    }

    /** Names the coprocessor of an exception that tells it is unusable. */
    void coprocessorError(int unit) {
        cause = cause & ~CAUSE_CE | unit << 28;
    }

    PerformanceCounters performance() {
        return performance;
    }

    Breakpoints breakpoints() {
        return breakpoints;
    }

    Tlb tlb() {
        return tlb;
    }

    /** True if the coprocessor {@code unit} may be used. */
    boolean usable(int unit) {
        return (status >>> (28 + unit) & 1) != 0;
    }

    /** 0 kernel, 1 supervisor, 2 user, and 3 while an exception is handled (EXL). */
    int mode() {
        return (status & STATUS_EXL) != 0 ? 3 : (status & STATUS_ERL) != 0 ? 0 : (status & STATUS_KSU) >> 3;
    }

    boolean interruptReady() {
        return (status & cause & INTERRUPTS) != 0
                && (status & (STATUS_IE | STATUS_EXL | STATUS_ERL | STATUS_EIE)) == (STATUS_IE | STATUS_EIE);
    }

    InterruptPin pin(int line) {
        int bit = line == 0 ? 1 << 10 : 1 << 11;
        return asserted -> {
            cause = asserted ? cause | bit : cause & ~bit;
            if (asserted) {
                cpu.recheckInterrupts();
            }
        };
    }

    /** Sets EPC, Cause and EXL as hardware does on a level-1 exception. */
    void enterException(ExceptionCode code, int at, boolean inDelaySlot, int badAddress) {
        performance.catchUp();
        if ((status & STATUS_EXL) == 0) {
            epc = inDelaySlot ? at - 4 : at;
            cause = inDelaySlot ? cause | CAUSE_BD : cause & ~CAUSE_BD;
        }
        cause = cause & ~0x7C | code.code << 2;
        switch (code) {
            case TLB_MODIFIED, TLB_REFILL_LOAD, TLB_REFILL_STORE -> {
                badVirtualAddress = badAddress;
                context = context & CONTEXT_PTE_BASE | badAddress >>> 9 & CONTEXT_BAD_VPN2;
                tlb.missed(badAddress);
            }
            case ADDRESS_ERROR_LOAD, ADDRESS_ERROR_STORE -> badVirtualAddress = badAddress;
            default -> {}
        }
        status |= STATUS_EXL;
    }

    /** Leaves the exception level; returns the address that ERET continues at. */
    int leaveException() {
        performance.catchUp();
        int address;
        if ((status & STATUS_ERL) != 0) {
            status &= ~STATUS_ERL;
            address = errorEpc;
        } else {
            status &= ~STATUS_EXL;
            address = epc;
        }
        cpu.recheckInterrupts();
        return address;
    }

    void enableInterrupts(boolean enabled) {
        if ((status & STATUS_EDI) != 0 || mode() != 2) {
            status = enabled ? status | STATUS_EIE : status & ~STATUS_EIE;
            cpu.recheckInterrupts();
        }
    }

    private int count() {
        return countAt(cpu.cycles());
    }

    /** The register Count at a time in cycles. */
    int countAt(long cycles) {
        return (int) (cycles - countBase);
    }

    private void timerDue() {
        cause |= CAUSE_TIMER;
        cpu.recheckInterrupts();
    }

    private void scheduleTimer() {
        long distance = (compare - count()) & 0xFFFF_FFFFL;
        scheduler.scheduleAt(EventType.EE_COUNT_COMPARE, cpu.cycles() + (distance == 0 ? 1L << 32 : distance), 0);
    }

    /** MFC0. */
    int read(int register) {
        return switch (register) {
            case 0, 1, 2, 3, 5, 6, 10 -> tlb.read(register, cpu.cycles());
            case 4 -> context;
            case 8 -> badVirtualAddress;
            case COUNT -> count();
            case 11 -> compare;
            case 12 -> status;
            case 13 -> cause;
            case 14 -> epc;
            case 15 -> PRID_RETAIL_EE;
            case 16 -> CONFIG;
            case 30 -> errorEpc;
            default -> others[register];
        };
    }

    /** MTC0. */
    void write(int register, int value) {
        switch (register) {
            case 0, 1, 2, 3, 5, 6, 10 -> tlb.write(register, value, cpu.cycles());
            case 4 -> context = context & CONTEXT_BAD_VPN2 | value & CONTEXT_PTE_BASE;
            case 8 -> badVirtualAddress = value;
            case COUNT -> {
                countBase = cpu.cycles() - (value & 0xFFFF_FFFFL);
                scheduleTimer();
            }
            case 11 -> {
                compare = value;
                cause &= ~CAUSE_TIMER;
                scheduleTimer();
            }
            case 12 -> status(value);
            case 13 -> cause = cause & ~0x300 | value & 0x300;
            case 14 -> epc = value;
            case 15, 16 -> {} // PRId and Config are read-only here
            case 30 -> errorEpc = value;
            default -> others[register] = value;
        }
    }
}
