package soliloquy.iop;

import static soliloquy.iop.OperandFormat.branchTarget;
import static soliloquy.iop.OperandFormat.jumpTarget;
import static soliloquy.iop.OperandFormat.rd;
import static soliloquy.iop.OperandFormat.rs;
import static soliloquy.iop.OperandFormat.rt;
import static soliloquy.iop.OperandFormat.sa;

import soliloquy.machine.Clocks;
import soliloquy.machine.Ram;
import soliloquy.machine.StopPoints;

/**
 * Executes the R3000A's instructions one after another. A loaded value arrives after the next instruction has read its operands,
 * and is lost if that instruction writes the same register. Each word of RAM is decoded once; it is compared with the word it was
 * decoded from whenever it is executed, so that code may change in any way.
 */
final class Interpreter {
    private static final int CYCLE = Clocks.EE_CYCLES_PER_IOP_CYCLE;
    /** IOP cycles from a division to its result. */
    private static final int DIVIDE_CYCLES = 36;
    /** Bytes that lie in RAM and its mirrors, seen from any of the three segments. */
    private static final int RAM_WINDOW = 0x80_0000;

    private final R3000A cpu;
    private final IopBus bus;
    private final Ram ram;
    private final int[] words;
    private final Instruction[] rows;

    Interpreter(R3000A cpu, IopBus bus) {
        this.cpu = cpu;
        this.bus = bus;
        ram = bus.ram();
        words = new int[ram.size() / 4];
        rows = new Instruction[words.length];
    }

    /** Executes until the processor's deadline. */
    void loop() {
        while (cpu.cycles < cpu.deadline) {
            step();
        }
    }

    /** Executes one instruction for a debugger. */
    void executeOne() {
        step();
    }

    /** Executes until the processor's deadline, or before an instruction at which a debugger wants to stop. */
    void loopWithStops(StopPoints stops) {
        while (cpu.cycles < cpu.deadline) {
            if (stops.stopsAt(cpu.pc, cpu.cycles) || stops.watching() && stopsAtAccess(stops)) {
                return;
            }
            step();
        }
    }

    private boolean stopsAtAccess(StopPoints stops) {
        int physical = IopBus.physical(cpu.pc);
        if ((cpu.pc & 3) != 0 || physical >= RAM_WINDOW) {
            return false;
        }
        int word = ram.read32(physical);
        Instruction row = Decoder.decode(word);
        int bytes = row == null ? 0 : row.accessBytes();
        int address = cpu.gpr[rs(word)] + (short) word;
        return bytes > 0 && stops.stopsAtAccess(cpu.pc, cpu.cycles, address & -bytes, bytes, row.stores());
    }

    private void step() {
        R3000A cpu = this.cpu;
        int[] r = cpu.gpr;
        int at = cpu.pc;
        boolean slot = cpu.inDelaySlot;
        cpu.cycles += CYCLE;
        int physical = IopBus.physical(at);
        if ((at & 3) != 0 || physical >= RAM_WINDOW) {
            fetchFault(at, slot);
            return;
        }
        int index = physical >> 2 & words.length - 1;
        int word = ram.read32(physical);
        if (word != words[index] || rows[index] == null) {
            rows[index] = Decoder.decode(word);
            words[index] = word;
        }
        Instruction row = rows[index];
        if (row == null) {
            cpu.raise(ExceptionCode.RESERVED_INSTRUCTION, at, slot, 0, 0);
            return;
        }
        cpu.pc = cpu.nextPc;
        cpu.nextPc = cpu.pc + 4;
        cpu.inDelaySlot = false;
        int s = r[rs(word)];
        int t = r[rt(word)];
        r[cpu.loadRegister] = cpu.loadValue;
        cpu.loadRegister = R3000A.SINK;
        execute(row, word, at, slot, s, t);
    }

    private void execute(Instruction row, int word, int at, boolean slot, int s, int t) {
        int immediate = (short) word;
        switch (row) {
            case SLL -> set(rd(word), t << sa(word));
            case SRL -> set(rd(word), t >>> sa(word));
            case SRA -> set(rd(word), t >> sa(word));
            case SLLV -> set(rd(word), t << s);
            case SRLV -> set(rd(word), t >>> s);
            case SRAV -> set(rd(word), t >> s);
            case ADDU -> set(rd(word), s + t);
            case SUBU -> set(rd(word), s - t);
            case AND -> set(rd(word), s & t);
            case OR -> set(rd(word), s | t);
            case XOR -> set(rd(word), s ^ t);
            case NOR -> set(rd(word), ~(s | t));
            case SLT -> set(rd(word), s < t ? 1 : 0);
            case SLTU -> set(rd(word), Integer.compareUnsigned(s, t) < 0 ? 1 : 0);
            case ADDIU -> set(rt(word), s + immediate);
            case SLTI -> set(rt(word), s < immediate ? 1 : 0);
            case SLTIU -> set(rt(word), Integer.compareUnsigned(s, immediate) < 0 ? 1 : 0);
            case ANDI -> set(rt(word), s & word & 0xFFFF);
            case ORI -> set(rt(word), s | word & 0xFFFF);
            case XORI -> set(rt(word), s ^ word & 0xFFFF);
            case LUI -> set(rt(word), word << 16);
            case ADD -> setWord(rd(word), (long) s + t, at, slot);
            case ADDI -> setWord(rt(word), (long) s + immediate, at, slot);
            case SUB -> setWord(rd(word), (long) s - t, at, slot);
            case J -> branch(jumpTarget(word, at));
            case JAL -> {
                set(R3000A.RA, at + 8);
                branch(jumpTarget(word, at));
            }
            case JR -> branch(s);
            case JALR -> {
                set(rd(word), at + 8);
                branch(s);
            }
            case BEQ -> branchIf(s == t, word, at);
            case BNE -> branchIf(s != t, word, at);
            case BLEZ -> branchIf(s <= 0, word, at);
            case BGTZ -> branchIf(s > 0, word, at);
            case BLTZ -> branchIf(s < 0, word, at);
            case BGEZ -> branchIf(s >= 0, word, at);
            case BLTZAL -> {
                set(R3000A.RA, at + 8);
                branchIf(s < 0, word, at);
            }
            case BGEZAL -> {
                set(R3000A.RA, at + 8);
                branchIf(s >= 0, word, at);
            }
            case LB, LH, LW, LBU, LHU -> load(row, rt(word), s + immediate, at, slot);
            case LWL -> loads(rt(word), left(s + immediate, cpu.gpr[rt(word)]));
            case LWR -> loads(rt(word), right(s + immediate, cpu.gpr[rt(word)]));
            case SB, SH, SW -> store(row, s + immediate, t, at, slot);
            case SWL -> storeLeft(s + immediate, t);
            case SWR -> storeRight(s + immediate, t);
            case MULT -> multiplied((long) s * t, multiplyCycles(s < 0 ? ~s : s));
            case MULTU -> multiplied((s & 0xFFFF_FFFFL) * (t & 0xFFFF_FFFFL), multiplyCycles(s));
            case DIV -> {
                // by zero: -1, or 1 for a negative dividend; the most negative number by -1: itself
                cpu.lo = t == 0 ? (s < 0 ? 1 : -1) : s / t;
                cpu.hi = t == 0 ? s : s % t;
                busy(DIVIDE_CYCLES);
            }
            case DIVU -> {
                cpu.lo = t == 0 ? -1 : Integer.divideUnsigned(s, t);
                cpu.hi = t == 0 ? s : Integer.remainderUnsigned(s, t);
                busy(DIVIDE_CYCLES);
            }
            case MFHI -> set(rd(word), afterInterlock(cpu.hi));
            case MFLO -> set(rd(word), afterInterlock(cpu.lo));
            case MTHI -> cpu.hi = s;
            case MTLO -> cpu.lo = s;
            case SYSCALL -> cpu.raise(ExceptionCode.SYSCALL, at, slot, 0, 0);
            case BREAK -> cpu.raise(ExceptionCode.BREAKPOINT, at, slot, 0, 0);
            case MFC0 -> loads(rt(word), cpu.cop0().read(rd(word)));
            case MTC0 -> cpu.cop0().write(rd(word), t);
            case RFE -> cpu.cop0().restoreFromException();
            case COP1, LWC1, SWC1 -> cpu.raise(ExceptionCode.COPROCESSOR_UNUSABLE, at, slot, 0, 1);
            case COP2, LWC2, SWC2 -> cpu.raise(ExceptionCode.COPROCESSOR_UNUSABLE, at, slot, 0, 2);
            case COP3, LWC3, SWC3 -> cpu.raise(ExceptionCode.COPROCESSOR_UNUSABLE, at, slot, 0, 3);
        }
    }

    /** The multiplier ends early for small multiplicands: 6, 9 or 13 cycles. Source: Martin Korth's PSX specifications. */
    private static int multiplyCycles(int magnitude) {
        return magnitude >>> 11 == 0 ? 6 : magnitude >>> 20 == 0 ? 9 : 13;
    }

    private void multiplied(long product, int iopCycles) {
        cpu.lo = (int) product;
        cpu.hi = (int) (product >> 32);
        busy(iopCycles);
    }

    private void busy(int iopCycles) {
        cpu.hiLoReady = cpu.cycles + (long) iopCycles * CYCLE;
    }

    private int afterInterlock(int value) {
        cpu.cycles = Math.max(cpu.cycles, cpu.hiLoReady);
        return value;
    }

    private void set(int register, int value) {
        cpu.gpr[register] = value;
        cpu.gpr[0] = 0;
    }

    private void setWord(int register, long value, int at, boolean slot) {
        if (value != (int) value) {
            cpu.raise(ExceptionCode.OVERFLOW, at, slot, 0, 0);
        } else {
            set(register, (int) value);
        }
    }

    private void branch(int target) {
        cpu.nextPc = target;
        cpu.inDelaySlot = true;
    }

    private void branchIf(boolean condition, int word, int at) {
        cpu.inDelaySlot = true;
        if (condition) {
            cpu.nextPc = branchTarget(word, at);
            if (cpu.nextPc == at && bus.peek32(at + 4) == 0) {
                // a branch to itself with an empty delay slot does nothing until an event
                cpu.cycles = Math.max(cpu.cycles, cpu.deadline - CYCLE);
            }
        }
    }

    /** A value that arrives after the next instruction. */
    private void loads(int register, int value) {
        cpu.loadRegister = register == 0 ? R3000A.SINK : register;
        cpu.loadValue = value;
    }

    private void load(Instruction row, int register, int address, int at, boolean slot) {
        int misaligned =
                address & (row == Instruction.LW ? 3 : row == Instruction.LH || row == Instruction.LHU ? 1 : 0);
        if (misaligned != 0) {
            cpu.raise(ExceptionCode.ADDRESS_ERROR_LOAD, at, slot, address, 0);
            return;
        }
        loads(
                register,
                switch (row) {
                    case LB -> (byte) bus.read8(address);
                    case LBU -> bus.read8(address);
                    case LH -> (short) bus.read16(address);
                    case LHU -> bus.read16(address);
                    default -> bus.read32(address);
                });
    }

    private int left(int address, int old) {
        int shift = 24 - 8 * (address & 3);
        int memory = bus.read32(address & ~3);
        return memory << shift | old & ~(-1 << shift);
    }

    private int right(int address, int old) {
        int shift = 8 * (address & 3);
        int memory = bus.read32(address & ~3);
        return memory >>> shift | old & ~(-1 >>> shift);
    }

    private void store(Instruction row, int address, int value, int at, boolean slot) {
        int misaligned = address & (row == Instruction.SW ? 3 : row == Instruction.SH ? 1 : 0);
        if (misaligned != 0) {
            cpu.raise(ExceptionCode.ADDRESS_ERROR_STORE, at, slot, address, 0);
        } else if (!cpu.cop0().cacheIsolated()) {
            switch (row) {
                case SB -> bus.write8(address, value);
                case SH -> bus.write16(address, value);
                default -> bus.write32(address, value);
            }
        }
    }

    private void storeLeft(int address, int value) {
        int shift = 24 - 8 * (address & 3);
        merge(address, value >>> shift, -1 >>> shift);
    }

    private void storeRight(int address, int value) {
        int shift = 8 * (address & 3);
        merge(address, value << shift, -1 << shift);
    }

    private void merge(int address, int value, int mask) {
        if (!cpu.cop0().cacheIsolated()) {
            int old = bus.read32(address & ~3);
            bus.write32(address & ~3, old & ~mask | value & mask);
        }
    }

    private void fetchFault(int at, boolean slot) {
        if ((at & 3) != 0) {
            cpu.raise(ExceptionCode.ADDRESS_ERROR_LOAD, at, slot, at, 0);
        } else {
            cpu.raise(ExceptionCode.BUS_ERROR_FETCH, at, slot, 0, 0);
        }
    }
}
