package soliloquy.bios.irx;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import soliloquy.iop.ExceptionCode;
import soliloquy.iop.IopBus;
import soliloquy.iop.R3000A;
import soliloquy.machine.Clocks;
import soliloquy.machine.InputException;
import soliloquy.machine.Notices;
import soliloquy.machine.Ram;
import soliloquy.machine.TextOutput;

/**
 * Puts modules into IOP RAM, links what they import, and runs their entry on the R3000A. The stubs of an import table become
 * system calls, which end up in the library's Java; stubs for libraries of other modules become jumps. Source: ps2sdk
 * {@code modload} and {@code loadcore}; the module information before the code is 48 bytes.
 */
public final class ModuleLoader {
    static final int ILLEGAL_OBJECT = -201;

    private static final int IMPORT_MAGIC = 0x41E0_0000;
    private static final int IMPORT_STUBS = 20;
    private static final int STUB_RETURN = 0x03E0_0008;
    private static final int SYSCALL = 0x0C;
    private static final int JUMP = 0x0800_0000;
    private static final int NO_OPERATION = 0;
    /** Code of the system call that a module's entry returns to. */
    private static final int ENTRY_RETURNED = 0xF_FFFF;
    /** Where that call stands: below everything that is loaded. */
    private static final int RETURN_ADDRESS = 0x400;
    /** Code of the system call that a thread's function returns to, and where it stands. */
    private static final int THREAD_RETURNED = 0xF_FFFE;

    private static final int THREAD_RETURN_ADDRESS = 0x408;
    /** A branch to itself. */
    private static final int IDLE_ADDRESS = 0x410;
    /** Code of the system call that an interrupt handler returns to, and where that stands. */
    private static final int HANDLER_RETURNED = 0xF_FFFD;

    private static final int HANDLER_RETURN_ADDRESS = 0x418;
    /** Handlers run on a stack of their own, between the return addresses and the modules. */
    private static final int HANDLER_STACK_TOP = 0x8000;

    private static final int BRANCH_TO_ITSELF = 0x1000_FFFF;

    private static final int MODULE_INFORMATION = 0x30;
    private static final int FIRST_MODULE = 0x0010_0000;
    private static final int STACK_TOP = 0x001F_8000;
    private static final int STACK_BYTES = 0x4000;
    private static final int GRANULE = 0x100;
    /** IOP cycles of a call into a library; estimate. */
    private static final int CALL_CYCLES = 60;

    private static final int V0 = 2;
    private static final int A0 = 4;
    private static final int A1 = 5;
    private static final int GP = 28;
    private static final int SP = 29;
    private static final int RA = 31;

    /** Told what becomes of a module, on the emulation thread. */
    public interface Listener {
        /** The entry returned: 0 resident, 1 not, 2 removable, or an error. */
        void returned(int result);

        /** The processor cannot go on. */
        void crashed(String reason, int pc);
    }

    /** A function that a module imports, and the address of the stub that is its system call. */
    private record Import(Library library, int ordinal, int stub) {}

    private final R3000A cpu;
    private final Ram ram;
    private final Notices notices;
    private final Listener listener;
    private final ModuleCall call;
    private final Loadcore loadcore = new Loadcore();
    private final ThreadManager threads;
    private final Thbase thbase;
    private final Intrman intrman;
    private final Map<String, Library> libraries = new TreeMap<>();
    private final List<Import> imports = new ArrayList<>();
    private final BlockList memory = new BlockList(FIRST_MODULE, STACK_TOP - STACK_BYTES, GRANULE);
    private int interruptedAt;
    private boolean running;

    public ModuleLoader(R3000A cpu, Ram ram, TextOutput text, Notices notices, Listener listener) {
        this.cpu = cpu;
        this.ram = ram;
        this.notices = notices;
        this.listener = listener;
        call = new ModuleCall(cpu, ram);
        threads = new ThreadManager(cpu, IDLE_ADDRESS);
        thbase = new Thbase(threads, THREAD_RETURN_ADDRESS, memory::allocate, memory::release, cpu::cycles);
        intrman = new Intrman(notices);
        for (Library library : List.of(
                loadcore,
                intrman,
                new Stdio(text),
                new Sysclib(),
                thbase,
                new Thsemap(threads),
                new Thevent(threads),
                new Thmsgbx(threads),
                new Thvpool(threads, memory::allocate, memory::release))) {
            libraries.put(library.name(), library);
        }
        cpu.exceptionHandler(this::enter);
    }

    /** True while a module's code runs. */
    public boolean running() {
        return running;
    }

    /**
     * Loads {@code irx} and sets the processor to its entry at EE cycle {@code now}.
     *
     * @param path {@code argv[0]}
     * @throws InputException if it does not fit, or imports what nothing exports
     */
    public void start(IrxFile irx, String path, long now) throws InputException {
        int information = memory.allocate(irx.memorySize() + MODULE_INFORMATION);
        int base = information + MODULE_INFORMATION;
        int end = base + irx.memorySize();
        if (information == 0) {
            throw new InputException("the module %s needs %d bytes of IOP memory; expected at most %d"
                    .formatted(irx.name(), irx.memorySize(), memory.free() - MODULE_INFORMATION));
        }
        Arrays.fill(ram.bytes, information, end, (byte) 0);
        System.arraycopy(irx.image(), 0, ram.bytes, base, irx.image().length);
        new ModuleRelocator(ram, base).relocate(irx.relocations());
        link(irx.name(), base, base + irx.image().length);

        ram.write32(RETURN_ADDRESS, ENTRY_RETURNED << 6 | SYSCALL);
        ram.write32(RETURN_ADDRESS + 4, NO_OPERATION);
        ram.write32(THREAD_RETURN_ADDRESS, THREAD_RETURNED << 6 | SYSCALL);
        ram.write32(THREAD_RETURN_ADDRESS + 4, NO_OPERATION);
        ram.write32(HANDLER_RETURN_ADDRESS, HANDLER_RETURNED << 6 | SYSCALL);
        ram.write32(HANDLER_RETURN_ADDRESS + 4, NO_OPERATION);
        ram.write32(IDLE_ADDRESS, BRANCH_TO_ITSELF);
        ram.write32(IDLE_ADDRESS + 4, NO_OPERATION);
        int arguments = STACK_TOP - 0x200;
        call.text(arguments + 8, path.getBytes(StandardCharsets.UTF_8));
        call.word(arguments, arguments + 8);
        call.word(arguments + 4, 0);
        cpu.gpr[A0] = 1;
        cpu.gpr[A1] = arguments;
        cpu.gpr[GP] = base + irx.gp();
        cpu.gpr[SP] = arguments - 0x40;
        cpu.gpr[RA] = RETURN_ADDRESS;
        cpu.jump(base + irx.entry());
        cpu.idleUntil(now);
        threads.adopt();
        running = true;
    }

    private void link(String module, int start, int end) throws InputException {
        for (int at = start; at + IMPORT_STUBS <= end; at += 4) {
            if (ram.read32(at) == IMPORT_MAGIC && ram.read32(at + 4) == 0) {
                linkTable(module, at, end);
            }
        }
    }

    private void linkTable(String module, int table, int end) throws InputException {
        String name = Loadcore.tableName(call, table);
        for (int stub = table + IMPORT_STUBS; stub + 8 <= end && ram.read32(stub) == STUB_RETURN; stub += 8) {
            int ordinal = ram.read32(stub + 4) & 0xFFFF;
            Library library = libraries.get(name);
            int exported = loadcore.exported(name, ordinal, call);
            if (exported != 0) {
                ram.write32(stub, JUMP | exported >>> 2 & 0x03FF_FFFF);
            } else if (library == null) {
                throw new InputException("the module %s imports function %d of the library %s; expected one of %s"
                        .formatted(module, ordinal, name, libraries.keySet()));
            } else {
                if (!library.has(ordinal)) {
                    notices.report(
                            Notices.Kind.UNIMPLEMENTED,
                            "IOP",
                            stub,
                            "the module %s imports function %d of %s, which is not done; it returns 0"
                                    .formatted(module, ordinal, name));
                }
                ram.write32(stub, imports.size() << 6 | SYSCALL);
                imports.add(new Import(library, ordinal, stub));
            }
        }
    }

    private void enter(ExceptionCode code, int epc, boolean inDelaySlot, int badAddress) {
        int number = ram.read32(epc) >>> 6 & ENTRY_RETURNED;
        cpu.cop0().restoreFromException();
        if (code == ExceptionCode.SYSCALL && epc == RETURN_ADDRESS) {
            stop(epc);
            listener.returned(cpu.gpr[V0]);
        } else if (code == ExceptionCode.SYSCALL && epc == THREAD_RETURN_ADDRESS) {
            thbase.exit(false);
            threads.dispatch(epc);
        } else if (code == ExceptionCode.SYSCALL && epc == HANDLER_RETURN_ADDRESS && intrman.handling()) {
            intrman.end(cpu.gpr[V0]);
            resumeInterrupted();
        } else if (code == ExceptionCode.SYSCALL
                && !inDelaySlot
                && number < imports.size()
                && imports.get(number).stub == IopBus.physical(epc)) {
            call(imports.get(number));
        } else {
            stop(epc);
            listener.crashed(code.meaning + (badAddress == 0 ? "" : " (address 0x%08x)".formatted(badAddress)), epc);
        }
    }

    private void call(Import function) {
        call.begin();
        if (intrman.handling()) {
            cpu.gpr[V0] = function.library.has(function.ordinal) ? function.library.call(function.ordinal, call) : 0;
            cpu.jump(call.returnAddress());
            return;
        }
        threads.save(call.returnAddress());
        int result = function.library.has(function.ordinal) ? function.library.call(function.ordinal, call) : 0;
        cpu.gpr[V0] = result;
        threads.returned(result, call.returnAddress());
        cpu.idleUntil(cpu.cycles() + (long) CALL_CYCLES * Clocks.EE_CYCLES_PER_IOP_CYCLE);
        threads.dispatch(call.returnAddress());
    }

    /** Lets the kernel's timers come to EE cycle {@code now}. */
    public void timePasses(long now) {
        if (intrman.handling()) {
            return;
        }
        threads.timePasses(now);
        int line = running ? intrman.begin() : -1;
        if (line >= 0) {
            interruptedAt = cpu.interrupted();
            threads.save(interruptedAt);
            cpu.gpr[A0] = intrman.argument(line);
            cpu.gpr[SP] = HANDLER_STACK_TOP - 0x40;
            cpu.gpr[RA] = HANDLER_RETURN_ADDRESS;
            cpu.jump(intrman.handler(line));
        }
    }

    /** The console's vertical blank begins. */
    public void verticalBlank() {
        intrman.raise(Intrman.VBLANK);
    }

    private void resumeInterrupted() {
        threads.endInterrupt(interruptedAt);
    }

    private void stop(int at) {
        running = false;
        cpu.jump(at);
        cpu.stop();
    }
}
