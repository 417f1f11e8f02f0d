package soliloquy.ee;

import soliloquy.machine.Notices;

/** What compiled code does seldom: second-pipe and trapping arithmetic, unaligned access, COP0 and COP2. */
final class RareInstructions {
    private static final int LO = R5900.LO;
    private static final int HI = R5900.HI;

    private final R5900 cpu;
    private final EeBus bus;
    private final UnalignedAccess unaligned;
    private final Vu0 vu0;
    private final GuestException fault = new GuestException();

    RareInstructions(R5900 cpu, EeBus bus) {
        this.cpu = cpu;
        this.bus = bus;
        unaligned = new UnalignedAccess(cpu, bus);
        vu0 = new Vu0(cpu, bus, cpu.notices());
    }

    GuestException fault(ExceptionCode code, int address) {
        return fault.with(code, address);
    }

    /** Executes the instruction at {@code at}; the processor's pc and clock are up to date. */
    void execute(Instruction row, int at, int d, int s, int t, int word) {
        switch (row.unit) {
            case INTEGER -> integer(row, at, d, s, t);
            case COP0 -> cop0(row, d, s, t, word);
            case COP2 -> cop2(row, d, s, t, word);
            default -> throw new IllegalStateException(row + " has a class of its own");
        }
    }

    private void integer(Instruction row, int at, int d, int s, int t) {
        long[] g = cpu.gpr;
        switch (row) {
            case SYSCALL -> cpu.raise(ExceptionCode.SYSCALL, at, cpu.inDelaySlot(), 0);
            case BREAK -> cpu.raise(ExceptionCode.BREAKPOINT, at, cpu.inDelaySlot(), 0);
            case SYNC -> {}
            case PREF -> prefetch((int) g[s] + t);
            case CACHE -> operateCache(d, (int) g[s] + t);
            case MTHI -> g[HI] = g[s];
            case MTLO -> g[LO] = g[s];
            case MFHI1 -> g[d] = g[HI + 1];
            case MFLO1 -> g[d] = g[LO + 1];
            case MTHI1 -> g[HI + 1] = g[s];
            case MTLO1 -> g[LO + 1] = g[s];
            case DSLLV -> g[d] = g[s] << (int) g[t];
            case DSRLV -> g[d] = g[s] >>> (int) g[t];
            case DSRAV -> g[d] = g[s] >> (int) g[t];
            case DIVU -> divideUnsigned(0, (int) g[s], (int) g[t]);
            case DIVU1 -> divideUnsigned(1, (int) g[s], (int) g[t]);
            case DIV1 -> {
                int dividend = (int) g[s];
                int divisor = (int) g[t];
                g[LO + 1] = R5900.quotient(dividend, divisor);
                g[HI + 1] = R5900.remainder(dividend, divisor);
            }
            case MULT1 -> product(1, d, (long) (int) g[s] * (int) g[t]);
            case MULTU1 -> product(1, d, (g[s] & 0xFFFF_FFFFL) * (g[t] & 0xFFFF_FFFFL));
            case MADDU -> product(0, d, accumulated(0) + (g[s] & 0xFFFF_FFFFL) * (g[t] & 0xFFFF_FFFFL));
            case MADD1 -> product(1, d, accumulated(1) + (long) (int) g[s] * (int) g[t]);
            case MADDU1 -> product(1, d, accumulated(1) + (g[s] & 0xFFFF_FFFFL) * (g[t] & 0xFFFF_FFFFL));
            case MFSA -> g[d] = cpu.sa;
            case MTSA -> cpu.sa = (int) g[s] & 15;
            case MTSAB -> cpu.sa = ((int) g[s] ^ t) & 15;
            case MTSAH -> cpu.sa = (((int) g[s] ^ t) & 7) * 2;
            case ADD -> g[d] = inWord((long) (int) g[s] + (int) g[t]);
            case ADDI -> g[d] = inWord((long) (int) g[s] + t);
            case SUB -> g[d] = inWord((long) (int) g[s] - (int) g[t]);
            case DADD -> g[d] = sum(g[s], g[t]);
            case DADDI -> g[d] = sum(g[s], t);
            case DSUB -> g[d] = difference(g[s], g[t]);
            case TGE -> trap(g[s] >= g[t]);
            case TGEU -> trap(Long.compareUnsigned(g[s], g[t]) >= 0);
            case TLT -> trap(g[s] < g[t]);
            case TLTU -> trap(Long.compareUnsigned(g[s], g[t]) < 0);
            case TEQ -> trap(g[s] == g[t]);
            case TNE -> trap(g[s] != g[t]);
            case TGEI -> trap(g[s] >= t);
            case TGEIU -> trap(Long.compareUnsigned(g[s], t) >= 0);
            case TLTI -> trap(g[s] < t);
            case TLTIU -> trap(Long.compareUnsigned(g[s], t) < 0);
            case TEQI -> trap(g[s] == t);
            case TNEI -> trap(g[s] != t);
            default -> {
                int address = (int) g[s] + t;
                unaligned.execute(row, d, address);
                accessed(row, address);
            }
        }
    }

    /** Lets pass what a load or store at {@code address} costs. */
    private void accessed(Instruction row, int address) {
        MemoryTiming timing = bus.timing();
        if (timing != null) {
            int physical = bus.physical(address);
            cpu.pass(
                    row.has(Instruction.Trait.STORE)
                            ? timing.storeAt(address, physical, cpu.clock)
                            : timing.loadAt(address, physical, cpu.clock));
        }
    }

    private void prefetch(int address) {
        MemoryTiming timing = bus.timing();
        int physical = bus.physical(address);
        if (timing != null && timing.isCached(address, physical)) {
            cpu.pass(timing.prefetch(physical, cpu.clock, Integer.MAX_VALUE));
        }
    }

    private void operateCache(int operation, int address) {
        MemoryTiming timing = bus.timing();
        if (timing == null) {
            return;
        }
        int time = timing.operate(operation, address, bus.physical(address), cpu.clock);
        if (time == MemoryTiming.TOO_LONG) {
            cpu.notices()
                    .report(
                            Notices.Kind.UNIMPLEMENTED,
                            "EE",
                            cpu.accessPc,
                            "operation 0x%02x of CACHE does nothing".formatted(operation));
            return;
        }
        cpu.pass(time);
    }

    private long accumulated(int pipe) {
        return Lanes.words((int) cpu.gpr[LO + pipe], (int) cpu.gpr[HI + pipe]);
    }

    private void product(int pipe, int d, long product) {
        cpu.gpr[LO + pipe] = (int) product;
        cpu.gpr[HI + pipe] = product >> 32;
        cpu.gpr[d] = (int) product;
    }

    private void divideUnsigned(int pipe, int dividend, int divisor) {
        cpu.gpr[LO + pipe] = divisor == 0 ? -1 : Integer.divideUnsigned(dividend, divisor);
        cpu.gpr[HI + pipe] = divisor == 0 ? dividend : Integer.remainderUnsigned(dividend, divisor);
    }

    private long inWord(long value) {
        if (value != (int) value) {
            throw fault.with(ExceptionCode.OVERFLOW, 0);
        }
        return value;
    }

    private long sum(long a, long b) {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            throw fault.with(ExceptionCode.OVERFLOW, 0);
        }
        return sum;
    }

    private long difference(long a, long b) {
        long difference = a - b;
        if (((a ^ b) & (a ^ difference)) < 0) {
            throw fault.with(ExceptionCode.OVERFLOW, 0);
        }
        return difference;
    }

    private void trap(boolean condition) {
        if (condition) {
            throw fault.with(ExceptionCode.TRAP, 0);
        }
    }

    private void cop0(Instruction row, int d, int s, int t, int word) {
        Cop0 cop0 = cpu.cop0();
        int specifier = word >>> 1 & 31;
        switch (row) {
            case MFC0 -> cpu.gpr[d] = cop0.read(t);
            case MTC0 -> cop0.write(t, (int) cpu.gpr[s]);
            case MFPS -> cpu.gpr[d] = cop0.performance().control();
            case MTPS -> {
                if (specifier == 0) {
                    cop0.performance().control((int) cpu.gpr[s]);
                }
            }
            case MFPC -> cpu.gpr[d] = cop0.performance().counter(specifier & 1);
            case MTPC -> cop0.performance().counter(specifier & 1, (int) cpu.gpr[s]);
            case EI -> cop0.enableInterrupts(true);
            case DI -> cop0.enableInterrupts(false);
            case ERET -> cpu.jump(cop0.leaveException());
            case MFBPC, MFIAB, MFIABM, MFDAB, MFDABM, MFDVB, MFDVBM ->
                cpu.gpr[d] = cop0.breakpoints().read(word & 7);
            case MTBPC, MTIAB, MTIABM, MTDAB, MTDABM, MTDVB, MTDVBM ->
                cop0.breakpoints().write(word & 7, (int) cpu.gpr[s], cpu.accessPc);
            case TLBR -> cop0.tlb().readEntry();
            case TLBP -> cop0.tlb().probe();
            case TLBWI -> entryWritten(cop0.tlb().writeIndexed(), row);
            case TLBWR -> entryWritten(cop0.tlb().writeRandom(cpu.cycles()), row);
            default -> throw new IllegalStateException(row + " is not an instruction of COP0");
        }
    }

    private void entryWritten(boolean changed, Instruction row) {
        if (changed) {
            cpu.notices()
                    .report(
                            Notices.Kind.UNIMPLEMENTED,
                            "EE",
                            cpu.accessPc,
                            row.mnemonic() + " changed a TLB entry, but the memory map stays as the kernel set it up");
        }
    }

    private void cop2(Instruction row, int d, int s, int t, int word) {
        Vu0Registers registers = cpu.vu0();
        long[] g = cpu.gpr;
        switch (row) {
            case QMFC2 -> {
                vu0.transfer(word);
                g[d] = registers.low(t);
                g[d + 1] = registers.high(t);
            }
            case QMTC2 -> {
                vu0.transfer(word);
                registers.write(t, g[s], g[s + 1]);
            }
            case CFC2 -> {
                vu0.transfer(word);
                g[d] = vu0.control(t);
            }
            case CTC2 -> {
                vu0.transfer(word);
                vu0.control(t, (int) g[s]);
            }
            case LQC2 -> {
                int address = (int) g[s] + t & ~15;
                long low = bus.loadQuadLow(address);
                registers.write(d, low, bus.loadQuadHigh(address));
                accessed(row, address);
            }
            case SQC2 -> {
                int address = (int) g[s] + t & ~15;
                bus.storeQuad(address, registers.low(d), registers.high(d));
                accessed(row, address);
            }
            default -> vu0.execute(row, word);
        }
    }
}
