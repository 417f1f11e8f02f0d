package soliloquy.console;

import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import soliloquy.ee.EeDisassembler;
import soliloquy.ee.R5900;
import soliloquy.iop.IopDisassembler;
import soliloquy.iop.R3000A;
import soliloquy.machine.GeneralRegisters;
import soliloquy.machine.Notices;

/** The state of a crashed guest as text: what happened, registers, the code around it, its callers, the last notices. */
final class CrashReport {
    private static final int LINES_AROUND = 6;
    private static final int LAST_NOTICES = 8;

    private CrashReport() {}

    /**
     * @param what one sentence: the exception and its address
     * @param pc address of the instruction at fault
     * @param read reads a word of guest memory without side effects
     * @param symbol name and offset at an address, or an empty string
     */
    static String of(
            String what,
            int pc,
            R5900 ee,
            IntUnaryOperator read,
            IntFunction<String> symbol,
            List<Notices.Notice> notices) {
        StringBuilder report = new StringBuilder(what).append("\n\nregisters (upper 64 bits, lower 64 bits)\n");
        for (int r = 0; r < 32; r++) {
            report.append(String.format(
                    Locale.ROOT,
                    "  %-4s %016x %016x%s",
                    GeneralRegisters.name(r),
                    ee.gpr[2 * r + 1],
                    ee.gpr[2 * r],
                    r % 2 == 0 ? "" : "\n"));
        }
        report.append(String.format(
                Locale.ROOT,
                "  hi   %016x %016x  lo   %016x %016x\n  cycle %d\n\ncode\n",
                ee.gpr[67],
                ee.gpr[66],
                ee.gpr[65],
                ee.gpr[64],
                ee.cycles()));
        code(report, pc, read, EeDisassembler::disassemble);
        report.append("\nbacktrace\n").append(place(pc, symbol));
        for (int caller : Backtrace.callers(pc, (int) ee.gpr[2 * 29], (int) ee.gpr[2 * 31], read)) {
            report.append(place(caller, symbol));
        }
        lastNotices(report, notices);
        return report.toString();
    }

    /** The same for the IOP, which has no symbols. */
    static String ofIop(String what, int pc, R3000A iop, IntUnaryOperator read, List<Notices.Notice> notices) {
        StringBuilder report = new StringBuilder("on the IOP: ").append(what).append("\n\nregisters\n");
        for (int r = 0; r < 32; r++) {
            report.append(String.format(
                    Locale.ROOT, "  %-4s %08x%s", GeneralRegisters.name(r), iop.gpr[r], r % 4 == 3 ? "\n" : ""));
        }
        report.append(String.format(Locale.ROOT, "  hi   %08x  lo   %08x\n\ncode\n", iop.hi, iop.lo));
        code(report, pc, read, IopDisassembler::disassemble);
        lastNotices(report, notices);
        return report.toString();
    }

    /** Text of an instruction word at its address. */
    private interface Disassembler {
        String disassemble(int word, int address);
    }

    private static void code(StringBuilder report, int pc, IntUnaryOperator read, Disassembler disassembler) {
        for (int line = -LINES_AROUND; line <= LINES_AROUND; line++) {
            int address = pc + 4 * line;
            int word = read.applyAsInt(address);
            report.append(String.format(
                    Locale.ROOT,
                    "%s %08x  %08x  %s%n",
                    line == 0 ? "->" : "  ",
                    address,
                    word,
                    disassembler.disassemble(word, address)));
        }
    }

    private static void lastNotices(StringBuilder report, List<Notices.Notice> notices) {
        if (!notices.isEmpty()) {
            report.append("\nlast notices\n");
            notices.subList(Math.max(0, notices.size() - LAST_NOTICES), notices.size())
                    .forEach(n -> report.append("  ")
                            .append(n.kind().name().toLowerCase(Locale.ROOT))
                            .append(' ')
                            .append(n.source())
                            .append(": ")
                            .append(n.text())
                            .append('\n'));
        }
    }

    private static String place(int address, IntFunction<String> symbol) {
        return String.format(Locale.ROOT, "  %08x  %s%n", address, symbol.apply(address));
    }
}
