package soliloquy.ee;

import static soliloquy.ee.EeBus.INTS;
import static soliloquy.ee.EeBus.LONGS;
import static soliloquy.ee.EeBus.PAGE_SHIFT;
import static soliloquy.ee.EeBus.SHORTS;

/**
 * Executes what compiled code does most: integer arithmetic, accesses to RDRAM, branches. The loop calls nothing, because HotSpot
 * keeps no value in a register of the host across a call; whatever needs one ends it, unexecuted, and {@link Interpreter} goes on.
 * That also keeps the loop under the 8,000 bytes of bytecode beyond which HotSpot compiles no method.
 */
final class InnerLoop {
    private static final int START = EeBus.USER_START;
    private static final int SIZE = EeBus.USER_SIZE;
    /** Tells whether an address is a word of the page that is executed. */
    private static final int PAGE_MASK = 0xFFFF_F003;

    /** In an operand: the sign of the register is inverted. */
    static final int INVERTED = 0x8000_0000;

    /** From addresses of the scratchpad to its place behind RDRAM. */
    private static final int TO_INDEX = EeBus.SCRATCHPAD_START - EeBus.SCRATCHPAD_INDEX;

    private static final int SEGMENT = 0xF000_0000;
    /** Places of an instruction's costs in its entry, as {@link PageCosts} has them. */
    private static final int BASE = DecodedCode.COSTS_SHIFT;

    private static final int TAKEN = BASE + 8;
    private static final int NOT_TAKEN = TAKEN + 8;
    private static final int BYTE = 0xFF;

    private final R5900 cpu;
    private final long[] gpr;
    private final int[] fpr;
    private final byte[] ram;
    private final byte[] codePages;
    private final int[][] userCode;

    InnerLoop(R5900 cpu, EeBus bus, DecodedCode decoded) {
        this.cpu = cpu;
        gpr = cpu.gpr;
        fpr = cpu.fpr;
        ram = bus.ramBytes;
        codePages = bus.codePages;
        userCode = decoded.userCode;
    }

    /**
     * Executes until the clock reaches {@code deadline}, or up to an instruction that is not for this loop.
     *
     * @param code decoded instructions of the page at {@code pageAddress}, at first
     * @param deadline in half cycles
     */
    void run(int[] code, int pageAddress, long deadline) {
        final R5900 cpu = this.cpu;
        final long[] g = gpr;
        final int[] f = fpr;
        final byte[] ram = this.ram;
        final byte[] codePages = this.codePages;
        final boolean flagsClear = cpu.fpu().rangeFlagsClear();
        int pc = cpu.pc;
        int nextPc = cpu.nextPc;
        long clock = cpu.clock;
        int at = pc;
        execution:
        {
            while (clock < deadline) {
                at = pc;
                if ((at & PAGE_MASK) != pageAddress) {
                    int page = at >>> PAGE_SHIFT;
                    if ((at & 3) != 0 || page >= userCode.length || userCode[page] == null) {
                        break;
                    }
                    code = userCode[page];
                    pageAddress = at & PAGE_MASK;
                }
                int k = at & 0xFFC;
                int entry = code[k];
                int d = code[k + 1];
                int s = code[k + 2];
                int t = code[k + 3];
                pc = nextPc;
                nextPc = pc + 4;
                clock += entry >>> BASE & BYTE;
                switch (entry & BYTE) {
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
                    }
                    case Dispatch.LB -> {
                        int address = (int) g[s] + t;
                        if (!byteInRam(address)) {
                            if (entry >= 0 || !byteInScratchpad(address)) {
                                break execution;
                            }
                            address -= TO_INDEX;
                        }
                        g[d] = ram[address];
                    }
                    case Dispatch.LBU -> {
                        int address = (int) g[s] + t;
                        if (!byteInRam(address)) {
                            if (entry >= 0 || !byteInScratchpad(address)) {
                                break execution;
                            }
                            address -= TO_INDEX;
                        }
                        g[d] = ram[address] & 0xFF;
                    }
                    case Dispatch.LH -> {
                        int address = (int) g[s] + t;
                        if (!halfInRam(address)) {
                            if (entry >= 0 || !halfInScratchpad(address)) {
                                break execution;
                            }
                            address -= TO_INDEX;
                        }
                        g[d] = (short) SHORTS.get(ram, address);
                    }
                    case Dispatch.LHU -> {
                        int address = (int) g[s] + t;
                        if (!halfInRam(address)) {
                            if (entry >= 0 || !halfInScratchpad(address)) {
                                break execution;
                            }
                            address -= TO_INDEX;
                        }
                        g[d] = (short) SHORTS.get(ram, address) & 0xFFFF;
                    }
                    case Dispatch.LW -> {
                        int address = (int) g[s] + t;
                        if (!wordInRam(address)) {
                            if (entry >= 0 || !wordInScratchpad(address)) {
                                break execution;
                            }
                            address -= TO_INDEX;
                        }
                        g[d] = (int) INTS.get(ram, address);
                    }
                    case Dispatch.LWU -> {
                        int address = (int) g[s] + t;
                        if (!wordInRam(address)) {
                            if (entry >= 0 || !wordInScratchpad(address)) {
                                break execution;
                            }
                            address -= TO_INDEX;
                        }
                        g[d] = (int) INTS.get(ram, address) & 0xFFFF_FFFFL;
                    }
                    case Dispatch.LD -> {
                        int address = (int) g[s] + t;
                        if (!doublewordInRam(address)) {
                            if (entry >= 0 || !doublewordInScratchpad(address)) {
                                break execution;
                            }
                            address -= TO_INDEX;
                        }
                        g[d] = (long) LONGS.get(ram, address);
                    }
                    case Dispatch.LWC1 -> {
                        int address = (int) g[s] + t;
                        if (!wordInRam(address)) {
                            if (entry >= 0 || !wordInScratchpad(address)) {
                                break execution;
                            }
                            address -= TO_INDEX;
                        }
                        f[d] = (int) INTS.get(ram, address);
                    }
                    case Dispatch.LQ -> {
                        int address = (int) g[s] + t & ~15;
                        if (!byteInRam(address)) {
                            if (entry >= 0 || !byteInScratchpad(address)) {
                                break execution;
                            }
                            address -= TO_INDEX;
                        }
                        g[d] = (long) LONGS.get(ram, address);
                        g[d + 1] = (long) LONGS.get(ram, address + 8);
                    }
                    case Dispatch.SB -> {
                        int address = (int) g[s] + t;
                        if (!byteInRam(address)) {
                            if (entry >= 0 || !byteInScratchpad(address)) {
                                break execution;
                            }
                            address -= TO_INDEX;
                        }
                        if (codePages[address >> PAGE_SHIFT] != 0) {
                            break execution;
                        }
                        ram[address] = (byte) g[d];
                    }
                    case Dispatch.SH -> {
                        int address = (int) g[s] + t;
                        if (!halfInRam(address)) {
                            if (entry >= 0 || !halfInScratchpad(address)) {
                                break execution;
                            }
                            address -= TO_INDEX;
                        }
                        if (codePages[address >> PAGE_SHIFT] != 0) {
                            break execution;
                        }
                        SHORTS.set(ram, address, (short) g[d]);
                    }
                    case Dispatch.SW -> {
                        int address = (int) g[s] + t;
                        if (!wordInRam(address)) {
                            if (entry >= 0 || !wordInScratchpad(address)) {
                                break execution;
                            }
                            address -= TO_INDEX;
                        }
                        if (codePages[address >> PAGE_SHIFT] != 0) {
                            break execution;
                        }
                        INTS.set(ram, address, (int) g[d]);
                    }
                    case Dispatch.SD -> {
                        int address = (int) g[s] + t;
                        if (!doublewordInRam(address)) {
                            if (entry >= 0 || !doublewordInScratchpad(address)) {
                                break execution;
                            }
                            address -= TO_INDEX;
                        }
                        if (codePages[address >> PAGE_SHIFT] != 0) {
                            break execution;
                        }
                        LONGS.set(ram, address, g[d]);
                    }
                    case Dispatch.SWC1 -> {
                        int address = (int) g[s] + t;
                        if (!wordInRam(address)) {
                            if (entry >= 0 || !wordInScratchpad(address)) {
                                break execution;
                            }
                            address -= TO_INDEX;
                        }
                        if (codePages[address >> PAGE_SHIFT] != 0) {
                            break execution;
                        }
                        INTS.set(ram, address, f[d]);
                    }
                    case Dispatch.SQ -> {
                        int address = (int) g[s] + t & ~15;
                        if (!byteInRam(address)) {
                            if (entry >= 0 || !byteInScratchpad(address)) {
                                break execution;
                            }
                            address -= TO_INDEX;
                        }
                        if (codePages[address >> PAGE_SHIFT] != 0) {
                            break execution;
                        }
                        LONGS.set(ram, address, g[d]);
                        LONGS.set(ram, address + 8, g[d + 1]);
                    }
                    case Dispatch.MOV_S -> f[d] = f[s];
                    case Dispatch.MFC1 -> g[d] = f[t];
                    case Dispatch.MTC1 -> f[t] = (int) g[s];
                    case Dispatch.ADD_S -> {
                        long sum = EeFloat.ordinarySum(f[s], f[t & 31] ^ t & INVERTED);
                        if (sum < 0 || !flagsClear) {
                            break execution;
                        }
                        f[d] = (int) sum;
                    }
                    case Dispatch.MUL_S -> {
                        long product = EeFloat.ordinaryProduct(f[s], f[t]);
                        if (product < 0 || !flagsClear) {
                            break execution;
                        }
                        f[d] = (int) product;
                    }
                    case Dispatch.BEQ -> {
                        if (g[s] == g[t]) {
                            nextPc = at + 4 + d;
                            clock += entry >>> TAKEN & BYTE;
                        } else {
                            clock += entry >>> NOT_TAKEN;
                        }
                        cpu.branchClock = clock;
                    }
                    case Dispatch.BNE -> {
                        if (g[s] != g[t]) {
                            nextPc = at + 4 + d;
                            clock += entry >>> TAKEN & BYTE;
                        } else {
                            clock += entry >>> NOT_TAKEN;
                        }
                        cpu.branchClock = clock;
                    }
                    case Dispatch.BLEZ -> {
                        if (g[s] <= 0) {
                            nextPc = at + 4 + d;
                            clock += entry >>> TAKEN & BYTE;
                        } else {
                            clock += entry >>> NOT_TAKEN;
                        }
                        cpu.branchClock = clock;
                    }
                    case Dispatch.BGTZ -> {
                        if (g[s] > 0) {
                            nextPc = at + 4 + d;
                            clock += entry >>> TAKEN & BYTE;
                        } else {
                            clock += entry >>> NOT_TAKEN;
                        }
                        cpu.branchClock = clock;
                    }
                    case Dispatch.BLTZ -> {
                        if (g[s] < 0) {
                            nextPc = at + 4 + d;
                            clock += entry >>> TAKEN & BYTE;
                        } else {
                            clock += entry >>> NOT_TAKEN;
                        }
                        cpu.branchClock = clock;
                    }
                    case Dispatch.BGEZ -> {
                        if (g[s] >= 0) {
                            nextPc = at + 4 + d;
                            clock += entry >>> TAKEN & BYTE;
                        } else {
                            clock += entry >>> NOT_TAKEN;
                        }
                        cpu.branchClock = clock;
                    }
                    case Dispatch.BEQL -> {
                        if (g[s] == g[t]) {
                            clock += entry >>> TAKEN & BYTE;
                            cpu.branchClock = clock;
                            nextPc = at + 4 + d;
                        } else {
                            clock += entry >>> NOT_TAKEN;
                            pc = nextPc;
                            nextPc = pc + 4;
                        }
                    }
                    case Dispatch.BNEL -> {
                        if (g[s] != g[t]) {
                            clock += entry >>> TAKEN & BYTE;
                            cpu.branchClock = clock;
                            nextPc = at + 4 + d;
                        } else {
                            clock += entry >>> NOT_TAKEN;
                            pc = nextPc;
                            nextPc = pc + 4;
                        }
                    }
                    case Dispatch.BLEZL -> {
                        if (g[s] <= 0) {
                            clock += entry >>> TAKEN & BYTE;
                            cpu.branchClock = clock;
                            nextPc = at + 4 + d;
                        } else {
                            clock += entry >>> NOT_TAKEN;
                            pc = nextPc;
                            nextPc = pc + 4;
                        }
                    }
                    case Dispatch.BGTZL -> {
                        if (g[s] > 0) {
                            clock += entry >>> TAKEN & BYTE;
                            cpu.branchClock = clock;
                            nextPc = at + 4 + d;
                        } else {
                            clock += entry >>> NOT_TAKEN;
                            pc = nextPc;
                            nextPc = pc + 4;
                        }
                    }
                    case Dispatch.BLTZL -> {
                        if (g[s] < 0) {
                            clock += entry >>> TAKEN & BYTE;
                            cpu.branchClock = clock;
                            nextPc = at + 4 + d;
                        } else {
                            clock += entry >>> NOT_TAKEN;
                            pc = nextPc;
                            nextPc = pc + 4;
                        }
                    }
                    case Dispatch.BGEZL -> {
                        if (g[s] >= 0) {
                            clock += entry >>> TAKEN & BYTE;
                            cpu.branchClock = clock;
                            nextPc = at + 4 + d;
                        } else {
                            clock += entry >>> NOT_TAKEN;
                            pc = nextPc;
                            nextPc = pc + 4;
                        }
                    }
                    case Dispatch.JAL -> {
                        cpu.branchClock = clock;
                        nextPc = at + 4 & SEGMENT | d;
                        g[t] = at + 8;
                    }
                    case Dispatch.JALR -> {
                        clock += entry >>> TAKEN & BYTE;
                        cpu.branchClock = clock;
                        nextPc = (int) g[s];
                        g[d] = at + 8;
                    }
                    default -> {
                        break execution;
                    }
                }
            }
            cpu.pc = pc;
            cpu.nextPc = nextPc;
            cpu.clock = clock;
            return;
        }
        cpu.pc = at;
        cpu.nextPc = pc;
        cpu.clock = clock - (code[at & 0xFFC] >>> BASE & BYTE);
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

    private static boolean byteInScratchpad(int address) {
        return Integer.compareUnsigned(address - EeBus.SCRATCHPAD_START, EeBus.SCRATCHPAD_SIZE) < 0;
    }

    private static boolean halfInScratchpad(int address) {
        return byteInScratchpad(address) && (address & 1) == 0;
    }

    private static boolean wordInScratchpad(int address) {
        return byteInScratchpad(address) && (address & 3) == 0;
    }

    private static boolean doublewordInScratchpad(int address) {
        return byteInScratchpad(address) && (address & 7) == 0;
    }
}
