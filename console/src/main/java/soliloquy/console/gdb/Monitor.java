package soliloquy.console.gdb;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import soliloquy.bios.ElfSymbols;
import soliloquy.cdvd.DriveStatistics;
import soliloquy.console.Console;
import soliloquy.console.debug.DebugPort;
import soliloquy.console.debug.ForwardPassFunctions;
import soliloquy.machine.Clocks;
import soliloquy.machine.GeneralRegisters;
import soliloquy.machine.StopPoints;

/** The commands that a user gives through the debugger's {@code monitor}. They look, and change nothing in the guest. */
final class Monitor {
    private static final String HELP = """
            help         this text
            regs         the registers that the debugger has no room for, in one table
            notices      what the emulator has found unusual in this run
            disc         what the drive has done
            iop modules  the modules in IOP memory
            iop threads  the threads of the IOP
            ee threads   the threads of the EE
            time         guest time since power-on
            llm          the operations of the forward pass
            llm step     the next 'continue' stops where the forward pass begins its next operation
            """;

    private final Console console;
    private final List<StopPoints.Breakpoint> operations = new ArrayList<>();
    private boolean stepsOperation;

    Monitor(Console console) {
        this.console = console;
    }

    /** What the command says, with a line end. */
    String run(String command) {
        String words = command.strip().replaceAll("\\s+", " ");
        return switch (words) {
            case "", "help" -> HELP;
            case "regs" -> registers();
            case "notices" -> notices();
            case "disc" -> disc();
            case "iop modules" -> modules();
            case "iop threads" -> threads(console.iopKernel().threadViews());
            case "ee threads" -> threads(console.kernel().threadViews());
            case "time" ->
                "%d EE cycles, %.6f s%n"
                        .formatted(
                                console.ee().cycles(),
                                Clocks.seconds(console.ee().cycles()));
            case "llm" -> operations();
            case "llm step" -> armStep();
            default ->
                "'%s' is no command of this monitor; 'monitor help' lists them%n"
                        .formatted(words.length() > 60 ? words.substring(0, 60) : words);
        };
    }

    private String registers() {
        StringBuilder text = new StringBuilder();
        long[] gpr = console.ee().gpr;
        for (int i = 0; i < 32; i++) {
            text.append("%4s %016x_%016x%s"
                    .formatted(GeneralRegisters.name(i), gpr[2 * i + 1], gpr[2 * i], i % 2 == 0 ? "  " : "\n"));
        }
        return text.append("  pc %08x   sa %d   IOP pc %08x%n"
                        .formatted(console.ee().pc, console.ee().sa, console.iop().pc))
                .toString();
    }

    private String notices() {
        String text = console.notices().all().stream()
                .map(notice -> "%d x %s %s at %08x: %s%n"
                        .formatted(
                                console.notices().count(notice),
                                notice.kind().name().toLowerCase(Locale.ROOT),
                                notice.source(),
                                notice.pc(),
                                notice.text()))
                .collect(Collectors.joining());
        return text.isEmpty() ? "no notices\n" : text;
    }

    private String disc() {
        DriveStatistics statistics = console.drive().statistics();
        return "%d sectors (%d bytes) read, %d seeks, %d retries, %d sectors given up%n"
                .formatted(
                        statistics.sectorsDelivered(),
                        statistics.bytesDelivered(),
                        statistics.seeks(),
                        statistics.retries(),
                        statistics.failedSectors());
    }

    private String modules() {
        String text = console.iopKernel().moduleViews().stream()
                .map(module -> "%3d  %08x to %08x  %-10s %s%n"
                        .formatted(
                                module.id(),
                                module.base(),
                                module.base() + module.size(),
                                module.state(),
                                module.name()))
                .collect(Collectors.joining());
        return text.isEmpty() ? "no modules\n" : text;
    }

    private static String threads(List<soliloquy.bios.ThreadView> views) {
        String text = views.stream()
                .map(thread -> "%3d  priority %3d  %s%s%n"
                        .formatted(
                                thread.id(),
                                thread.priority(),
                                thread.state(),
                                thread.running() ? "" : " at %08x".formatted(thread.pc())))
                .collect(Collectors.joining());
        return text.isEmpty() ? "no threads\n" : text;
    }

    private ElfSymbols symbols() {
        return console.kernel().program() == null
                ? ElfSymbols.NONE
                : console.kernel().program().symbols();
    }

    private String operations() {
        String text = ForwardPassFunctions.in(symbols()).stream()
                .map(symbol -> "%08x  %s%n".formatted(symbol.address(), symbol.name()))
                .collect(Collectors.joining());
        return text.isEmpty() ? "the program has no forward pass that is known by its symbols\n" : text;
    }

    private String armStep() {
        if (ForwardPassFunctions.in(symbols()).isEmpty()) {
            return operations();
        }
        stepsOperation = true;
        return "'continue' stops at the next operation of the forward pass\n";
    }

    /** The EE goes on. */
    void goesOn() {
        if (stepsOperation && operations.isEmpty()) {
            for (ElfSymbols.Symbol symbol : ForwardPassFunctions.in(symbols())) {
                StopPoints.Breakpoint breakpoint = new StopPoints.Breakpoint(symbol.address(), () -> stepsOperation);
                operations.add(breakpoint);
                stops().add(breakpoint);
            }
        }
    }

    /** The processor has stopped: a step of the forward pass is over. */
    void halted() {
        stepsOperation = false;
    }

    /** Removes what the monitor has set. */
    void end() {
        stepsOperation = false;
        operations.forEach(stops()::remove);
        operations.clear();
    }

    private StopPoints stops() {
        return console.debugPort().stops(DebugPort.Cpu.EE);
    }
}
