package soliloquy.ee;

import java.util.function.BooleanSupplier;
import soliloquy.machine.StopPoints;

/**
 * Executes decoded instructions one after another: {@link InnerLoop} what is frequent and simple, the classes of the units what is
 * not; between them stand fetching, decoding, and accesses that may reach a device.
 */
final class Interpreter {
    private static final int PAGE_MASK = 0xFFFF_F000;
    /** Half cycles interpreted between two looks at where the program is, at least; up to {@link #SAMPLE_SPREAD} more, so that no loop keeps step. */
    private static final int SAMPLE_TIME = 1991;

    private static final int SAMPLE_SPREAD = 1024;
    private static final int SAMPLE_STEPS = 256;
    /** Half cycles of an instruction that cannot be fetched. */
    private static final int FETCH_FAULT = 2;

    private final R5900 cpu;
    private final EeBus bus;
    private final DecodedCode code;
    private final InnerLoop inner;
    private final RareInstructions rare;
    private final Recompiler recompiler;
    private long nextSample;
    private int sampleTime = SAMPLE_TIME;
    private int sampleSpread = SAMPLE_SPREAD;
    private int samples;
    private BooleanSupplier dmaCondition = () -> true;
    private final StopPoints stops;
    /** True while one instruction is to be executed for a debugger, which no region and no breakpoint may take part in. */
    private boolean alone;

    private DecodedCode.Page page;
    /** Address of {@link #page}; at first one that no instruction can have, masked or not. */
    private int pageAddress = 4;

    Interpreter(R5900 cpu, EeBus bus) {
        this.cpu = cpu;
        this.bus = bus;
        stops = cpu.stopPoints();
        code = new DecodedCode(bus, cpu.cop0(), stops);
        page = code.page(0);
        inner = new InnerLoop(cpu, bus, code);
        rare = new RareInstructions(cpu, bus);
        recompiler = new Recompiler(cpu, bus, code);
        code.onChange(recompiler::changed);
    }

    Recompiler recompiler() {
        return recompiler;
    }

    void dmaCondition(BooleanSupplier condition) {
        dmaCondition = condition;
    }

    /** Looks at where the program is all the time. */
    void compileEagerly() {
        sampleTime = 1;
        sampleSpread = 1;
        recompiler.compileEagerly();
    }

    void forgetDecoded() {
        recompiler.dropAll();
        code.forget();
    }

    void timing(TimingProfile profile) {
        recompiler.dropAll();
        code.profile(profile);
        page = code.page(0);
        pageAddress = 4;
    }

    /** Executes until the processor's deadline. */
    void loop() {
        while (cpu.clock < cpu.deadline) {
            if (cpu.clock >= nextSample) {
                sample();
                samples = samples * 5 + 1;
                nextSample = cpu.clock + sampleTime + (samples & sampleSpread - 1);
            }
            inner.run(page.code, pageAddress, Math.min(cpu.deadline, nextSample));
            int first = Dispatch.FIRST_WITH_ACCESS;
            while (cpu.clock < cpu.deadline && cpu.clock < nextSample && step(first)) {
                first = Dispatch.FIRST_OUTSIDE;
            }
        }
    }

    /** Fetches the next instruction's line of memory if it is not in the instruction cache, which takes time; false if it is. */
    boolean fetchMisses() {
        MemoryTiming timing = bus.timing();
        int physical = timing == null ? EeBus.UNMAPPED : bus.physical(cpu.pc);
        if (physical < 0 || physical >= bus.ram().size() || (physical & 3) != 0) {
            return false;
        }
        int time = timing.fetch(physical, cpu.clock);
        if (time > 0) {
            cpu.fpu().comparedLater(beforeNext(), time);
            cpu.passBefore(time);
        }
        return time > 0;
    }

    /** The clock before the next instruction, or before the branch in whose delay slot it is. */
    private long beforeNext() {
        return cpu.branchClock == cpu.clock ? cpu.clock - branchTime(cpu.pc - 4, cpu.nextPc != cpu.pc + 4) : cpu.clock;
    }

    private int branchTime(int address, boolean taken) {
        int costs = costsAt(address);
        return PageCosts.base(costs) + (taken ? PageCosts.taken(costs) : PageCosts.notTaken(costs));
    }

    /** Follows the program to the next branch backwards, call or return, and shows its target to the recompiler. */
    private void sample() {
        for (int i = 0; i < SAMPLE_STEPS && cpu.clock < cpu.deadline; i++) {
            if (fetchMisses()) {
                continue;
            }
            int from = cpu.pc;
            Region region = recompiler.at(from);
            stepOne();
            int to = cpu.pc;
            boolean jumped = to != from + 4 && to != from + 8 && cpu.nextPc == to + 4;
            if (jumped && (to <= from || callsOrReturns(bus.peek32(from - 4)))) {
                recompiler.sighted(to, region == null || callsOrReturns(bus.peek32(to - 8)));
                return;
            }
        }
    }

    private static boolean callsOrReturns(int word) {
        Instruction row = Decoder.decode(word);
        return row == Instruction.JAL || row == Instruction.JALR || row == Instruction.JR;
    }

    /** Executes one instruction for a debugger; false if the deadline came before it, because fetching it takes time. */
    boolean executeAlone() {
        while (fetchMisses()) {
            if (cpu.clock >= cpu.deadline) {
                return false;
            }
        }
        long before = cpu.clock;
        alone = true;
        try {
            while (cpu.clock == before) {
                stepOne();
            }
        } finally {
            alone = false;
        }
        return true;
    }

    /** A breakpoint came or went at a physical address. */
    void breakpointChanged(int physical) {
        code.forgetAt(physical);
        recompiler.breakpointChanged(physical);
    }

    private void stepOne() {
        long before = cpu.clock;
        inner.run(page.code, pageAddress, before + 1);
        if (cpu.clock == before) {
            step(Dispatch.FIRST_WITH_ACCESS);
        }
    }

    /**
     * Enters the region at the present instruction, or executes that instruction alone where the region does not.
     *
     * @return the number of the instruction, if it is still to be executed; else {@link Dispatch#UNDECODED}
     */
    private int enterRegion(int at) {
        Region region = recompiler.at(at);
        long before = cpu.clock;
        if (!alone && cpu.nextPc == at + 4 && recompiler.enter(region)) {
            nextSample += cpu.clock - before;
            return Dispatch.UNDECODED;
        }
        if (fetchMisses()) {
            return Dispatch.UNDECODED;
        }
        return executeBehind(at & 0xFFC, region.number);
    }

    /**
     * Has the inner loop execute the present instruction, in whose place something else is decoded.
     *
     * @return {@code number}, that of the instruction, if it is still to be executed; else {@link Dispatch#UNDECODED}
     */
    private int executeBehind(int k, int number) {
        long before = cpu.clock;
        int entry = page.code[k];
        int mark = entry & DecodedCode.IN_SCRATCHPAD;
        page.code[k] = mark | DecodedCode.costsOf(entry) << DecodedCode.COSTS_SHIFT | number;
        inner.run(page.code, pageAddress, before + 1);
        page.code[k] = entry;
        return cpu.clock == before ? number : Dispatch.UNDECODED;
    }

    /** Executes the next instruction, fetched and decoded if need be, unless its number is below {@code first}. */
    private boolean step(int first) {
        int at = cpu.pc;
        cpu.accessPc = at;
        cpu.begun = cpu.clock;
        if ((at & PAGE_MASK) != pageAddress || (at & 3) != 0) {
            fetchPage(at);
        }
        int[] operands = page.code;
        int k = at & 0xFFC;
        if (operands[k] == Dispatch.UNDECODED) {
            if (fetchMisses()) {
                return true;
            }
            if (!code.decode(page, k, at)) {
                throw fetchFault(ExceptionCode.RESERVED_INSTRUCTION, 0);
            }
        }
        int costs = DecodedCode.costsOf(operands[k]);
        int number = DecodedCode.number(operands[k]);
        if (number == Dispatch.BREAKPOINT) {
            if (!alone && stops.stopsAt(at, cpu.clock)) {
                cpu.deadline = Long.MIN_VALUE;
                return true;
            }
            number = executeBehind(k, code.numberBehindBreakpoint(page, k, at));
            if (number == Dispatch.UNDECODED) {
                return true;
            }
        } else if (number == Dispatch.REGION) {
            number = enterRegion(at);
            if (number == Dispatch.UNDECODED) {
                return true;
            }
        } else if (number < first) {
            return false;
        }
        int d = operands[k + 1];
        int s = operands[k + 2];
        int t = operands[k + 3];
        if (stops.watching() && !alone && stopsAtAccess(page.rows[k >> 2], at, (int) cpu.gpr[s] + t)) {
            cpu.deadline = Long.MIN_VALUE;
            return true;
        }
        cpu.pc = cpu.nextPc;
        cpu.nextPc = cpu.pc + 4;
        cpu.clock += PageCosts.base(costs);
        execute(number, page.rows[k >> 2], at, d, s, t, costs);
        return true;
    }

    /** True if a debugger wants to stop before {@code row}, at {@code at}, loads from or stores to {@code address}. */
    private boolean stopsAtAccess(Instruction row, int at, int address) {
        int bytes = row.accessBytes();
        return bytes > 0
                && stops.stopsAtAccess(at, cpu.clock, address & -bytes, bytes, row.has(Instruction.Trait.STORE));
    }

    private void execute(int number, Instruction row, int at, int d, int s, int t, int costs) {
        R5900 cpu = this.cpu;
        long[] g = cpu.gpr;
        int[] f = cpu.fpr;
        switch (number) {
            case Dispatch.ADD_S -> f[d] = cpu.fpu().add(f[s], f[t & 31] ^ t & InnerLoop.INVERTED);
            case Dispatch.MUL_S -> f[d] = cpu.fpu().multiply(f[s], f[t]);
            case Dispatch.FPU -> cpu.fpu().execute(row, d, s, t);
            case Dispatch.FPU_COMPARE -> cpu.fpu().compare(row, s, t, cpu.clock);
            case Dispatch.MMI_ARITHMETIC -> cpu.mmi().execute(row, d, s, t);
            case Dispatch.MMI_SHUFFLE -> cpu.mmi().shuffle.execute(row, d, s, t);
            case Dispatch.MMI_MULTIPLY -> cpu.mmi().multiply.execute(row, d, s, t);
            case Dispatch.DIV -> {
                int dividend = (int) g[s];
                int divisor = (int) g[t];
                g[R5900.LO] = R5900.quotient(dividend, divisor);
                g[R5900.HI] = R5900.remainder(dividend, divisor);
            }
            case Dispatch.MULTU -> multiplied(d, (g[s] & 0xFFFF_FFFFL) * (g[t] & 0xFFFF_FFFFL));
            case Dispatch.MADD ->
                multiplied(d, Lanes.words((int) g[R5900.LO], (int) g[R5900.HI]) + (long) (int) g[s] * (int) g[t]);
            case Dispatch.LB -> g[d] = (byte) load((int) g[s] + t, 1);
            case Dispatch.LBU -> g[d] = load((int) g[s] + t, 1);
            case Dispatch.LH -> g[d] = (short) load((int) g[s] + t, 2);
            case Dispatch.LHU -> g[d] = load((int) g[s] + t, 2);
            case Dispatch.LW -> g[d] = (int) load((int) g[s] + t, 4);
            case Dispatch.LWU -> g[d] = load((int) g[s] + t, 4);
            case Dispatch.LD -> g[d] = load((int) g[s] + t, 8);
            case Dispatch.LWC1 -> f[d] = (int) load((int) g[s] + t, 4);
            case Dispatch.LQ -> loadQuad((int) g[s] + t & ~15, d);
            case Dispatch.SB -> store((int) g[s] + t, 1, g[d]);
            case Dispatch.SH -> store((int) g[s] + t, 2, g[d]);
            case Dispatch.SW -> store((int) g[s] + t, 4, g[d]);
            case Dispatch.SD -> store((int) g[s] + t, 8, g[d]);
            case Dispatch.SWC1 -> store((int) g[s] + t, 4, f[d]);
            case Dispatch.SQ -> {
                cpu.reachScheduler();
                bus.storeQuad((int) g[s] + t & ~15, g[d], g[d + 1]);
                stored((int) g[s] + t);
            }
            case Dispatch.TIMED_ACCESS -> execute(Dispatch.of(row), row, at, d, s, t, costs);
            case Dispatch.SELF_BRANCH -> {
                branch(row, at, taken(row, s, t), costs);
                if (cpu.nextPc == at && bus.peek32(at + 4) == 0) {
                    // nothing happens until an event: the clock goes there at once
                    long from = cpu.clock;
                    cpu.clock = Math.max(cpu.clock, cpu.waitsUntil - PageCosts.base(costsAt(at + 4)));
                    cpu.waited(from);
                    cpu.branchClock = cpu.clock;
                }
            }
            case Dispatch.CONDITION_BRANCH -> branch(row, at + 4 + d, conditionHolds(row), costs);
            case Dispatch.LINKING_BRANCH -> {
                branch(row, at + 4 + d, taken(row, s, t), costs);
                g[R5900.RA] = at + 8;
            }
            case Dispatch.UNUSABLE -> {
                cpu.cop0().coprocessorError(row.coprocessor());
                throw rare.fault(ExceptionCode.COPROCESSOR_UNUSABLE, 0);
            }
            default -> {
                cpu.reachScheduler();
                rare.execute(row, at, d, s, t, page.words[(at & 0xFFC) >> 2]);
            }
        }
    }

    private void multiplied(int d, long product) {
        cpu.gpr[R5900.LO] = (int) product;
        cpu.gpr[R5900.HI] = product >> 32;
        cpu.gpr[d] = (int) product;
    }

    private void branch(Instruction row, int target, boolean taken, int costs) {
        cpu.clock += taken ? PageCosts.taken(costs) : PageCosts.notTaken(costs);
        if (taken) {
            cpu.branchClock = cpu.clock;
            cpu.nextPc = target;
        } else if (row.has(Instruction.Trait.LIKELY)) {
            cpu.pc = cpu.nextPc;
            cpu.nextPc = cpu.pc + 4;
        } else {
            cpu.branchClock = cpu.clock;
        }
    }

    private boolean taken(Instruction row, int s, int t) {
        long[] g = cpu.gpr;
        return switch (row) {
            case BEQ -> g[s] == g[t];
            case BNE -> g[s] != g[t];
            case BLEZ -> g[s] <= 0;
            case BGTZ -> g[s] > 0;
            case BLTZ, BLTZAL, BLTZALL -> g[s] < 0;
            case BGEZ, BGEZAL, BGEZALL -> g[s] >= 0;
            default -> true;
        };
    }

    /** The clock before the present branch, or before that in whose delay slot it is. */
    private long conditionTime() {
        if (!cpu.inDelaySlot()) {
            return cpu.begun;
        }
        return cpu.begun - branchTime(cpu.accessPc - 4, cpu.pc != cpu.accessPc + 4);
    }

    /** Half cycles that a branch at {@code address} takes at most where it was guessed right. */
    int longestGuessedRight(int address) {
        return PageCosts.base(costsAt(address)) + 2 * PipelineTiming.ANNULLED_SLOT;
    }

    /** The costs of the instruction at {@code address}; 0 if there can be none. */
    private int costsAt(int address) {
        int physical = bus.physical(address);
        return physical >= 0 && physical < bus.ram().size() ? code.costs(physical) : 0;
    }

    private boolean conditionHolds(Instruction row) {
        return switch (row) {
            case BC1T, BC1TL -> cpu.fpu().condition(conditionTime());
            case BC1F, BC1FL -> !cpu.fpu().condition(conditionTime());
            case BC0T, BC0TL -> dmaCondition();
            case BC0F, BC0FL -> !dmaCondition();
            case BC2F, BC2FL -> true; // VU1 never runs
            default -> false;
        };
    }

    /** Compiled code's load from a device at an aligned address; zero-extended. */
    long loadFromDevice(int address, int bytes) {
        long changes = recompiler.changes();
        cpu.reachScheduler();
        long value = bus.load(address, bytes);
        passLoad(address);
        leaveIfChanged(changes);
        return value;
    }

    /** Compiled code's load of an aligned quadword from a device. */
    long loadQuadFromDevice(int address) {
        long changes = recompiler.changes();
        cpu.reachScheduler();
        long low = bus.loadQuadLow(address);
        cpu.quadHigh = bus.loadQuadHigh(address);
        passLoad(address);
        leaveIfChanged(changes);
        return low;
    }

    /** Compiled code's store to a device. */
    void storeToDevice(int address, int bytes, long value) {
        long changes = recompiler.changes();
        cpu.reachScheduler();
        bus.store(address, bytes, value);
        passStore(address);
        leaveIfChanged(changes);
    }

    /** Compiled code's store of an aligned quadword to a device. */
    void storeQuadToDevice(int address, long low, long high) {
        long changes = recompiler.changes();
        cpu.reachScheduler();
        bus.storeQuad(address, low, high);
        passStore(address);
        leaveIfChanged(changes);
    }

    /** Stops compiled code if some of it, perhaps what is executed now, has been dropped. */
    private void leaveIfChanged(long changes) {
        if (recompiler.changes() != changes) {
            cpu.deadline = Long.MIN_VALUE;
        }
    }

    private boolean dmaCondition() {
        cpu.reachScheduler();
        return dmaCondition.getAsBoolean();
    }

    private void fetchPage(int at) {
        if ((at & 3) != 0) {
            throw fetchFault(ExceptionCode.ADDRESS_ERROR_LOAD, at);
        }
        int physical = bus.physical(at);
        if (physical == EeBus.UNMAPPED) {
            throw fetchFault(ExceptionCode.TLB_REFILL_LOAD, at);
        }
        if (physical < 0 || physical >= bus.ram().size()) {
            throw fetchFault(ExceptionCode.BUS_ERROR_FETCH, at);
        }
        page = code.page(physical);
        pageAddress = at & PAGE_MASK;
        code.showToUser(at, page);
    }

    private GuestException fetchFault(ExceptionCode exception, int address) {
        cpu.clock += FETCH_FAULT;
        return rare.fault(exception, address);
    }

    private long load(int address, int bytes) {
        cpu.reachScheduler();
        if ((address & (bytes - 1)) != 0) {
            throw rare.fault(ExceptionCode.ADDRESS_ERROR_LOAD, address);
        }
        long value = bus.load(address, bytes);
        loaded(address);
        return value;
    }

    /** Notes that the present instruction uses the scratchpad or devices, for the inner loop and the recompiler. */
    private void accessed(int address) {
        int at = cpu.accessPc;
        boolean first = EeBus.isScratchpad(address) && DecodedCode.usesScratchpad(page, at & 0xFFC)
                || isDevice(address) && DecodedCode.usesDevices(page, at & 0xFFC);
        if (first) {
            recompiler.accessSeen(bus.physical(at));
        }
    }

    /** True for addresses that compiled code accesses as devices. */
    private static boolean isDevice(int address) {
        return (address & EeBus.IO_MASK) == EeBus.IO_START || (address & EeBus.SEGMENT_MASK) == EeBus.UNCACHED_START;
    }

    private void loaded(int address) {
        accessed(address);
        passLoad(address);
    }

    /** Lets pass what a load at {@code address} costs. */
    private void passLoad(int address) {
        MemoryTiming timing = bus.timing();
        if (timing != null) {
            cpu.pass(timing.load(address, bus.physical(address), cpu.clock));
        }
    }

    private void stored(int address) {
        accessed(address);
        passStore(address);
    }

    /** Lets pass what a store at {@code address} costs. */
    private void passStore(int address) {
        MemoryTiming timing = bus.timing();
        if (timing != null) {
            cpu.pass(timing.store(address, bus.physical(address), cpu.clock));
        }
    }

    private void loadQuad(int address, int d) {
        cpu.reachScheduler();
        long low = bus.loadQuadLow(address);
        cpu.gpr[d + 1] = bus.loadQuadHigh(address);
        cpu.gpr[d] = low;
        loaded(address);
    }

    private void store(int address, int bytes, long value) {
        cpu.reachScheduler();
        if ((address & (bytes - 1)) != 0) {
            throw rare.fault(ExceptionCode.ADDRESS_ERROR_STORE, address);
        }
        bus.store(address, bytes, value);
        stored(address);
    }
}
