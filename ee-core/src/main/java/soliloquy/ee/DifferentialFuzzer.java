package soliloquy.ee;

import java.util.Arrays;
import java.util.SplittableRandom;
import soliloquy.machine.EventType;
import soliloquy.machine.GeneralRegisters;
import soliloquy.machine.Notices;
import soliloquy.machine.Ram;
import soliloquy.machine.Scheduler;

/**
 * Runs random programs on two processors, one that interprets and one that compiles whatever it can, some of the time under a
 * debugger, and compares all registers, memory, the clock and what the caches did after every slice.
 */
public final class DifferentialFuzzer {
    private static final int RAM_BYTES = 32 << 20;
    /** Compared around the program and its data. */
    private static final int FIRST_COMPARED = FuzzProgram.CODE - 0x1000;

    private static final int END_COMPARED = FuzzProgram.DATA + FuzzProgram.DATA_BYTES + 0x1000;
    /** EE cycles that a transfer beside the program takes. */
    private static final int TRANSFER = 400;

    /**
     * A program on which the two differ.
     *
     * @param seed its seed
     * @param report its shortest form that still fails, as text
     */
    public record Failure(long seed, String report) {}

    private static final class Side {
        final Ram ram = new Ram(RAM_BYTES, EeBus.ROOM);
        final EeBus bus;
        final Ram scratchpad;
        final R5900 cpu;
        final Scheduler scheduler = new Scheduler();
        final FuzzDevice device;
        long exceptions;

        Side(boolean compiling) {
            Notices notices = new Notices(notice -> {});
            bus = new EeBus(ram, notices);
            scratchpad = bus.scratchpad();
            cpu = new R5900(bus, scheduler, notices);
            device = new FuzzDevice(bus, scheduler);
            bus.map(FuzzDevice.START, FuzzDevice.SIZE, device);
            cpu.recompile(compiling);
            cpu.compileEagerly();
            cpu.exceptionHandler((code, epc, inDelaySlot, badAddress) -> {
                exceptions = exceptions * 31 + code.ordinal();
                exceptions = exceptions * 31 + epc;
                exceptions = exceptions * 31 + badAddress;
                cpu.returnFromException(epc + (inDelaySlot ? 8 : 4));
            });
        }

        void run(long until) {
            scheduler.fireDue();
            cpu.run(Math.min(until, scheduler.nextEventTime()));
        }

        void load(FuzzProgram program, int[] words) {
            exceptions = 0;
            device.takeSeen();
            scheduler.advanceTo(cpu.cycles());
            scheduler.fireDue();
            scheduler.cancel(EventType.DMAC_SPR_TO);
            Arrays.fill(ram.bytes, FIRST_COMPARED, END_COMPARED, (byte) 0);
            Arrays.fill(scratchpad.bytes, scratchpad.start, scratchpad.bytes.length, (byte) 0);
            SplittableRandom random = new SplittableRandom(words.length);
            for (int i = 0; i < FuzzProgram.DATA_BYTES; i += 4) {
                ram.write32(FuzzProgram.DATA + i, random.nextInt());
            }
            for (int i = 0; i < EeBus.SCRATCHPAD_SIZE; i += 4) {
                scratchpad.write32(i, random.nextInt());
            }
            for (int i = 0; i < words.length; i++) {
                ram.write32(FuzzProgram.CODE + 4 * i, words[i]);
            }
            // back to the start: j CODE; nop
            ram.write32(FuzzProgram.CODE + 4 * words.length, Instruction.J.encoding.match() | FuzzProgram.CODE >>> 2);
            bus.codeWritten(FIRST_COMPARED, END_COMPARED - FIRST_COMPARED);
            System.arraycopy(program.gpr, 0, cpu.gpr, 0, program.gpr.length);
            System.arraycopy(program.fpr, 0, cpu.fpr, 0, program.fpr.length);
            cpu.acc = program.fpr[0];
            cpu.fcr31 = 0x0100_0001;
            cpu.sa = 0;
            cpu.forgetCode();
            cpu.jump(FuzzProgram.CODE);
        }
    }

    private final Side interpreted = new Side(false);
    private final Side compiled = new Side(true);
    private boolean second;
    private TimingProfile profile = TimingProfile.PIPELINE;
    private boolean debugged;
    private long regions;
    private long stops;

    /** Runs the program of {@code seed}; null if both sides agree. */
    public Failure run(long seed) {
        FuzzProgram program = new FuzzProgram(seed);
        second = seed % 2 == 0;
        profile = switch ((int) (seed >>> 1 & 7)) {
            case 0 -> TimingProfile.SIMPLE;
            case 1, 2, 3 -> TimingProfile.PIPELINE;
            default -> TimingProfile.CACHE;
        };
        debugged = (seed >>> 4 & 3) == 0;
        compiled.cpu.secondForms(second ? SecondForm.ALWAYS : SecondForm.NEVER);
        int[] words = program.words.clone();
        String seen = firstDifference(program, words);
        if (seen == null) {
            return null;
        }
        for (int i = 0; i < words.length; i++) {
            int word = words[i];
            words[i] = 0;
            if (word != 0 && firstDifference(program, words) == null) {
                words[i] = word;
            }
        }
        String again = firstDifference(program, words);
        return new Failure(seed, report(program, words, again == null ? seen + ", but not when run again" : again));
    }

    /** How many regions were compiled so far. */
    public long regionsCompiled() {
        return regions;
    }

    /** How often the debugger stopped a processor so far. */
    long stops() {
        return stops;
    }

    private String firstDifference(FuzzProgram program, int[] words) {
        interpreted.cpu.timing(profile);
        compiled.cpu.timing(profile);
        interpreted.load(program, words);
        compiled.load(program, words);
        if (!debugged) {
            return firstDifference(program);
        }
        FuzzDebugger debugger =
                new FuzzDebugger(compiled.cpu.stopPoints(), compiled.cpu::position, program.gpr[2], words.length);
        try {
            return firstDifference(program);
        } finally {
            debugger.detach();
            stops += debugger.told();
        }
    }

    private String firstDifference(FuzzProgram program) {
        for (int pass = 0; pass < 3; pass++) {
            if (pass > 0 && second) {
                compiled.cpu.renewSecondForms();
            }
            for (int slice : program.slices) {
                long now = interpreted.cpu.cycles();
                long until = now + slice;
                if (profile == TimingProfile.CACHE && slice % 3 == 0) {
                    interpreted.bus.timing().transfer(now, now + TRANSFER);
                    compiled.bus.timing().transfer(now, now + TRANSFER);
                }
                interpreted.run(until);
                compiled.run(until);
                String difference = difference();
                if (difference != null) {
                    compiled.cpu.clock = interpreted.cpu.clock = Math.max(interpreted.cpu.clock, compiled.cpu.clock);
                    return difference;
                }
            }
        }
        regions += compiled.cpu.regions();
        int memory = Arrays.mismatch(
                interpreted.ram.bytes, FIRST_COMPARED, END_COMPARED, compiled.ram.bytes, FIRST_COMPARED, END_COMPARED);
        if (memory >= 0) {
            return "the byte at 0x%08x".formatted(FIRST_COMPARED + memory);
        }
        int start = EeBus.SCRATCHPAD_INDEX;
        int end = interpreted.ram.bytes.length;
        memory = Arrays.mismatch(interpreted.ram.bytes, start, end, compiled.ram.bytes, start, end);
        return memory < 0 ? null : "the byte at 0x%08x".formatted(EeBus.SCRATCHPAD_START + memory);
    }

    private String difference() {
        R5900 a = interpreted.cpu;
        R5900 b = compiled.cpu;
        for (int i = 0; i < R5900.HI + 2; i++) {
            if (a.gpr[i] != b.gpr[i]) {
                return different(
                        i < 64
                                ? GeneralRegisters.name(i / 2) + (i % 2 == 0 ? "" : " (high half)")
                                : "HI or LO " + (i - 64),
                        a.gpr[i],
                        b.gpr[i]);
            }
        }
        for (int i = 0; i < 32; i++) {
            if (a.fpr[i] != b.fpr[i]) {
                return different("f" + i, a.fpr[i] & 0xFFFF_FFFFL, b.fpr[i] & 0xFFFF_FFFFL);
            }
        }
        String difference = a.acc != b.acc ? different("ACC", a.acc, b.acc) : null;
        difference = a.fcr31 != b.fcr31 ? different("FCR31", a.fcr31, b.fcr31) : difference;
        difference = a.sa != b.sa ? different("SA", a.sa, b.sa) : difference;
        difference = interpreted.device.takeSeen() != compiled.device.takeSeen() ? "what the device saw" : difference;
        difference = interpreted.exceptions != compiled.exceptions ? "the exceptions" : difference;
        difference = a.cacheCounts().equals(b.cacheCounts()) ? difference : "what the caches did";
        difference = a.clock != b.clock ? different("the clock", a.clock, b.clock) : difference;
        boolean samePlace =
                a.pc == b.pc && a.nextPc == b.nextPc && (a.branchClock == a.clock) == (b.branchClock == b.clock);
        return samePlace ? difference : different("pc", a.pc, b.pc);
    }

    private static String different(String what, long interpreted, long compiled) {
        return "%s: interpreted 0x%x, compiled 0x%x".formatted(what, interpreted, compiled);
    }

    private static String report(FuzzProgram program, int[] words, String difference) {
        StringBuilder text = new StringBuilder("differs in ").append(difference).append('\n');
        for (int i = 0; i < words.length; i++) {
            if (words[i] != 0) {
                int address = FuzzProgram.CODE + 4 * i;
                text.append(
                        "%08x  %08x  %s%n".formatted(address, words[i], EeDisassembler.disassemble(words[i], address)));
            }
        }
        for (int i = 1; i < 32; i++) {
            text.append("%s = 0x%016x_%016x%n"
                    .formatted(GeneralRegisters.name(i), program.gpr[2 * i + 1], program.gpr[2 * i]));
        }
        return text.append("slices ")
                .append(Arrays.toString(program.slices))
                .append('\n')
                .toString();
    }
}
