package soliloquy.console.gdb;

import java.util.ArrayList;
import java.util.List;
import soliloquy.bios.ModuleView;
import soliloquy.bios.ThreadView;
import soliloquy.console.Console;
import soliloquy.console.debug.DebugPort;
import soliloquy.ee.EeDebugView;
import soliloquy.ee.R5900;
import soliloquy.machine.DebugMemory;

/** The Emotion Engine for GDB: registers of 64 bits by the usual names, and beside them all that only this processor has. */
final class EeTarget implements Target {
    private static final String CPU = "org.gnu.gdb.mips.cpu";
    private static final String COP0 = "org.gnu.gdb.mips.cp0";
    private static final String FPU = "org.gnu.gdb.mips.fpu";
    private static final String QUADS = "soliloquy.r5900.quads";
    private static final String VU0 = "soliloquy.r5900.vu0";
    private static final String SYSTEM = "soliloquy.r5900.cop0";
    /** COP0 registers that the usual names have already. */
    private static final List<Integer> USUAL = List.of(8, 12, 13);
    /** COP0 registers that there are. */
    private static final int COP0_REGISTERS = 32;

    private static final int STATUS = 12;
    private static final int BAD_ADDRESS = 8;
    private static final int CAUSE = 13;
    private static final int SP = 29;
    /** Implementation and revision of the R5900's FPU. Source: ps2autotests cpu/ee_fpu/fcr. */
    private static final long FIR = 0x2E30;

    private final Console console;
    private final R5900 cpu;
    private final EeDebugView view;
    private final List<Register> registers = new ArrayList<>();

    EeTarget(Console console) {
        this.console = console;
        cpu = console.ee();
        view = console.eeView();
        addCpu();
        addFpu();
        addQuads();
        addVu0();
        addCop0();
    }

    private void addCpu() {
        for (int i = 0; i < 32; i++) {
            int index = 2 * i;
            add(CPU, "r" + i, "int64", 64, half -> cpu.gpr[index], writer(index), index);
        }
        add(
                COP0,
                "status",
                "int64",
                64,
                half -> view.cop0(STATUS),
                (low, high) -> cpu.cop0().status((int) low));
        add(CPU, "lo", "int64", 64, half -> cpu.gpr[R5900.LO], writer(R5900.LO), R5900.LO);
        add(CPU, "hi", "int64", 64, half -> cpu.gpr[R5900.HI], writer(R5900.HI), R5900.HI);
        add(COP0, "badvaddr", "int64", 64, half -> view.cop0(BAD_ADDRESS), null);
        add(COP0, "cause", "int64", 64, half -> view.cop0(CAUSE), null);
        add(CPU, "pc", "int64", 64, half -> cpu.pc, (low, high) -> pc((int) low), Register.PC);
    }

    private Register.Writer writer(int index) {
        return (low, high) -> {
            if (index != 0) {
                cpu.gpr[index] = low;
            }
        };
    }

    private void addFpu() {
        for (int i = 0; i < 32; i++) {
            int index = i;
            add(FPU, "f" + i, "ieee_single", 32, half -> cpu.fpr[index], (low, high) -> cpu.fpr[index] = (int) low);
        }
        add(FPU, "fcsr", "int32", 32, half -> cpu.fcr31, null);
        add(FPU, "fir", "int32", 32, half -> FIR, null);
        add(FPU, "acc", "ieee_single", 32, half -> cpu.acc, (low, high) -> cpu.acc = (int) low);
    }

    private void addQuads() {
        for (int i = 0; i < 32; i++) {
            addQuad("q" + i, 2 * i, 2 * i + 1);
        }
        addQuad("qlo", R5900.LO, R5900.LO + 1);
        addQuad("qhi", R5900.HI, R5900.HI + 1);
        add(QUADS, "lo1", "int64", 64, half -> cpu.gpr[R5900.LO + 1], writer(R5900.LO + 1));
        add(QUADS, "hi1", "int64", 64, half -> cpu.gpr[R5900.HI + 1], writer(R5900.HI + 1));
        add(QUADS, "sa", "int32", 32, half -> cpu.sa, (low, high) -> cpu.sa = (int) low & 15);
    }

    private void addQuad(String name, int lowIndex, int highIndex) {
        add(QUADS, name, "quad", 128, half -> cpu.gpr[half == 0 ? lowIndex : highIndex], (low, high) -> {
            if (lowIndex != 0) {
                cpu.gpr[lowIndex] = low;
                cpu.gpr[highIndex] = high;
            }
        });
    }

    private void addVu0() {
        int[] vf = cpu.vu0().vf;
        for (int i = 0; i < 32; i++) {
            int first = 4 * i;
            add(VU0, "vf" + i, "vector", 128, half -> pair(vf[first + 2 * half], vf[first + 2 * half + 1]), null);
        }
        add(
                VU0,
                "vacc",
                "vector",
                128,
                half -> pair(view.vu0Accumulator(2 * half), view.vu0Accumulator(2 * half + 1)),
                null);
        for (int i = 0; i < 16; i++) {
            int index = i;
            add(VU0, "vi" + i, "int32", 32, half -> cpu.vu0().vi[index], null);
        }
    }

    private static long pair(int low, int high) {
        return low & 0xFFFF_FFFFL | (long) high << 32;
    }

    private void addCop0() {
        for (int i = 0; i < COP0_REGISTERS; i++) {
            int index = i;
            if (!USUAL.contains(i)) {
                add(SYSTEM, "cop0_" + EeDebugView.cop0Name(i), "int32", 32, half -> view.cop0(index), null);
            }
        }
    }

    private void add(
            String feature,
            String name,
            String type,
            int bits,
            java.util.function.IntToLongFunction read,
            Register.Writer write) {
        add(feature, name, type, bits, read, write, Register.NOT_OF_THREADS);
    }

    private void add(
            String feature,
            String name,
            String type,
            int bits,
            java.util.function.IntToLongFunction read,
            Register.Writer write,
            int threadIndex) {
        registers.add(new Register(feature, name, type, bits, read, write, threadIndex));
    }

    @Override
    public DebugPort.Cpu cpu() {
        return DebugPort.Cpu.EE;
    }

    @Override
    public List<Register> registers() {
        return registers;
    }

    @Override
    public String types(String feature) {
        return switch (feature) {
            case QUADS -> """
                    <vector id="v2d" type="uint64" count="2"/>
                    <vector id="v4w" type="uint32" count="4"/>
                    <vector id="v8h" type="uint16" count="8"/>
                    <vector id="v16b" type="uint8" count="16"/>
                    <union id="quad">
                    <field name="d" type="v2d"/><field name="w" type="v4w"/>
                    <field name="h" type="v8h"/><field name="b" type="v16b"/>
                    </union>
                    """;
            case VU0 -> "<vector id=\"vector\" type=\"ieee_single\" count=\"4\"/>\n";
            default -> "";
        };
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
        return (int) cpu.gpr[2 * SP];
    }

    @Override
    public int threadId() {
        return console.kernel().threadId();
    }

    @Override
    public boolean handling() {
        return console.kernel().handlingInterrupt();
    }

    @Override
    public List<ThreadView> threads() {
        return console.kernel().threadViews();
    }

    @Override
    public List<ModuleView> modules() {
        return List.of();
    }

    @Override
    public List<Range> memoryMap() {
        return List.of(
                new Range(0x0008_0000L, 0x01F8_0000L),
                new Range(0x2008_0000L, 0x01F8_0000L),
                new Range(0x3008_0000L, 0x01F8_0000L),
                new Range(0x7000_0000L, 0x4000L),
                new Range(0xFFFF_FFFF_8000_0000L, 0x0200_0000L),
                new Range(0xFFFF_FFFF_A000_0000L, 0x0200_0000L),
                new Range(0xFFFF_FFFF_FFFF_8000L, 0x8000L));
    }
}
