package soliloquy.ee;

import static soliloquy.ee.EeBus.INTS;
import static soliloquy.ee.EeBus.LONGS;
import static soliloquy.ee.EeBus.PAGE_SHIFT;
import static soliloquy.ee.EeBus.SHORTS;

import java.util.function.BooleanSupplier;

/**
 * Executes decoded instructions one after another. The loop holds what compiled code does most; the rest is in classes of its own,
 * which also keeps the loop under the 8,000 bytes of bytecode beyond which HotSpot compiles no method.
 */
final class Interpreter {
    private static final int START = EeBus.USER_START;
    private static final int SIZE = EeBus.USER_SIZE;
    /** Tells whether an address is a word of the page that is executed. */
    private static final int PAGE_MASK = 0xFFFF_F003;

    private static final int SEGMENT = 0xF000_0000;
    private static final int RA = 2 * 31;
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
        final Fpu fpu = cpu.fpu();
        final Mmi mmi = cpu.mmi();
        final MmiShuffle shuffle = mmi.shuffle;
        final MmiMultiply multiply = mmi.multiply;
        final long[] g = cpu.gpr;
        final int[] f = cpu.fpr;
        final byte[] ram = bus.ramBytes;
        final byte[] codePages = bus.codePages;
        int pc = cpu.pc;
        int nextPc = cpu.nextPc;
        long cycles = cpu.cycles;
        int pageAddress = 4; // no page: a bit that the mask leaves out
        DecodedCode.Page page = null;
        int[] operands = null;
        while (cycles < cpu.deadline) {
            int at = pc;
            if ((at & PAGE_MASK) != pageAddress) {
                page = fetchPage(at, cycles);
                pageAddress = at & PAGE_MASK;
                operands = page.code;
            }
            int k = at & 0xFFC;
            int d = operands[k + 1];
            int s = operands[k + 2];
            int t = operands[k + 3];
            pc = nextPc;
            nextPc = pc + 4;
            cycles++;
            switch (operands[k]) {
                case Dispatch.ADDU -> g[d] = (int) g[s] + (int) g[t];
                case Dispatch.SUBU -> g[d] = (int) g[s] - (int) g[t];
                case Dispatch.DADDU -> g[d] = g[s] + g[t];
                case Dispatch.DSUBU -> g[d] = g[s] - g[t];
                case Dispatch.AND -> g[d] = g[s] & g[t];
                case Dispatch.OR -> g[d] = g[s] | g[t];
                case Dispatch.XOR -> g[d] = g[s] ^ g[t];
                case Dispatch.NOR -> g[d] = ~(g[s] | g[t]);
                case Dispatch.SLT -> g[d] = g[s] < g[t] ? 1 : 0;
                case Dispatch.SLTU -> g[d] = Long.compareUnsigned(g[s], g[t]) < 0 ? 1 : 0;
                case Dispatch.ADDIU -> g[d] = (int) g[s] + t;
                case Dispatch.DADDIU -> g[d] = g[s] + t;
                case Dispatch.SLTI -> g[d] = g[s] < t ? 1 : 0;
                case Dispatch.SLTIU -> g[d] = Long.compareUnsigned(g[s], t) < 0 ? 1 : 0;
                case Dispatch.ANDI -> g[d] = g[s] & t;
                case Dispatch.ORI -> g[d] = g[s] | t;
                case Dispatch.XORI -> g[d] = g[s] ^ t;
                case Dispatch.LUI -> g[d] = t;
                case Dispatch.SLL -> g[d] = (int) g[s] << t;
                case Dispatch.SRL -> g[d] = (int) g[s] >>> t;
                case Dispatch.SRA -> g[d] = (int) g[s] >> t;
                case Dispatch.SLLV -> g[d] = (int) g[s] << (int) g[t];
                case Dispatch.SRLV -> g[d] = (int) g[s] >>> (int) g[t];
                case Dispatch.SRAV -> g[d] = (int) g[s] >> (int) g[t];
                case Dispatch.DSLL -> g[d] = g[s] << t;
                case Dispatch.DSRL -> g[d] = g[s] >>> t;
                case Dispatch.DSRA -> g[d] = g[s] >> t;
                case Dispatch.DSLL32 -> g[d] = g[s] << t + 32;
                case Dispatch.DSRL32 -> g[d] = g[s] >>> t + 32;
                case Dispatch.DSRA32 -> g[d] = g[s] >> t + 32;
                case Dispatch.MFLO -> g[d] = g[R5900.LO];
                case Dispatch.MFHI -> g[d] = g[R5900.HI];
                case Dispatch.MOVZ -> {
                    if (g[t] == 0) {
                        g[d] = g[s];
                    }
                }
                case Dispatch.MOVN -> {
                    if (g[t] != 0) {
                        g[d] = g[s];
                    }
                }
                case Dispatch.MULT -> {
                    long product = (long) (int) g[s] * (int) g[t];
                    g[R5900.LO] = (int) product;
                    g[R5900.HI] = product >> 32;
                    g[d] = (int) product;
                    cycles += MULTIPLY_CYCLES;
                }
                case Dispatch.MULTU -> {
                    long product = (g[s] & 0xFFFF_FFFFL) * (g[t] & 0xFFFF_FFFFL);
                    g[R5900.LO] = (int) product;
                    g[R5900.HI] = product >> 32;
                    g[d] = (int) product;
                    cycles += MULTIPLY_CYCLES;
                }
                case Dispatch.MADD -> {
                    long product = Lanes.words((int) g[R5900.LO], (int) g[R5900.HI]) + (long) (int) g[s] * (int) g[t];
                    g[R5900.LO] = (int) product;
                    g[R5900.HI] = product >> 32;
                    g[d] = (int) product;
                    cycles += MULTIPLY_CYCLES;
                }
                case Dispatch.DIV -> {
                    int dividend = (int) g[s];
                    int divisor = (int) g[t];
                    g[R5900.LO] = R5900.quotient(dividend, divisor);
                    g[R5900.HI] = R5900.remainder(dividend, divisor);
                    cycles += DIVIDE_CYCLES;
                }
                case Dispatch.LB -> {
                    int address = (int) g[s] + t;
                    g[d] = byteInRam(address) ? ram[address] : (byte) slowLoad(at, cycles, address, 1);
                }
                case Dispatch.LBU -> {
                    int address = (int) g[s] + t;
                    g[d] = byteInRam(address) ? ram[address] & 0xFF : slowLoad(at, cycles, address, 1);
                }
                case Dispatch.LH -> {
                    int address = (int) g[s] + t;
                    g[d] = halfInRam(address)
                            ? (short) SHORTS.get(ram, address)
                            : (short) slowLoad(at, cycles, address, 2);
                }
                case Dispatch.LHU -> {
                    int address = (int) g[s] + t;
                    g[d] = halfInRam(address)
                            ? (short) SHORTS.get(ram, address) & 0xFFFF
                            : slowLoad(at, cycles, address, 2);
                }
                case Dispatch.LW -> {
                    int address = (int) g[s] + t;
                    g[d] = wordInRam(address) ? (int) INTS.get(ram, address) : (int) slowLoad(at, cycles, address, 4);
                }
                case Dispatch.LWU -> {
                    int address = (int) g[s] + t;
                    g[d] = wordInRam(address)
                            ? (int) INTS.get(ram, address) & 0xFFFF_FFFFL
                            : slowLoad(at, cycles, address, 4);
                }
                case Dispatch.LD -> {
                    int address = (int) g[s] + t;
                    g[d] = doublewordInRam(address) ? (long) LONGS.get(ram, address) : slowLoad(at, cycles, address, 8);
                }
                case Dispatch.LWC1 -> {
                    int address = (int) g[s] + t;
                    f[d] = wordInRam(address) ? (int) INTS.get(ram, address) : (int) slowLoad(at, cycles, address, 4);
                }
                case Dispatch.LQ -> {
                    int address = (int) g[s] + t & ~15;
                    if (byteInRam(address)) {
                        g[d] = (long) LONGS.get(ram, address);
                        g[d + 1] = (long) LONGS.get(ram, address + 8);
                    } else {
                        slowLoadQuad(at, cycles, address, d);
                    }
                }
                case Dispatch.SB -> {
                    int address = (int) g[s] + t;
                    if (byteInRam(address) && codePages[address >> PAGE_SHIFT] == 0) {
                        ram[address] = (byte) g[d];
                    } else {
                        slowStore(at, cycles, address, 1, g[d]);
                    }
                }
                case Dispatch.SH -> {
                    int address = (int) g[s] + t;
                    if (halfInRam(address) && codePages[address >> PAGE_SHIFT] == 0) {
                        SHORTS.set(ram, address, (short) g[d]);
                    } else {
                        slowStore(at, cycles, address, 2, g[d]);
                    }
                }
                case Dispatch.SW -> {
                    int address = (int) g[s] + t;
                    if (wordInRam(address) && codePages[address >> PAGE_SHIFT] == 0) {
                        INTS.set(ram, address, (int) g[d]);
                    } else {
                        slowStore(at, cycles, address, 4, g[d]);
                    }
                }
                case Dispatch.SD -> {
                    int address = (int) g[s] + t;
                    if (doublewordInRam(address) && codePages[address >> PAGE_SHIFT] == 0) {
                        LONGS.set(ram, address, g[d]);
                    } else {
                        slowStore(at, cycles, address, 8, g[d]);
                    }
                }
                case Dispatch.SWC1 -> {
                    int address = (int) g[s] + t;
                    if (wordInRam(address) && codePages[address >> PAGE_SHIFT] == 0) {
                        INTS.set(ram, address, f[d]);
                    } else {
                        slowStore(at, cycles, address, 4, f[d]);
                    }
                }
                case Dispatch.SQ -> {
                    int address = (int) g[s] + t & ~15;
                    if (byteInRam(address) && codePages[address >> PAGE_SHIFT] == 0) {
                        LONGS.set(ram, address, g[d]);
                        LONGS.set(ram, address + 8, g[d + 1]);
                    } else {
                        cpu.beginAccess(at, cycles);
                        bus.storeQuad(address, g[d], g[d + 1]);
                    }
                }
                case Dispatch.BEQ -> {
                    cpu.branchCycle = cycles;
                    if (g[s] == g[t]) {
                        nextPc = at + 4 + d;
                    }
                }
                case Dispatch.BNE -> {
                    cpu.branchCycle = cycles;
                    if (g[s] != g[t]) {
                        nextPc = at + 4 + d;
                    }
                }
                case Dispatch.BLEZ -> {
                    cpu.branchCycle = cycles;
                    if (g[s] <= 0) {
                        nextPc = at + 4 + d;
                    }
                }
                case Dispatch.BGTZ -> {
                    cpu.branchCycle = cycles;
                    if (g[s] > 0) {
                        nextPc = at + 4 + d;
                    }
                }
                case Dispatch.BLTZ -> {
                    cpu.branchCycle = cycles;
                    if (g[s] < 0) {
                        nextPc = at + 4 + d;
                    }
                }
                case Dispatch.BGEZ -> {
                    cpu.branchCycle = cycles;
                    if (g[s] >= 0) {
                        nextPc = at + 4 + d;
                    }
                }
                case Dispatch.BEQL -> {
                    if (g[s] == g[t]) {
                        cpu.branchCycle = cycles;
                        nextPc = at + 4 + d;
                    } else {
                        pc = nextPc;
                        nextPc = pc + 4;
                    }
                }
                case Dispatch.BNEL -> {
                    if (g[s] != g[t]) {
                        cpu.branchCycle = cycles;
                        nextPc = at + 4 + d;
                    } else {
                        pc = nextPc;
                        nextPc = pc + 4;
                    }
                }
                case Dispatch.BLEZL -> {
                    if (g[s] <= 0) {
                        cpu.branchCycle = cycles;
                        nextPc = at + 4 + d;
                    } else {
                        pc = nextPc;
                        nextPc = pc + 4;
                    }
                }
                case Dispatch.BGTZL -> {
                    if (g[s] > 0) {
                        cpu.branchCycle = cycles;
                        nextPc = at + 4 + d;
                    } else {
                        pc = nextPc;
                        nextPc = pc + 4;
                    }
                }
                case Dispatch.BLTZL -> {
                    if (g[s] < 0) {
                        cpu.branchCycle = cycles;
                        nextPc = at + 4 + d;
                    } else {
                        pc = nextPc;
                        nextPc = pc + 4;
                    }
                }
                case Dispatch.BGEZL -> {
                    if (g[s] >= 0) {
                        cpu.branchCycle = cycles;
                        nextPc = at + 4 + d;
                    } else {
                        pc = nextPc;
                        nextPc = pc + 4;
                    }
                }
                case Dispatch.BLTZAL -> {
                    cpu.branchCycle = cycles;
                    if (g[s] < 0) {
                        nextPc = at + 4 + d;
                    }
                    g[RA] = at + 8;
                }
                case Dispatch.BLTZALL -> {
                    if (g[s] < 0) {
                        cpu.branchCycle = cycles;
                        nextPc = at + 4 + d;
                    } else {
                        pc = nextPc;
                        nextPc = pc + 4;
                    }
                    g[RA] = at + 8;
                }
                case Dispatch.BGEZAL -> {
                    cpu.branchCycle = cycles;
                    if (g[s] >= 0) {
                        nextPc = at + 4 + d;
                    }
                    g[RA] = at + 8;
                }
                case Dispatch.BGEZALL -> {
                    if (g[s] >= 0) {
                        cpu.branchCycle = cycles;
                        nextPc = at + 4 + d;
                    } else {
                        pc = nextPc;
                        nextPc = pc + 4;
                    }
                    g[RA] = at + 8;
                }
                case Dispatch.J -> {
                    cpu.branchCycle = cycles;
                    nextPc = at + 4 & SEGMENT | d;
                }
                case Dispatch.JAL -> {
                    cpu.branchCycle = cycles;
                    nextPc = at + 4 & SEGMENT | d;
                    g[RA] = at + 8;
                }
                case Dispatch.JR -> {
                    cpu.branchCycle = cycles;
                    nextPc = (int) g[s];
                }
                case Dispatch.JALR -> {
                    cpu.branchCycle = cycles;
                    nextPc = (int) g[s];
                    g[d] = at + 8;
                }
                case Dispatch.SELF_BRANCH -> {
                    if (taken(page.rows[k >> 2], s, t)) {
                        nextPc = at;
                        if (bus.peek32(at + 4) == 0) {
                            cycles = idleUntil(cycles);
                        }
                    }
                    cpu.branchCycle = cycles;
                }
                case Dispatch.CONDITION_BRANCH -> {
                    Instruction row = page.rows[k >> 2];
                    if (conditionHolds(row, cycles)) {
                        cpu.branchCycle = cycles;
                        nextPc = at + 4 + d;
                    } else if (row.has(Instruction.Trait.LIKELY)) {
                        pc = nextPc;
                        nextPc = pc + 4;
                    } else {
                        cpu.branchCycle = cycles;
                    }
                }
                case Dispatch.ADD_S -> f[d] = fpu.add(f[s], f[t]);
                case Dispatch.SUB_S -> f[d] = fpu.add(f[s], f[t] ^ 0x8000_0000);
                case Dispatch.MUL_S -> f[d] = fpu.multiply(f[s], f[t]);
                case Dispatch.FPU -> {
                    Instruction row = page.rows[k >> 2];
                    fpu.execute(row, d, s, t);
                    cycles += row.timing.extraCycles;
                }
                case Dispatch.FPU_COMPARE -> fpu.compare(page.rows[k >> 2], s, t, cycles);
                case Dispatch.MMI_ARITHMETIC -> mmi.execute(page.rows[k >> 2], d, s, t);
                case Dispatch.MMI_SHUFFLE -> shuffle.execute(page.rows[k >> 2], d, s, t);
                case Dispatch.MMI_MULTIPLY -> {
                    Instruction row = page.rows[k >> 2];
                    multiply.execute(row, d, s, t);
                    cycles += row.timing.extraCycles;
                }
                case Dispatch.RARE -> {
                    cpu.pc = pc;
                    cpu.nextPc = nextPc;
                    cpu.beginAccess(at, cycles);
                    Instruction row = page.rows[k >> 2];
                    rare.execute(row, at, d, s, t, page.words[k >> 2]);
                    cycles = cpu.cycles + row.timing.extraCycles;
                    pc = cpu.pc;
                    nextPc = cpu.nextPc;
                }
                default -> {
                    cpu.accessPc = at;
                    cpu.cycles = cycles;
                    if (!code.decode(page, k, at)) {
                        throw rare.fault(ExceptionCode.RESERVED_INSTRUCTION, 0);
                    }
                    nextPc = pc;
                    pc = at;
                    cycles--;
                }
            }
        }
        cpu.pc = pc;
        cpu.nextPc = nextPc;
        cpu.cycles = cycles;
    }

    private static boolean byteInRam(int address) {
        return Integer.compareUnsigned(address - START, SIZE) < 0;
    }

    /** One test for range and alignment: the low bits become the high ones. */
    private static boolean halfInRam(int address) {
        return Integer.compareUnsigned(Integer.rotateRight(address - START, 1), SIZE >> 1) < 0;
    }

    private static boolean wordInRam(int address) {
        return Integer.compareUnsigned(Integer.rotateRight(address - START, 2), SIZE >> 2) < 0;
    }

    private static boolean doublewordInRam(int address) {
        return Integer.compareUnsigned(Integer.rotateRight(address - START, 3), SIZE >> 3) < 0;
    }

    private boolean taken(Instruction row, int s, int t) {
        long[] g = cpu.gpr;
        return switch (row) {
            case BEQ -> g[s] == g[t];
            case BNE -> g[s] != g[t];
            case BLEZ -> g[s] <= 0;
            case BGTZ -> g[s] > 0;
            case BLTZ -> g[s] < 0;
            case BGEZ -> g[s] >= 0;
            default -> true;
        };
    }

    private boolean conditionHolds(Instruction row, long cycles) {
        return switch (row) {
            case BC1T, BC1TL -> cpu.fpu().condition(cycles);
            case BC1F, BC1FL -> !cpu.fpu().condition(cycles);
            case BC0T, BC0TL -> dmaCondition.getAsBoolean();
            case BC0F, BC0FL -> !dmaCondition.getAsBoolean();
            case BC2F, BC2FL -> true; // VU1 never runs
            default -> false;
        };
    }

    /** A branch to itself with an empty delay slot does nothing until an event: the clock goes there at once. */
    private long idleUntil(long cycles) {
        return Math.max(cycles, cpu.deadline - 1);
    }

    private DecodedCode.Page fetchPage(int at, long cycles) {
        cpu.accessPc = at;
        cpu.cycles = cycles + 1;
        if ((at & 3) != 0) {
            throw rare.fault(ExceptionCode.ADDRESS_ERROR_LOAD, at);
        }
        int physical = bus.physical(at);
        if (physical == EeBus.UNMAPPED) {
            throw rare.fault(ExceptionCode.TLB_REFILL_LOAD, at);
        }
        if (physical < 0 || physical >= bus.ramBytes.length) {
            throw rare.fault(ExceptionCode.BUS_ERROR_FETCH, at);
        }
        return code.page(physical);
    }

    private long slowLoad(int at, long cycles, int address, int bytes) {
        cpu.beginAccess(at, cycles);
        if ((address & (bytes - 1)) != 0) {
            throw rare.fault(ExceptionCode.ADDRESS_ERROR_LOAD, address);
        }
        return bus.load(address, bytes);
    }

    private void slowLoadQuad(int at, long cycles, int address, int d) {
        cpu.beginAccess(at, cycles);
        long low = bus.loadQuadLow(address);
        cpu.gpr[d + 1] = bus.loadQuadHigh(address);
        cpu.gpr[d] = low;
    }

    private void slowStore(int at, long cycles, int address, int bytes, long value) {
        cpu.beginAccess(at, cycles);
        if ((address & (bytes - 1)) != 0) {
            throw rare.fault(ExceptionCode.ADDRESS_ERROR_STORE, address);
        }
        bus.store(address, bytes, value);
    }
}
