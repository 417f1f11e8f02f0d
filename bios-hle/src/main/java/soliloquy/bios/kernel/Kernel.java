package soliloquy.bios.kernel;

import java.util.List;
import soliloquy.bios.ElfFile;
import soliloquy.bios.ExitListener;
import soliloquy.bios.ThreadView;
import soliloquy.ee.EeBus;
import soliloquy.ee.ExceptionCode;
import soliloquy.ee.ExceptionHandler;
import soliloquy.ee.R5900;
import soliloquy.machine.InputException;
import soliloquy.machine.InterruptLine;
import soliloquy.machine.Notices;
import soliloquy.machine.Scheduler;
import soliloquy.machine.TextOutput;

/** The kernel of the EE in Java: takes the processor's exceptions. Install it with {@link R5900#exceptionHandler}. */
public final class Kernel implements ExceptionHandler {
    /** What MachineType answers: a retail console. */
    static final int MACHINE_TYPE = 0x100;

    private static final int FAILED = -1;
    private static final int ARGUMENT_REGISTERS = 8;
    private static final int D_CTRL = 0x1000_E000;
    private static final int INTC_TIMER3 = 12;
    private static final int STATUS_IE = 1;
    private static final int STATUS_KSU = 3 << 3;
    private static final int STATUS_EIE = 1 << 16;
    private static final int DECI2_KPUTS = 0x10;

    final Threads threads;
    final Semaphores semaphores;
    final InterruptHandlers interrupts;
    final Alarms alarms;
    final SifCalls sif;
    final GraphicsCalls graphics;
    final SystemSettings settings;
    final DebugText debugText;
    final Programs programs;
    final Replacements replacements = new Replacements();
    final ExceptionHandlers exceptions = new ExceptionHandlers();

    private final R5900 cpu;
    private final EeBus bus;
    private final Notices notices;
    private final KernelMemory memory;
    private final ProgramArguments arguments;
    private SystemCall present;
    private int resumeAddress;
    private boolean halted;

    /**
     * A kernel that is not running anything yet.
     *
     * @param timer3 the interrupt line of EE timer 3, which the kernel owns for alarms
     * @param text takes what programs print through the kernel
     * @param listener told when the program ends
     */
    public Kernel(
            R5900 cpu,
            EeBus bus,
            Scheduler scheduler,
            InterruptLine timer3,
            TextOutput text,
            Notices notices,
            ExitListener listener) {
        this.cpu = cpu;
        this.bus = bus;
        this.notices = notices;
        memory = new KernelMemory(bus, notices);
        threads = new Threads(cpu, memory);
        semaphores = new Semaphores(threads, memory);
        threads.connect(semaphores);
        interrupts = new InterruptHandlers(cpu, bus, threads);
        alarms = new Alarms(scheduler, interrupts, timer3);
        interrupts.kernelIntc(INTC_TIMER3, alarms::interrupt);
        sif = new SifCalls(memory, interrupts);
        graphics = new GraphicsCalls(memory, interrupts, notices);
        settings = new SystemSettings(memory);
        debugText = new DebugText(memory, text);
        arguments = new ProgramArguments(memory, notices);
        programs = new Programs(this, arguments, notices, listener);
    }

    /** Sets where LoadExecPS2 finds programs. */
    public void programSource(ProgramSource source) {
        programs.source(source);
    }

    /** Replaces the listener given to the constructor. */
    public void exitListener(ExitListener listener) {
        programs.listener(listener);
    }

    /**
     * Loads a program as LoadExecPS2 does and sets the processor to its first instruction.
     *
     * @param words {@code argv}: the path, then the arguments; any text
     * @throws InputException if the program does not fit into memory
     */
    public void start(ElfFile elf, List<String> words) throws InputException {
        programs.start(elf, Programs.guestText(words));
        cpu.jump(resumeAddress);
    }

    /** Sets the processor to the idle loop: the console starts without a program on the EE. */
    public void startIdle() {
        memory.install();
        halt();
        cpu.jump(resumeAddress);
    }

    /** The program that was loaded last, with its symbols; null before {@link #start}. */
    public ElfFile program() {
        return programs.program();
    }

    /** Number of the running thread, 0 while none can run; for debuggers. */
    public int threadId() {
        return threads.current().id;
    }

    /** True if {@code address} is where the processor waits while no thread can run. */
    public static boolean waitsAt(int address) {
        return (address & ~7) == KernelMemory.IDLE;
    }

    /** True if {@code address} is the one that interrupt handlers return to. */
    public static boolean endsHandler(int address) {
        return address == KernelMemory.HANDLER_RETURN;
    }

    /** Where the thread that ran last goes on when it can; while no thread runs, for debuggers. */
    public int waitingAt() {
        return threads.lastRun().context.pc;
    }

    /** Its general registers, as {@link R5900#gpr} has them; not to be written. */
    public long[] waitingRegisters() {
        return threads.lastRun().context.gpr;
    }

    /** True while guest code runs as an interrupt handler. */
    public boolean handlingInterrupt() {
        return interrupts.active();
    }

    /** The program's threads, the running one included, by their numbers; for debuggers. */
    public List<ThreadView> threadViews() {
        return threads.views();
    }

    EeBus bus() {
        return bus;
    }

    KernelMemory memory() {
        return memory;
    }

    int resumeAddress() {
        return resumeAddress;
    }

    /** Forgets the program before and prepares the main thread of another. */
    void reset(int entry, int gp, int stackTop) {
        halted = false;
        memory.install();
        replacements.reset();
        exceptions.reset();
        graphics.reset();
        semaphores.reset();
        alarms.reset();
        sif.reset();
        threads.reset(entry, gp, stackTop);
        interrupts.reset();
        bus.write32(D_CTRL, bus.read32(D_CTRL) | 1);
        cpu.cop0().status(cpu.cop0().status() & ~STATUS_KSU | STATUS_IE | STATUS_EIE);
    }

    /** The present call does not return to its caller but goes on at {@code address}. */
    void continueAt(int address) {
        resumeAddress = address;
    }

    /** The processor stops and stays in the idle loop. */
    void halt() {
        halted = true;
        resumeAddress = KernelMemory.IDLE;
        cpu.stop();
    }

    @Override
    public void enter(ExceptionCode code, int epc, boolean inDelaySlot, int badAddress) {
        if (halted) {
            cpu.returnFromException(KernelMemory.IDLE);
            cpu.stop();
            return;
        }
        switch (code) {
            case SYSCALL -> systemCall(epc + 4);
            case INTERRUPT -> interrupts.enter(epc);
            default -> fault(code, epc, badAddress);
        }
    }

    private void fault(ExceptionCode code, int epc, int badAddress) {
        int handler = exceptions.function(code.code);
        if (handler != 0) {
            cpu.jump(handler);
            return;
        }
        String reason = code.meaning + (badAddress != 0 ? " (address 0x%08x)".formatted(badAddress) : "");
        programs.crash(reason, epc);
        cpu.returnFromException(KernelMemory.IDLE);
    }

    private void systemCall(int returnAddress) {
        int number = Math.abs((int) cpu.gpr[2 * Registers.V1]);
        resumeAddress = returnAddress;
        if (number == SystemCall.RETURN_FROM_HANDLER.number() && interrupts.active()) {
            interrupts.handlerReturned((int) cpu.gpr[2 * Registers.V0]);
        } else if (number == SystemCall.RETURN_FROM_REPLACEMENT.number() && !replacements.isEmpty()) {
            replacements.pop();
            cpu.gpr[2 * Registers.RA] = replacements.ra();
            cpu.returnFromException(replacements.returnAddress());
        } else if (!KernelMemory.inEntries(returnAddress)
                && replacements.function(number) != 0
                && replacements.push(returnAddress, cpu.gpr[2 * Registers.RA])) {
            cpu.gpr[2 * Registers.RA] = KernelMemory.REPLACEMENT_RETURN;
            cpu.returnFromException(replacements.function(number));
        } else {
            call(number);
        }
    }

    private void call(int number) {
        SystemCall call = SystemCall.of(number);
        if (number < 0 || number >= SystemCall.GUEST_NUMBERS) {
            programs.crash(
                    "a system call with number 0x%x, beyond the kernel's table of 0x%x"
                            .formatted((int) cpu.gpr[2 * Registers.V1], SystemCall.GUEST_NUMBERS),
                    resumeAddress - 4);
            cpu.returnFromException(KernelMemory.IDLE);
            return;
        }
        if (call == null) {
            notices.report(
                    Notices.Kind.UNHANDLED,
                    "EE kernel",
                    resumeAddress - 4,
                    "system call 0x%02x does not exist; it returns -1".formatted(number));
            cpu.gpr[2 * Registers.V0] = FAILED;
            cpu.returnFromException(resumeAddress);
            return;
        }
        present = call;
        int returnAddress = resumeAddress;
        long result = call.body().call(this);
        if (resumeAddress == returnAddress) {
            cpu.gpr[2 * Registers.V0] = result;
            if (call.dispatches() && !interrupts.active()) {
                resumeAddress = threads.dispatch(returnAddress);
                if (threads.idling()) {
                    idle();
                }
            }
        }
        cpu.returnFromException(resumeAddress);
    }

    /** Only an interrupt can make a thread run again, so interrupts are on; without threads the program is over. */
    private void idle() {
        if (threads.allDormant()) {
            programs.exit(0);
        } else {
            cpu.cop0().status(cpu.cop0().status() | STATUS_EIE);
        }
    }

    /** Argument {@code index} as a word: a0 to a3, then t0 and on. */
    int argument(int index) {
        return (int) longArgument(index);
    }

    long longArgument(int index) {
        return cpu.gpr[2 * (Registers.A0 + index)];
    }

    int gp() {
        return (int) cpu.gpr[2 * Registers.GP];
    }

    /**
     * FlushCache: 0 writes the data cache back, 1 drops it, 2 drops the instruction cache, other values do all (ps2sdk's kernel.h).
     * Writing back leaves the cache empty, as ps2sdk's own SyncDCache does; that the kernel's does so is an estimate.
     */
    int flushCache(int operation) {
        if (operation != 2) {
            cpu.flushData(operation != 1, true);
        }
        if (operation != 0 && operation != 1) {
            cpu.flushInstructions();
        }
        return 0;
    }

    /** A call of the console that is not done here: says so and fails. */
    int notDone() {
        notices.report(
                Notices.Kind.UNIMPLEMENTED,
                "EE kernel",
                resumeAddress - 4,
                "%s (system call 0x%02x) is not done; it returns -1".formatted(present.title(), present.number()));
        return FAILED;
    }

    /** The address map is the retail kernel's and does not change. */
    int fixedTlb() {
        notices.report(
                Notices.Kind.UNIMPLEMENTED,
                "EE kernel",
                0,
                "%s: TLB entries are accepted without effect; the address map is fixed".formatted(present.title()));
        return argument(0);
    }

    private boolean refuseInHandler() {
        if (!interrupts.active()) {
            return false;
        }
        notices.report(
                Notices.Kind.UNUSUAL,
                "EE kernel",
                resumeAddress - 4,
                present.title() + " would wait in an interrupt handler; it returns -1");
        return true;
    }

    int sleepThread() {
        boolean waits = threads.current().wakeupCount == 0;
        return waits && refuseInHandler() ? FAILED : threads.sleep();
    }

    int waitSema() {
        boolean waits = semaphores.wouldBlock(argument(0));
        return waits && refuseInHandler() ? FAILED : semaphores.waitFor(argument(0));
    }

    int endThread(boolean delete) {
        if (refuseInHandler()) {
            return FAILED;
        }
        if (delete) {
            threads.exitAndDelete();
        } else {
            threads.exit();
        }
        return 0;
    }

    int setupThread() {
        arguments.layOut(argument(3));
        return threads.setup(
                argument(0), argument(1), argument(2), argument(4), bus.ram().size());
    }

    /** _print: the format and seven words in registers, further ones on the stack, as in the n32 convention. */
    int print() {
        return debugText.print(
                argument(0),
                i -> i < ARGUMENT_REGISTERS - 1
                        ? argument(i + 1)
                        : memory.word((int) cpu.gpr[2 * Registers.SP] + 8 * (i + 1 - ARGUMENT_REGISTERS)));
    }

    int setAlarm() {
        return alarms.set(argument(0), argument(1), argument(2), gp());
    }

    int memorySize() {
        return bus.ram().size();
    }

    int getCop0() {
        return switch (argument(0)) {
            case 12 -> cpu.cop0().status();
            case 13 -> cpu.cop0().cause();
            case 14 -> cpu.cop0().epc();
            default -> notDone();
        };
    }

    /** ResetEE: the units start over; their owners reset through their own registers. */
    int resetChips(int mask) {
        notices.report(
                Notices.Kind.UNIMPLEMENTED,
                "EE kernel",
                0,
                "ResetEE with mask 0x%02x is accepted without effect".formatted(mask));
        return 0;
    }

    int deci2() {
        if (argument(0) == DECI2_KPUTS && memory.check(argument(1), 4, "Deci2Call")) {
            return debugText.put(memory.word(argument(1)));
        }
        return notDone();
    }

    int copy(int destination, int source, int length) {
        if (!memory.check(destination, length, "Copy") || !memory.check(source, length, "Copy")) {
            return 0;
        }
        for (int i = 0; i < length; i++) {
            bus.write8(destination + i, bus.read8(source + i));
        }
        return 0;
    }

    /** FindAddress: the first word in a range that has this value, or 0. */
    int findAddress(int start, int end, int value) {
        int length = end - start;
        if (length < 0 || !memory.check(start, length, "FindAddress")) {
            return 0;
        }
        for (int address = start; address < end; address += 4) {
            if (bus.read32(address) == value) {
                return address;
            }
        }
        return 0;
    }
}
