package soliloquy.console.gdb;

import java.util.ArrayList;
import java.util.List;
import soliloquy.bios.ModuleView;
import soliloquy.bios.ThreadView;
import soliloquy.console.Console;
import soliloquy.console.debug.DebugPort;
import soliloquy.iop.IopDebugView;
import soliloquy.iop.R3000A;
import soliloquy.machine.DebugMemory;

/** The I/O processor for GDB. */
final class IopTarget implements Target {
    private static final String CPU = "org.gnu.gdb.mips.cpu";
    private static final String COP0 = "org.gnu.gdb.mips.cp0";
    private static final String FPU = "org.gnu.gdb.mips.fpu";
    private static final int STATUS = 12;
    private static final int BAD_ADDRESS = 8;
    private static final int CAUSE = 13;
    private static final int SP = 29;

    private final Console console;
    private final R3000A cpu;
    private final IopDebugView view;
    private final List<Register> registers = new ArrayList<>();

    IopTarget(Console console) {
        this.console = console;
        cpu = console.iop();
        view = console.iopView();
        for (int i = 0; i < 32; i++) {
            int index = i;
            add(CPU, "r" + i, () -> view.gpr(index), (low, high) -> view.gpr(index, (int) low), i);
        }
        add(COP0, "status", () -> view.cop0(STATUS), (low, high) -> cpu.cop0().status((int) low), -1);
        add(CPU, "lo", () -> cpu.lo, (low, high) -> cpu.lo = (int) low, -1);
        add(CPU, "hi", () -> cpu.hi, (low, high) -> cpu.hi = (int) low, -1);
        add(COP0, "badvaddr", () -> view.cop0(BAD_ADDRESS), null, -1);
        add(COP0, "cause", () -> view.cop0(CAUSE), null, -1);
        add(CPU, "pc", () -> cpu.pc, (low, high) -> pc((int) low), Register.PC);
        // There is no FPU, but GDB accepts no description of a MIPS processor without one.
        for (int i = 0; i < 32; i++) {
            registers.add(new Register(FPU, "f" + i, "ieee_single", 32, half -> 0, null, Register.NOT_OF_THREADS));
        }
        add(FPU, "fcsr", () -> 0, null, Register.NOT_OF_THREADS);
        add(FPU, "fir", () -> 0, null, Register.NOT_OF_THREADS);
    }

    private void add(
            String feature, String name, java.util.function.IntSupplier read, Register.Writer write, int threadIndex) {
        String type = name.equals("pc") ? "code_ptr" : name.equals("r" + SP) ? "data_ptr" : "int32";
        registers.add(new Register(feature, name, type, 32, half -> read.getAsInt(), write, threadIndex));
    }

    @Override
    public DebugPort.Cpu cpu() {
        return DebugPort.Cpu.IOP;
    }

    @Override
    public List<Register> registers() {
        return registers;
    }

    @Override
    public String types(String feature) {
        return "";
    }

    @Override
    public DebugMemory memory() {
        return view;
    }

    @Override
    public int pc() {
        return cpu.pc;
    }

    @Override
    public void pc(int address) {
        if (address != cpu.pc) {
            cpu.jump(address);
        }
    }

    @Override
    public int stackPointer() {
        return view.gpr(SP);
    }

    @Override
    public int threadId() {
        return console.iopKernel().threadId();
    }

    @Override
    public boolean handling() {
        return console.iopKernel().handlingInterrupt();
    }

    @Override
    public List<ThreadView> threads() {
        return console.iopKernel().threadViews();
    }

    @Override
    public List<ModuleView> modules() {
        return console.iopKernel().moduleViews();
    }

    @Override
    public List<Range> memoryMap() {
        return List.of(
                new Range(0L, 0x20_0000L),
                new Range(0x1F80_0000L, 0x400L),
                new Range(0xFFFF_FFFF_8000_0000L, 0x20_0000L),
                new Range(0xFFFF_FFFF_A000_0000L, 0x20_0000L));
    }
}
