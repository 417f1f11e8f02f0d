package soliloquy.ee;

import static soliloquy.ee.EeBus.INTS;
import static soliloquy.ee.EeBus.LONGS;
import static soliloquy.ee.EeBus.SHORTS;

import java.util.function.BooleanSupplier;

/**
 * Executes decoded instructions one after another. The loop holds what compiled code does most; the rest is in classes of its own,
 * which also keeps the loop under the 8,000 bytes of bytecode beyond which HotSpot compiles no method.
 */
final class Interpreter {
    private static final int START = EeBus.USER_START;
    private static final int SIZE = EeBus.USER_SIZE;
    private static final int PAGE_MASK = 0xFFFF_F003;
    private static final int MULTIPLY_CYCLES = Instruction.Timing.MULTIPLY.extraCycles;
    private static final int DIVIDE_CYCLES = Instruction.Timing.DIVIDE.extraCycles;

    private final R5900 cpu;
    private final EeBus bus;
    private final DecodedCode code;
    private final RareInstructions rare;
    private BooleanSupplier dmaCondition = () -> true;

    Interpreter(R5900 cpu, EeBus bus) {
        this.cpu = cpu;
        this.bus = bus;
        code = new DecodedCode(bus);
        rare = new RareInstructions(cpu, bus);
    }

    void dmaCondition(BooleanSupplier condition) {
        dmaCondition = condition;
    }

    /** Executes until the processor's deadline. */
    void loop() {
        final R5900 cpu = this.cpu;
        final long[] g = cpu.gpr;
        final byte[] ram = bus.ramBytes;
        final byte[] codePages = bus.codePages;
        int pc = cpu.pc;
        int nextPc = cpu.nextPc;
        long cycles = cpu.cycles;
        int pageAddress = 1; // no page: instructions lie at multiples of four
        DecodedCode.Page page = null;
        Instruction[] rows = null;
        int[] operands = null;
        while (cycles < cpu.deadline) {
            int at = pc;
            if ((at & PAGE_MASK) != pageAddress) {
                cpu.pc = pc;
                cpu.nextPc = nextPc;
                page = fetchPage(at, cycles);
                pageAddress = at & PAGE_MASK;
                rows = page.rows;
                operands = page.operands;
            }
            int k = at & 0xFFC;
            Instruction row = rows[k >> 2];
            if (row == null) {
                row = DecodedCode.decode(page, k, bus.peek32(at));
                if (row == null) {
                    cpu.cycles = ++cycles;
                    cpu.raise(ExceptionCode.RESERVED_INSTRUCTION, at, cpu.branchCycle == cycles - 1, 0);
                    return;
                }
            }
            int d = operands[k];
            int s = operands[k + 1];
            int t = operands[k + 2];
            pc = nextPc;
            nextPc = pc + 4;
            cycles++;
            switch (row) {
                case ADDU -> g[d] = (int) g[s] + (int) g[t];
                case SUBU -> g[d] = (int) g[s] - (int) g[t];
                case DADDU -> g[d] = g[s] + g[t];
                case DSUBU -> g[d] = g[s] - g[t];
                case AND -> g[d] = g[s] & g[t];
                case OR -> g[d] = g[s] | g[t];
                case XOR -> g[d] = g[s] ^ g[t];
                case NOR -> g[d] = ~(g[s] | g[t]);
                case SLT -> g[d] = g[s] < g[t] ? 1 : 0;
                case SLTU -> g[d] = Long.compareUnsigned(g[s], g[t]) < 0 ? 1 : 0;
                case ADDIU -> g[d] = (int) g[s] + t;
                case DADDIU -> g[d] = g[s] + t;
                case SLTI -> g[d] = g[s] < t ? 1 : 0;
                case SLTIU -> g[d] = Long.compareUnsigned(g[s], t) < 0 ? 1 : 0;
                case ANDI -> g[d] = g[s] & t;
                case ORI -> g[d] = g[s] | t;
                case XORI -> g[d] = g[s] ^ t;
                case LUI -> g[d] = t;
                case SLL -> g[d] = (int) g[s] << t;
                case SRL -> g[d] = (int) g[s] >>> t;
                case SRA -> g[d] = (int) g[s] >> t;
                case SLLV -> g[d] = (int) g[s] << (int) g[t];
                case SRLV -> g[d] = (int) g[s] >>> (int) g[t];
                case SRAV -> g[d] = (int) g[s] >> (int) g[t];
                case DSLL -> g[d] = g[s] << t;
                case DSRL -> g[d] = g[s] >>> t;
                case DSRA -> g[d] = g[s] >> t;
                case DSLL32 -> g[d] = g[s] << t + 32;
                case DSRL32 -> g[d] = g[s] >>> t + 32;
                case DSRA32 -> g[d] = g[s] >> t + 32;
                case MFLO -> g[d] = g[R5900.LO];
                case MFHI -> g[d] = g[R5900.HI];
                case MOVZ -> {
                    if (g[t] == 0) {
                        g[d] = g[s];
                    }
                }
                case MOVN -> {
                    if (g[t] != 0) {
                        g[d] = g[s];
                    }
                }
                case MULT -> {
                    long product = (long) (int) g[s] * (int) g[t];
                    g[R5900.LO] = (int) product;
                    g[R5900.HI] = product >> 32;
                    g[d] = (int) product;
                    cycles += MULTIPLY_CYCLES;
                }
                case MULTU -> {
                    long product = (g[s] & 0xFFFF_FFFFL) * (g[t] & 0xFFFF_FFFFL);
                    g[R5900.LO] = (int) product;
                    g[R5900.HI] = product >> 32;
                    g[d] = (int) product;
                    cycles += MULTIPLY_CYCLES;
                }
                case MADD -> {
                    long sum = Lanes.words((int) g[R5900.LO], (int) g[R5900.HI]) + (long) (int) g[s] * (int) g[t];
                    g[R5900.LO] = (int) sum;
                    g[R5900.HI] = sum >> 32;
                    g[d] = (int) sum;
                    cycles += MULTIPLY_CYCLES;
                }
                case DIV -> {
                    int dividend = (int) g[s];
                    int divisor = (int) g[t];
                    g[R5900.LO] = R5900.quotient(dividend, divisor);
                    g[R5900.HI] = R5900.remainder(dividend, divisor);
                    cycles += DIVIDE_CYCLES;
                }
                case LB -> {
                    int address = (int) g[s] + t;
                    if (Integer.compareUnsigned(address - START, SIZE) < 0) {
                        g[d] = ram[address];
                    } else {
                        g[d] = (byte) slowLoad(at, cycles, address, 1);
                    }
                }
                case LBU -> {
                    int address = (int) g[s] + t;
                    if (Integer.compareUnsigned(address - START, SIZE) < 0) {
                        g[d] = ram[address] & 0xFF;
                    } else {
                        g[d] = slowLoad(at, cycles, address, 1);
                    }
                }
                case LH -> {
                    int address = (int) g[s] + t;
                    if (Integer.compareUnsigned(address - START, SIZE) < 0 && (address & 1) == 0) {
                        g[d] = (short) SHORTS.get(ram, address);
                    } else {
                        g[d] = (short) slowLoad(at, cycles, address, 2);
                    }
                }
                case LHU -> {
                    int address = (int) g[s] + t;
                    if (Integer.compareUnsigned(address - START, SIZE) < 0 && (address & 1) == 0) {
                        g[d] = (short) SHORTS.get(ram, address) & 0xFFFF;
                    } else {
                        g[d] = slowLoad(at, cycles, address, 2);
                    }
                }
                case LW -> {
                    int address = (int) g[s] + t;
                    if (Integer.compareUnsigned(address - START, SIZE) < 0 && (address & 3) == 0) {
                        g[d] = (int) INTS.get(ram, address);
                    } else {
                        g[d] = (int) slowLoad(at, cycles, address, 4);
                    }
                }
                case LWU -> {
                    int address = (int) g[s] + t;
                    if (Integer.compareUnsigned(address - START, SIZE) < 0 && (address & 3) == 0) {
                        g[d] = (int) INTS.get(ram, address) & 0xFFFF_FFFFL;
                    } else {
                        g[d] = slowLoad(at, cycles, address, 4);
                    }
                }
                case LD -> {
                    int address = (int) g[s] + t;
                    if (Integer.compareUnsigned(address - START, SIZE) < 0 && (address & 7) == 0) {
                        g[d] = (long) LONGS.get(ram, address);
                    } else {
                        g[d] = slowLoad(at, cycles, address, 8);
                    }
                }
                case LQ -> {
                    int address = (int) g[s] + t & ~15;
                    if (Integer.compareUnsigned(address - START, SIZE) < 0) {
                        g[d] = (long) LONGS.get(ram, address);
                        g[d + 1] = (long) LONGS.get(ram, address + 8);
                    } else {
                        cpu.beginAccess(at, cycles);
                        g[d] = bus.loadQuadLow(address);
                        g[d + 1] = bus.loadQuadHigh(address);
                    }
                }
                case LWC1 -> {
                    int address = (int) g[s] + t;
                    if (Integer.compareUnsigned(address - START, SIZE) < 0 && (address & 3) == 0) {
                        cpu.fpr[d] = (int) INTS.get(ram, address);
                    } else {
                        cpu.fpr[d] = (int) slowLoad(at, cycles, address, 4);
                    }
                }
                case SB -> {
                    int address = (int) g[s] + t;
                    if (Integer.compareUnsigned(address - START, SIZE) < 0) {
                        ram[address] = (byte) g[d];
                        if (codePages[address >> 12] != 0) {
                            bus.codeStored(address, 1);
                        }
                    } else {
                        slowStore(at, cycles, address, 1, g[d]);
                    }
                }
                case SH -> {
                    int address = (int) g[s] + t;
                    if (Integer.compareUnsigned(address - START, SIZE) < 0 && (address & 1) == 0) {
                        SHORTS.set(ram, address, (short) g[d]);
                        if (codePages[address >> 12] != 0) {
                            bus.codeStored(address, 2);
                        }
                    } else {
                        slowStore(at, cycles, address, 2, g[d]);
                    }
                }
                case SW -> {
                    int address = (int) g[s] + t;
                    if (Integer.compareUnsigned(address - START, SIZE) < 0 && (address & 3) == 0) {
                        INTS.set(ram, address, (int) g[d]);
                        if (codePages[address >> 12] != 0) {
                            bus.codeStored(address, 4);
                        }
                    } else {
                        slowStore(at, cycles, address, 4, g[d]);
                    }
                }
                case SD -> {
                    int address = (int) g[s] + t;
                    if (Integer.compareUnsigned(address - START, SIZE) < 0 && (address & 7) == 0) {
                        LONGS.set(ram, address, g[d]);
                        if (codePages[address >> 12] != 0) {
                            bus.codeStored(address, 8);
                        }
                    } else {
                        slowStore(at, cycles, address, 8, g[d]);
                    }
                }
                case SWC1 -> {
                    int address = (int) g[s] + t;
                    if (Integer.compareUnsigned(address - START, SIZE) < 0 && (address & 3) == 0) {
                        INTS.set(ram, address, cpu.fpr[d]);
                        if (codePages[address >> 12] != 0) {
                            bus.codeStored(address, 4);
                        }
                    } else {
                        slowStore(at, cycles, address, 4, cpu.fpr[d]);
                    }
                }
                case SQ -> {
                    int address = (int) g[s] + t & ~15;
                    if (Integer.compareUnsigned(address - START, SIZE) < 0) {
                        LONGS.set(ram, address, g[d]);
                        LONGS.set(ram, address + 8, g[d + 1]);
                        if (codePages[address >> 12] != 0) {
                            bus.codeStored(address, 16);
                        }
                    } else {
                        cpu.beginAccess(at, cycles);
                        bus.storeQuad(address, g[d], g[d + 1]);
                    }
                }
                case BEQ -> {
                    cpu.branchCycle = cycles;
                    boolean taken = g[s] == g[t];
                    if (taken) {
                        nextPc = at + 4 + d;
                        if (d == -4 && isNop(rows, operands, k)) {
                            cycles = idleUntil(cycles);
                            cpu.branchCycle = cycles;
                        }
                    }
                }
                case BNE -> {
                    cpu.branchCycle = cycles;
                    boolean taken = g[s] != g[t];
                    if (taken) {
                        nextPc = at + 4 + d;
                        if (d == -4 && isNop(rows, operands, k)) {
                            cycles = idleUntil(cycles);
                            cpu.branchCycle = cycles;
                        }
                    }
                }
                case BLEZ -> {
                    cpu.branchCycle = cycles;
                    boolean taken = g[s] <= 0;
                    if (taken) {
                        nextPc = at + 4 + d;
                        if (d == -4 && isNop(rows, operands, k)) {
                            cycles = idleUntil(cycles);
                            cpu.branchCycle = cycles;
                        }
                    }
                }
                case BGTZ -> {
                    cpu.branchCycle = cycles;
                    boolean taken = g[s] > 0;
                    if (taken) {
                        nextPc = at + 4 + d;
                        if (d == -4 && isNop(rows, operands, k)) {
                            cycles = idleUntil(cycles);
                            cpu.branchCycle = cycles;
                        }
                    }
                }
                case BLTZ -> {
                    cpu.branchCycle = cycles;
                    boolean taken = g[s] < 0;
                    if (taken) {
                        nextPc = at + 4 + d;
                        if (d == -4 && isNop(rows, operands, k)) {
                            cycles = idleUntil(cycles);
                            cpu.branchCycle = cycles;
                        }
                    }
                }
                case BGEZ -> {
                    cpu.branchCycle = cycles;
                    boolean taken = g[s] >= 0;
                    if (taken) {
                        nextPc = at + 4 + d;
                        if (d == -4 && isNop(rows, operands, k)) {
                            cycles = idleUntil(cycles);
                            cpu.branchCycle = cycles;
                        }
                    }
                }
                case BEQL -> {
                    cpu.branchCycle = cycles;
                    boolean taken = g[s] == g[t];
                    if (taken) {
                        nextPc = at + 4 + d;
                        if (d == -4 && isNop(rows, operands, k)) {
                            cycles = idleUntil(cycles);
                            cpu.branchCycle = cycles;
                        }
                    } else {
                        pc = at + 8;
                        nextPc = at + 12;
                        cpu.branchCycle = -1;
                    }
                }
                case BNEL -> {
                    cpu.branchCycle = cycles;
                    boolean taken = g[s] != g[t];
                    if (taken) {
                        nextPc = at + 4 + d;
                        if (d == -4 && isNop(rows, operands, k)) {
                            cycles = idleUntil(cycles);
                            cpu.branchCycle = cycles;
                        }
                    } else {
                        pc = at + 8;
                        nextPc = at + 12;
                        cpu.branchCycle = -1;
                    }
                }
                case BLEZL -> {
                    cpu.branchCycle = cycles;
                    boolean taken = g[s] <= 0;
                    if (taken) {
                        nextPc = at + 4 + d;
                        if (d == -4 && isNop(rows, operands, k)) {
                            cycles = idleUntil(cycles);
                            cpu.branchCycle = cycles;
                        }
                    } else {
                        pc = at + 8;
                        nextPc = at + 12;
                        cpu.branchCycle = -1;
                    }
                }
                case BGTZL -> {
                    cpu.branchCycle = cycles;
                    boolean taken = g[s] > 0;
                    if (taken) {
                        nextPc = at + 4 + d;
                        if (d == -4 && isNop(rows, operands, k)) {
                            cycles = idleUntil(cycles);
                            cpu.branchCycle = cycles;
                        }
                    } else {
                        pc = at + 8;
                        nextPc = at + 12;
                        cpu.branchCycle = -1;
                    }
                }
                case BLTZL -> {
                    cpu.branchCycle = cycles;
                    boolean taken = g[s] < 0;
                    if (taken) {
                        nextPc = at + 4 + d;
                        if (d == -4 && isNop(rows, operands, k)) {
                            cycles = idleUntil(cycles);
                            cpu.branchCycle = cycles;
                        }
                    } else {
                        pc = at + 8;
                        nextPc = at + 12;
                        cpu.branchCycle = -1;
                    }
                }
                case BGEZL -> {
                    cpu.branchCycle = cycles;
                    boolean taken = g[s] >= 0;
                    if (taken) {
                        nextPc = at + 4 + d;
                        if (d == -4 && isNop(rows, operands, k)) {
                            cycles = idleUntil(cycles);
                            cpu.branchCycle = cycles;
                        }
                    } else {
                        pc = at + 8;
                        nextPc = at + 12;
                        cpu.branchCycle = -1;
                    }
                }
                case BLTZAL -> {
                    cpu.branchCycle = cycles;
                    boolean taken = g[s] < 0;
                    g[62] = at + 8;
                    if (taken) {
                        nextPc = at + 4 + d;
                        if (d == -4 && isNop(rows, operands, k)) {
                            cycles = idleUntil(cycles);
                            cpu.branchCycle = cycles;
                        }
                    }
                }
                case BGEZAL -> {
                    cpu.branchCycle = cycles;
                    boolean taken = g[s] >= 0;
                    g[62] = at + 8;
                    if (taken) {
                        nextPc = at + 4 + d;
                        if (d == -4 && isNop(rows, operands, k)) {
                            cycles = idleUntil(cycles);
                            cpu.branchCycle = cycles;
                        }
                    }
                }
                case BLTZALL -> {
                    cpu.branchCycle = cycles;
                    boolean taken = g[s] < 0;
                    g[62] = at + 8;
                    if (taken) {
                        nextPc = at + 4 + d;
                        if (d == -4 && isNop(rows, operands, k)) {
                            cycles = idleUntil(cycles);
                            cpu.branchCycle = cycles;
                        }
                    } else {
                        pc = at + 8;
                        nextPc = at + 12;
                        cpu.branchCycle = -1;
                    }
                }
                case BGEZALL -> {
                    cpu.branchCycle = cycles;
                    boolean taken = g[s] >= 0;
                    g[62] = at + 8;
                    if (taken) {
                        nextPc = at + 4 + d;
                        if (d == -4 && isNop(rows, operands, k)) {
                            cycles = idleUntil(cycles);
                            cpu.branchCycle = cycles;
                        }
                    } else {
                        pc = at + 8;
                        nextPc = at + 12;
                        cpu.branchCycle = -1;
                    }
                }
                case BC1F, BC0F, BC2F -> {
                    cpu.branchCycle = cycles;
                    boolean taken = !condition(row);
                    if (taken) {
                        nextPc = at + 4 + d;
                        if (d == -4 && isNop(rows, operands, k)) {
                            cycles = idleUntil(cycles);
                            cpu.branchCycle = cycles;
                        }
                    }
                }
                case BC1T, BC0T, BC2T -> {
                    cpu.branchCycle = cycles;
                    boolean taken = condition(row);
                    if (taken) {
                        nextPc = at + 4 + d;
                        if (d == -4 && isNop(rows, operands, k)) {
                            cycles = idleUntil(cycles);
                            cpu.branchCycle = cycles;
                        }
                    }
                }
                case BC1FL, BC0FL, BC2FL -> {
                    cpu.branchCycle = cycles;
                    boolean taken = !condition(row);
                    if (taken) {
                        nextPc = at + 4 + d;
                        if (d == -4 && isNop(rows, operands, k)) {
                            cycles = idleUntil(cycles);
                            cpu.branchCycle = cycles;
                        }
                    } else {
                        pc = at + 8;
                        nextPc = at + 12;
                        cpu.branchCycle = -1;
                    }
                }
                case BC1TL, BC0TL, BC2TL -> {
                    cpu.branchCycle = cycles;
                    boolean taken = condition(row);
                    if (taken) {
                        nextPc = at + 4 + d;
                        if (d == -4 && isNop(rows, operands, k)) {
                            cycles = idleUntil(cycles);
                            cpu.branchCycle = cycles;
                        }
                    } else {
                        pc = at + 8;
                        nextPc = at + 12;
                        cpu.branchCycle = -1;
                    }
                }
                case J -> {
                    cpu.branchCycle = cycles;
                    nextPc = at + 4 & 0xF000_0000 | d;
                    if (nextPc == at && isNop(rows, operands, k)) {
                        cycles = idleUntil(cycles);
                        cpu.branchCycle = cycles;
                    }
                }
                case JAL -> {
                    cpu.branchCycle = cycles;
                    g[62] = at + 8;
                    nextPc = at + 4 & 0xF000_0000 | d;
                }
                case JR -> {
                    cpu.branchCycle = cycles;
                    nextPc = (int) g[s];
                }
                case JALR -> {
                    cpu.branchCycle = cycles;
                    nextPc = (int) g[s];
                    g[d] = at + 8;
                }
                case ADD_S,
                        SUB_S,
                        MUL_S,
                        MADD_S,
                        ADDA_S,
                        MULA_S,
                        MADDA_S,
                        MOV_S,
                        NEG_S,
                        CVT_W_S,
                        CVT_S_W,
                        C_LT_S,
                        C_LE_S,
                        MFC1,
                        MTC1 -> cpu.fpu().execute(row, d, s, t);
                default -> {
                    cpu.pc = pc;
                    cpu.nextPc = nextPc;
                    cpu.beginAccess(at, cycles);
                    rare.execute(row, at, d, s, t, operands[k + 3]);
                    cpu.cycles += row.timing.extraCycles;
                    if (cpu.pc != pc) {
                        return;
                    }
                    cycles = cpu.cycles;
                }
            }
        }
        cpu.pc = pc;
        cpu.nextPc = nextPc;
        cpu.cycles = cycles;
    }

    private boolean condition(Instruction row) {
        return switch (row.unit) {
            case FPU -> cpu.fpu().condition();
            case COP0 -> dmaCondition.getAsBoolean();
            default -> false; // VU1 never runs
        };
    }

    /** A branch to itself with an empty delay slot does nothing until an event: the clock goes there at once. */
    private long idleUntil(long cycles) {
        return Math.max(cycles, cpu.deadline - 1);
    }

    private static boolean isNop(Instruction[] rows, int[] operands, int k) {
        return k < 0xFFC && rows[(k >> 2) + 1] == Instruction.SLL && operands[k + 4 + 3] == 0;
    }

    private DecodedCode.Page fetchPage(int at, long cycles) {
        cpu.accessPc = at;
        cpu.cycles = cycles;
        int physical = bus.physical(at);
        if ((at & 3) != 0) {
            throw rare.fetchFault(ExceptionCode.ADDRESS_ERROR_LOAD, at);
        }
        if (physical == EeBus.UNMAPPED) {
            throw rare.fetchFault(ExceptionCode.TLB_REFILL_LOAD, at);
        }
        if (physical < 0 || physical >= bus.ramBytes.length) {
            throw rare.fetchFault(ExceptionCode.BUS_ERROR_FETCH, at);
        }
        return code.page(physical);
    }

    private long slowLoad(int at, long cycles, int address, int bytes) {
        cpu.beginAccess(at, cycles);
        if ((address & (bytes - 1)) != 0) {
            throw rare.fetchFault(ExceptionCode.ADDRESS_ERROR_LOAD, address);
        }
        return bus.load(address, bytes);
    }

    private void slowStore(int at, long cycles, int address, int bytes, long value) {
        cpu.beginAccess(at, cycles);
        if ((address & (bytes - 1)) != 0) {
            throw rare.fetchFault(ExceptionCode.ADDRESS_ERROR_STORE, address);
        }
        bus.store(address, bytes, value);
    }
}
