package soliloquy.bios.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import soliloquy.bios.ElfFile;
import soliloquy.bios.ExitListener;
import soliloquy.machine.InputException;
import soliloquy.machine.Notices;

/** Starting and ending programs: Exit, ExecPS2, LoadExecPS2 and the first program of all. */
final class Programs {
    /** Where the stack of a program begins before SetupThread gives it its own: 64 KB below the end of memory. */
    private static final int STACK_GAP = 0x10;

    private final Kernel kernel;
    private final ProgramArguments arguments;
    private final Notices notices;
    private ProgramSource source = path -> {
        throw new InputException(path + ": there is no disc and no folder to load programs from");
    };
    private ExitListener listener;
    private ElfFile program;

    Programs(Kernel kernel, ProgramArguments arguments, Notices notices, ExitListener listener) {
        this.kernel = kernel;
        this.arguments = arguments;
        this.notices = notices;
        this.listener = listener;
    }

    void source(ProgramSource programs) {
        source = programs;
    }

    void listener(ExitListener exitListener) {
        listener = exitListener;
    }

    /** The program that was loaded last, or null. */
    ElfFile program() {
        return program;
    }

    /**
     * Loads a program and makes the processor continue at its start.
     *
     * @param words its arguments, the path first, in the guest's bytes
     * @throws InputException if it does not fit into memory
     */
    void start(ElfFile elf, List<String> words) throws InputException {
        elf.load(kernel.bus().ram());
        for (ElfFile.Segment segment : elf.segments()) {
            kernel.bus().codeWritten(segment.physical(), Math.max(1, segment.memorySize()));
        }
        program = elf;
        begin(elf.entry(), 0, words);
    }

    private void begin(int entry, int gp, List<String> words) {
        arguments.set(words);
        kernel.reset(entry, gp, kernel.bus().ram().size() - STACK_GAP);
        kernel.continueAt(entry);
    }

    /** Exit: nothing of the program runs any more. */
    int exit(int status) {
        kernel.halt();
        listener.exited(status);
        return 0;
    }

    /** The program cannot go on. */
    void crash(String reason, int pc) {
        kernel.halt();
        String place =
                program == null ? "0x%08x".formatted(pc) : program.symbols().describe(pc);
        listener.crashed(reason + " at " + place, pc);
    }

    /** ExecPS2: another program that is already in memory. */
    int exec(int entry, int gp, int count, int array) {
        begin(entry, gp, arguments.read(count, array));
        return 0;
    }

    /** LoadExecPS2: {@code rom0:OSDSYS} is the end of the program. */
    int loadExec(int path, int count, int array) {
        String name = kernel.memory().text(path, 1024);
        if (name.toUpperCase(Locale.ROOT).startsWith("ROM0:OSDSYS")) {
            return exit(0);
        }
        List<String> words = new ArrayList<>();
        words.add(name);
        words.addAll(arguments.read(count, array));
        try {
            start(source.open(name), words);
        } catch (IOException e) {
            notices.report(Notices.Kind.UNUSUAL, "EE kernel", 0, "LoadExecPS2: " + e.getMessage());
            crash("LoadExecPS2 found no program: " + e.getMessage(), kernel.resumeAddress());
        }
        return 0;
    }

    /** Host text as the guest's bytes: UTF-8, one character for each byte. */
    static List<String> guestText(List<String> words) {
        return words.stream()
                .map(word -> new String(word.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
                .toList();
    }
}
