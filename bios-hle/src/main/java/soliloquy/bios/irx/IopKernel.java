package soliloquy.bios.irx;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;
import soliloquy.bios.ModuleView;
import soliloquy.bios.ThreadView;
import soliloquy.iop.Cop0;
import soliloquy.iop.ExceptionCode;
import soliloquy.iop.IopBus;
import soliloquy.iop.R3000A;
import soliloquy.machine.Clocks;
import soliloquy.machine.InterruptPin;
import soliloquy.machine.Notices;
import soliloquy.machine.Ram;
import soliloquy.machine.Scheduler;
import soliloquy.machine.TextOutput;
import soliloquy.machine.TraceEvent;

/**
 * The kernel of the IOP: takes its exceptions and interrupts, runs the threads of modules on the R3000A, and the functions of the
 * ROM's libraries in Java. Software of the ROM in Java uses it through {@link #handle}, {@link #add} and {@link #time}.
 * Source: ps2sdk {@code iop/system}; ps2autotests kernel/iop.
 */
public final class IopKernel {
    /** Where a thread's function returns to. */
    private static final int THREAD_RETURN_ADDRESS = 0x488;
    /** A branch to itself. */
    private static final int IDLE_ADDRESS = 0x490;
    /** Where an interrupt handler returns to. */
    private static final int HANDLER_RETURN_ADDRESS = 0x498;
    /** Where an exception goes that no handler takes. */
    private static final int UNHANDLED_ADDRESS = 0x4A0;
    /** Where handlers of exceptions find AT, EPC, Status, Cause and K0, as ps2sdk's {@code excepman.c} keeps them. */
    private static final int EXCEPTION_STATE = 0x400;

    /** Bits of Status: interrupts are on, were on before the exception, and all of the stack of modes. */
    private static final int STATUS_ENABLED = 1;

    private static final int STATUS_WAS_ENABLED = 4;
    private static final int STATUS_STACK = 0x3F;

    /** Handlers run on a stack of their own, between the return addresses and the libraries. */
    private static final int HANDLER_STACK_TOP = 0x8000;

    private static final int SYSCALL = 0x0C;
    private static final int NO_OPERATION = 0;
    private static final int BRANCH_TO_ITSELF = 0x1000_FFFF;

    /** Memory that modules and programs may allocate; below it are the kernel and the buffers of its Java part. */
    private static final int MEMORY_START = 0x000C_0000;

    private static final int MEMORY_END = 0x001F_FF00;
    private static final int GRANULE = 0x100;
    /** Stack on which a module's entry runs, in bytes. */
    private static final int STACK_BYTES = 0x4000;

    private static final int MODULE_PRIORITY = 8;
    /** Attribute of an event flag for which several threads may wait. */
    private static final int EVENT_SEVERAL_WAIT = 2;

    /** IOP cycles of a call into a library; estimate. */
    private static final int CALL_CYCLES = 60;

    private static final int AT = 1;
    private static final int V0 = 2;
    private static final int A0 = 4;
    private static final int A1 = 5;
    private static final int K0 = 26;
    private static final int SP = 29;
    private static final int RA = 31;

    /** Told what becomes of a module that was started without a program, on the emulation thread. */
    public interface Listener {
        /** The entry returned: 0 resident, 1 not, 2 removable, or an error. */
        void returned(int result);

        /** The processor cannot go on. */
        void crashed(String reason, int pc);
    }

    private final R3000A cpu;
    private final Ram ram;
    private final Scheduler scheduler;
    private final TextOutput text;
    private final Notices notices;
    private final Listener listener;
    private final IopTime time;
    private final InterruptLines lines;
    private final List<Library> others = new ArrayList<>();
    private final Set<Library> provided = new HashSet<>();
    private final ArrayDeque<Continuation> interruptContinuations = new ArrayDeque<>();
    private List<Library> libraries = List.of();
    private LibraryStubs stubs;
    private BlockList memory;
    private ThreadManager threads;
    private ModuleCall call;
    private Thbase thbase;
    private Intrman intrman;
    private Loadcore loadcore;
    private Excepman excepman;
    private ModuleLoader modules;
    private InterruptCall handler;
    private int interruptedAt;
    /** What a module's handler of exceptions was called for; null while none runs. */
    private String exception;

    private int exceptionAt;
    private boolean crashed;

    /**
     * A kernel without libraries yet: {@link #add} those that use devices, then {@link #boot}.
     *
     * @param bus devices may be mapped later, but before {@link #boot}
     * @param text takes what modules print
     */
    public IopKernel(R3000A cpu, IopBus bus, Scheduler scheduler, TextOutput text, Notices notices, Listener listener) {
        this.cpu = cpu;
        this.scheduler = scheduler;
        this.text = text;
        this.notices = notices;
        this.listener = listener;
        ram = bus.ram();
        time = new IopTime(scheduler);
        lines = new InterruptLines(bus, time, line -> intrman.raise(line));
        cpu.exceptionHandler(this::enter);
        others.addAll(List.of(new Dmacman(bus), new Vblank(this), new Timrman(this, bus), new Ssbusc(bus)));
        build();
    }

    /** The interrupt input of the processor, as its software sees it. */
    public InterruptPin interruptPin() {
        return lines;
    }

    /** The time that the ROM's software in Java takes. */
    public IopTime time() {
        return time;
    }

    /** The memory that modules and programs allocate. */
    public BlockList memory() {
        return memory;
    }

    /** All threads, for debuggers. */
    public List<ThreadView> threadViews() {
        return threads.views();
    }

    /** Number of the running thread, 0 while none runs; for debuggers. */
    public int threadId() {
        return threads.currentId();
    }

    /** True while guest code runs as an interrupt handler. */
    public boolean handlingInterrupt() {
        return inHandler();
    }

    /** The modules in memory, for debuggers. */
    public List<ModuleView> moduleViews() {
        return modules.views();
    }

    /** The threads of modules. */
    public ThreadManager threads() {
        return threads;
    }

    /** Offers {@code library} to modules from the next {@link #boot} or {@link #reset} on. */
    public void add(Library library) {
        others.add(library);
    }

    /** Calls {@code handler} on interrupts of line {@code line}, 0 to 25, and enables it. */
    public void handle(int line, Runnable handler) {
        lines.handle(line, handler);
    }

    /** Calls {@code handler} when DMA channel {@code number} ends; enables the channel and its interrupt. */
    public void handleChannel(int number, Runnable handler) {
        lines.handleChannel(number, handler);
    }

    /** Runs a module's function as an interrupt handler does, soon, with two arguments; {@code returned} is told what it returns. */
    public void interrupt(int address, IntConsumer returned, int first, int second) {
        intrman.queue(new InterruptCall(address, returned, first, second));
    }

    /** iWakeupThread: wakes thread {@code id}, or lets its next sleep be none. */
    public void wakeup(int id) {
        thbase.wakeup(id);
    }

    /** SleepThread of the running thread; returns what the call does if it need not wait. */
    public int sleep() {
        return thbase.sleep();
    }

    /** Lets interrupts through. */
    public void boot() {
        lines.start();
        register();
    }

    /** Starts over: no modules, no threads, all memory free. */
    public void reset() {
        build();
        others.forEach(Library::reset);
        register();
    }

    private void build() {
        interruptContinuations.clear();
        provided.clear();
        handler = null;
        exception = null;
        memory = new BlockList(MEMORY_START, MEMORY_END, GRANULE);
        threads = new ThreadManager(
                cpu, scheduler, IDLE_ADDRESS, cycle -> time.at(cycle, () -> threads.wakeDelayed(cycle)));
        call = new ModuleCall(cpu, ram, threads, this::continuations);
        intrman = new Intrman(lines::enable, this::taken);
        Thsemap thsemap = new Thsemap(threads);
        Thevent thevent = new Thevent(threads);
        Thmsgbx thmsgbx = new Thmsgbx(threads);
        Thvpool thvpool = new Thvpool(threads, memory::allocate, memory::release);
        Thfpool thfpool = new Thfpool(threads, memory::allocate, memory::release);
        thbase = new Thbase(
                threads,
                THREAD_RETURN_ADDRESS,
                memory::allocate,
                memory::release,
                cpu::cycles,
                new Alarms(time, intrman::queue),
                thevent.create(EVENT_SEVERAL_WAIT, 0, 0),
                new ThreadmanIds(
                        threads, List.of(thsemap::ids, thevent::ids, thmsgbx::ids, thvpool::ids, thfpool::ids)));
        loadcore = new Loadcore(ram, address -> moduleInformation(address));
        excepman = new Excepman(ram, UNHANDLED_ADDRESS);
        libraries = List.of(
                loadcore,
                intrman,
                new Sysmem(memory, text),
                new Stdio(text),
                new Sysclib(),
                thbase,
                thsemap,
                thevent,
                thmsgbx,
                thfpool,
                thvpool,
                new Heaplib(memory),
                excepman);
        stubs = new LibraryStubs(ram);
        modules = new ModuleLoader(ram, memory, loadcore.tables(), stubs, this::demanded, notices);
        for (int address = ModuleCall.CONTINUE_ADDRESS; address <= UNHANDLED_ADDRESS; address += 8) {
            ram.write32(address, address == IDLE_ADDRESS ? BRANCH_TO_ITSELF : SYSCALL);
            ram.write32(address + 4, NO_OPERATION);
        }
        Arrays.fill(ram.bytes, Loadcore.INTERNALS, Loadcore.INTERNALS + 0x100, (byte) 0);
        cpu.jump(IDLE_ADDRESS);
    }

    private void register() {
        libraries.forEach(this::register);
        others.stream().filter(Library::resident).forEach(this::register);
    }

    /** Makes the library {@code name} known to modules, if it is one that comes with its module of the ROM. */
    public void provide(String name) {
        others.stream()
                .filter(library -> !library.resident() && library.name().equals(name) && provided.add(library))
                .forEach(this::register);
    }

    private void demanded(String name) {
        if (others.stream()
                .anyMatch(library -> library.onDemand() && library.name().equals(name))) {
            provide(name);
        }
    }

    /** Makes {@code library} known to modules now. */
    private void register(Library library) {
        loadcore.tables().register(stubs.write(library), true);
    }

    private int moduleInformation(int address) {
        Module module = modules.at(address);
        return module == null ? 0 : module.block;
    }

    /** Lines on which a module cannot put a handler: those of the drive and of SIF. */
    private boolean taken(int line) {
        return lines.handled(line) && (line == 2 || line == 0x23 || line == 0x2A || line == 0x2B);
    }

    /** True while there is something for the processor to do. */
    public boolean running() {
        return !crashed && (intrman.handling() || intrman.due() || threads.active());
    }

    /** The processor waited until EE cycle {@code now}. */
    public void idleUntil(long now) {
        cpu.idleUntil(now);
    }

    /** Lets the processor execute up to EE cycle {@code now}. */
    public void run(long now) {
        if (!inHandler()) {
            if (intrman.enabled() || !threads.runs()) {
                threads.preempt();
            }
            interrupt();
        }
        cpu.run(now);
        cpu.idleUntil(now);
    }

    /**
     * Loads {@code irx}, runs its entry, and tells the listener what it returns.
     *
     * @param path {@code argv[0]}
     * @param now EE cycle
     * @throws ModuleException if it does not fit, or imports what nothing exports
     */
    public void start(IrxFile irx, String path, long now) throws ModuleException {
        cpu.idleUntil(now);
        start(modules.load(irx), List.of(path.getBytes(StandardCharsets.UTF_8)), listener::returned);
    }

    /**
     * Loads a module; the number that it gets, more than 31.
     *
     * @throws ModuleException if it does not fit, or imports what nothing exports
     */
    public int load(IrxFile irx) throws ModuleException {
        return modules.load(irx).id;
    }

    /**
     * Starts module {@code id}.
     *
     * @param words {@code argv}, from the module's path on
     * @param returned told later what its entry returns
     * @return 0, or the error if it cannot be started
     */
    public int start(int id, List<byte[]> words, IntConsumer returned) {
        Module module = modules.find(id);
        if (module == null) {
            return KernelError.UNKNOWN_MODULE;
        }
        if (module.state != Module.State.LOADED && module.state != Module.State.STOPPED) {
            return KernelError.ALREADY_STARTED;
        }
        return start(module, words, returned);
    }

    private int start(Module module, List<byte[]> words, IntConsumer returned) {
        return runEntry(module, words.size(), words, result -> {
            switch (result & 3) {
                case 1 -> modules.unload(module);
                case 2 -> module.state = Module.State.REMOVABLE;
                default -> module.state = Module.State.RESIDENT;
            }
            returned.accept(result);
        });
    }

    /**
     * Asks module {@code id} to end: runs its entry with -1 for the number of arguments.
     *
     * @return 0, or the error if it cannot be stopped
     */
    public int stop(int id, List<byte[]> words, IntConsumer returned) {
        Module module = modules.find(id);
        if (module == null) {
            return KernelError.UNKNOWN_MODULE;
        }
        return switch (module.state) {
            case LOADED -> KernelError.NOT_STARTED;
            case STOPPED -> KernelError.ALREADY_STOPPED;
            case RESIDENT -> KernelError.CANNOT_STOP;
            case REMOVABLE ->
                runEntry(module, -1, words, result -> {
                    if ((result & 3) == 1) {
                        module.state = Module.State.STOPPED;
                    }
                    returned.accept(result);
                });
        };
    }

    /** Takes module {@code id} out of memory; returns it, or an error if it is not stopped. */
    public int unload(int id) {
        Module module = modules.find(id);
        if (module == null) {
            return KernelError.UNKNOWN_MODULE;
        }
        if (module.state != Module.State.LOADED && module.state != Module.State.STOPPED) {
            return module.state == Module.State.RESIDENT ? KernelError.NOT_REMOVABLE : KernelError.NOT_STOPPED;
        }
        modules.unload(module);
        return id;
    }

    /** The number of the module called {@code name}, or {@link KernelError#UNKNOWN_MODULE}. */
    public int find(String name) {
        Module module = modules.find(name);
        return module == null ? KernelError.UNKNOWN_MODULE : module.id;
    }

    /** The number of the module that {@code address} lies in, or {@link KernelError#UNKNOWN_MODULE}. */
    public int findAt(int address) {
        Module module = modules.at(address);
        return module == null ? KernelError.UNKNOWN_MODULE : module.id;
    }

    /** {@code name+0x10} for an address in a module, or the plain address in hexadecimal; for debuggers. */
    public String describe(int address) {
        Module module = modules.at(address);
        return module == null ? "0x%08x".formatted(address) : "%s+0x%x".formatted(module.name, address - module.base());
    }

    /** The module and number of thread {@code id}; for debuggers. */
    public String describeThread(int id) {
        IopThread thread = threads.find(id);
        Module module = thread == null ? null : modules.at(thread.entry);
        return module == null ? "thread " + id : module.name + ", thread " + id;
    }

    /** Runs a module's entry on a thread of its own, with its arguments at the top of the stack. */
    private int runEntry(Module module, int count, List<byte[]> words, IntConsumer returned) {
        int stack = memory.allocate(STACK_BYTES);
        if (stack == 0) {
            return KernelError.NO_MEMORY;
        }
        int size = 4 * (words.size() + 1);
        for (byte[] word : words) {
            size += word.length + 1;
        }
        int arguments = stack + STACK_BYTES - (size + 7 & ~7);
        if (size > STACK_BYTES / 2) {
            memory.release(stack);
            return KernelError.NO_MEMORY;
        }
        int at = arguments + 4 * (words.size() + 1);
        for (int i = 0; i < words.size(); i++) {
            call.word(arguments + 4 * i, at);
            call.text(at, words.get(i));
            at += words.get(i).length + 1;
        }
        call.word(arguments + 4 * words.size(), 0);
        int depth = arguments - stack;
        IopThread thread = new IopThread(threads.newId(), 0, 0, module.entry, stack, depth, MODULE_PRIORITY, module.gp);
        start(thread, returned, count, arguments, 0, 0);
        return 0;
    }

    /**
     * Calls a function of a library that modules know, on a thread of its own, with at most four arguments.
     *
     * @param returned told later what it returns, or at once {@link KernelError#LIBRARY_NOT_FOUND} or {@link KernelError#NO_MEMORY}
     */
    public void call(String library, int ordinal, IntConsumer returned, int... arguments) {
        int address = loadcore.tables().function(library, ordinal);
        int stack = address == 0 ? 0 : memory.allocate(STACK_BYTES);
        if (stack == 0) {
            returned.accept(address == 0 ? KernelError.LIBRARY_NOT_FOUND : KernelError.NO_MEMORY);
            return;
        }
        Module module = modules.at(address);
        int gp = module == null ? 0 : module.gp;
        start(
                new IopThread(threads.newId(), 0, 0, address, stack, STACK_BYTES, MODULE_PRIORITY, gp),
                returned,
                arguments);
    }

    /** Starts a thread that is deleted when its function returns. */
    private void start(IopThread thread, IntConsumer returned, int... arguments) {
        thread.priority = MODULE_PRIORITY;
        thread.begin(ModuleCall.CONTINUE_ADDRESS, arguments);
        IntUnaryOperator ended = result -> {
            thbase.exit(true);
            returned.accept(result);
            return 0;
        };
        thread.continuations.push(new Continuation(ended, 0, 0));
        threads.add(thread);
        threads.makeReady(thread);
    }

    private void enter(ExceptionCode code, int epc, boolean inDelaySlot, int badAddress) {
        cpu.cop0().restoreFromException();
        if (code != ExceptionCode.SYSCALL || inDelaySlot || !systemCall(IopBus.physical(epc))) {
            unusual(code, epc, badAddress);
            return;
        }
        if (!inHandler()) {
            interrupt();
        }
        if (!inHandler() && !threads.runs()) {
            cpu.stop();
        }
    }

    /** An exception that is no call of the kernel: a module's handler gets it, once; else the processor cannot go on. */
    private void unusual(ExceptionCode code, int epc, int badAddress) {
        boolean again = inException();
        String reason = code.meaning + (badAddress == 0 ? "" : " (address 0x%08x)".formatted(badAddress));
        if (again && IopBus.physical(epc) == UNHANDLED_ADDRESS) {
            crash(exception, exceptionAt);
        } else if (again || excepman.first(code.code) == UNHANDLED_ADDRESS) {
            crash(reason, epc);
        } else {
            exception = reason;
            exceptionAt = epc;
            handle(excepman.first(code.code), epc);
        }
    }

    private void crash(String reason, int at) {
        crashed = true;
        cpu.jump(at);
        cpu.stop();
        listener.crashed(reason, at);
    }

    /** Calls a handler of exceptions as the ROM does, with interrupts off until its RFE. */
    private void handle(int address, int epc) {
        Cop0 cop0 = cpu.cop0();
        int status = cop0.status();
        cop0.status(status & ~STATUS_STACK | status << 2 & STATUS_STACK | STATUS_WAS_ENABLED);
        int[] state = {cpu.gpr[AT], epc, cop0.status(), cop0.cause(), cpu.gpr[K0]};
        for (int i = 0; i < state.length; i++) {
            ram.write32(EXCEPTION_STATE + 4 * i, state[i]);
        }
        threads.interrupted(true);
        cpu.jump(address);
    }

    /** True while a module's handler of exceptions has not yet executed its RFE, which turns interrupts on again. */
    private boolean inException() {
        if (exception != null && (cpu.cop0().status() & STATUS_ENABLED) != 0) {
            exception = null;
            threads.interrupted(intrman.handling());
        }
        return exception != null;
    }

    private boolean inHandler() {
        return inException() || intrman.handling();
    }

    /** The system call at {@code address}; false if it is none of the kernel's. */
    private boolean systemCall(int address) {
        if (address == ModuleCall.CONTINUE_ADDRESS && !continuations().isEmpty()) {
            goOn(continuations().pop(), cpu.gpr[V0]);
        } else if (address == THREAD_RETURN_ADDRESS && !inHandler()) {
            thbase.exit(false);
            threads.dispatch(address);
        } else if (address == HANDLER_RETURN_ADDRESS && intrman.handling() && !inException()) {
            InterruptCall ended = handler;
            threads.interrupted(false);
            scheduler.trace().end(TraceEvent.IOP_HANDLER, cpu.cycles(), 0);
            intrman.end(ended, cpu.gpr[V0]);
            threads.endInterrupt(interruptedAt);
        } else {
            LibraryStubs.Function function = stubs.at(address);
            if (function == null) {
                return false;
            }
            call.begin();
            perform(() -> call(function));
        }
        return true;
    }

    private ArrayDeque<Continuation> continuations() {
        return inHandler() ? interruptContinuations : threads.current().continuations;
    }

    private int call(LibraryStubs.Function function) {
        if (inHandler() && !function.library().inHandlers(function.ordinal())) {
            return KernelError.ILLEGAL_CONTEXT;
        }
        if (function.library().has(function.ordinal())) {
            return function.library().call(function.ordinal(), call);
        }
        notices.report(
                Notices.Kind.UNIMPLEMENTED,
                "IOP",
                call.returnAddress(),
                "function %d of %s is not done; it returns 0"
                        .formatted(function.ordinal(), function.library().name()));
        return 0;
    }

    private void goOn(Continuation continuation, int value) {
        call.returnAddress(continuation.returnAddress());
        cpu.gpr[SP] = continuation.stackPointer();
        perform(() -> call.resume(continuation, value));
    }

    /** A library's function, and where the processor goes on after it. */
    private void perform(IntSupplier function) {
        if (inHandler()) {
            cpu.gpr[V0] = function.getAsInt();
            cpu.jump(call.returnAddress());
            return;
        }
        threads.save(call.returnAddress());
        int result = function.getAsInt();
        cpu.gpr[V0] = result;
        threads.returned(result, call.returnAddress());
        cpu.idleUntil(cpu.cycles() + (long) CALL_CYCLES * Clocks.EE_CYCLES_PER_IOP_CYCLE);
        threads.dispatch(call.returnAddress());
    }

    /** Begins the interrupt handler that is due. */
    private void interrupt() {
        InterruptCall begun = intrman.begin();
        if (begun == null) {
            return;
        }
        handler = begun;
        scheduler.trace().begin(TraceEvent.IOP_HANDLER, cpu.cycles(), begun.address());
        interruptedAt = cpu.interrupted();
        threads.save(interruptedAt);
        threads.interrupted(true);
        interruptContinuations.clear();
        cpu.gpr[A0] = begun.first();
        cpu.gpr[A1] = begun.second();
        cpu.gpr[SP] = HANDLER_STACK_TOP - 0x40;
        cpu.gpr[RA] = HANDLER_RETURN_ADDRESS;
        cpu.jump(begun.address());
    }
}
