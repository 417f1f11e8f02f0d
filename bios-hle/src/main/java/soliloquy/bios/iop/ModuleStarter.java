package soliloquy.bios.iop;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import soliloquy.bios.DevicePath;
import soliloquy.bios.irx.IopKernel;
import soliloquy.bios.irx.IrxFile;
import soliloquy.bios.irx.KernelError;
import soliloquy.bios.irx.ModuleException;
import soliloquy.machine.InputException;
import soliloquy.machine.Notices;

/** modload: loads modules from files and buffers and starts them; those of the ROM are there in Java. */
final class ModuleStarter {
    /**
     * What became of a module.
     *
     * @param id its number, or the error if it was not loaded or not started
     * @param result what its entry returned
     */
    record Outcome(int id, int result) {}

    private final IopKernel kernel;
    private final IopMemory memory;
    private final ModuleFiles files;
    private final Notices notices;

    ModuleStarter(IopKernel kernel, IopMemory memory, ModuleFiles files, Notices notices) {
        this.kernel = kernel;
        this.memory = memory;
        this.files = files;
        this.notices = notices;
    }

    /** LoadStartModule: {@code arguments} are texts, each with its NUL. */
    void loadAndStart(String path, byte[] arguments, Consumer<Outcome> done) {
        DevicePath parsed = DevicePath.parse(path);
        if (parsed.device().startsWith("rom")) {
            done.accept(new Outcome(fromRom(path, parsed), 0));
        } else {
            load(path, id -> start(id, path, arguments, done));
        }
    }

    /** LoadModule; {@code loaded} gets the module's number or an error. */
    void load(String path, Consumer<Integer> loaded) {
        DevicePath parsed = DevicePath.parse(path);
        if (parsed.device().startsWith("rom")) {
            loaded.accept(fromRom(path, parsed));
            return;
        }
        files.readModule(parsed, bytes -> {
            if (bytes.isEmpty()) {
                notices.report(
                        Notices.Kind.UNUSUAL,
                        "IOP modload",
                        0,
                        "the module " + path + " cannot be read: no such file or device");
            }
            loaded.accept(bytes.map(irx -> load(path, irx)).orElse(KernelError.NO_FILE));
        });
    }

    /** LoadModuleBuffer: the module is in IOP RAM. */
    int load(int address) {
        int at = address & 0x1F_FFFF;
        byte[] ram = memory.ram().bytes;
        return load("at 0x%08x".formatted(address), Arrays.copyOfRange(ram, at, ram.length));
    }

    private int load(String name, byte[] bytes) {
        try {
            return kernel.load(IrxFile.parse(name, bytes));
        } catch (ModuleException e) {
            notices.report(Notices.Kind.UNUSUAL, "IOP modload", 0, e.getMessage());
            return e.code();
        } catch (InputException e) {
            notices.report(Notices.Kind.UNUSUAL, "IOP modload", 0, e.getMessage());
            return KernelError.ILLEGAL_OBJECT;
        }
    }

    /** StartModule. */
    void start(int id, String path, byte[] arguments, Consumer<Outcome> done) {
        int error =
                id < 0 ? id : kernel.start(id, words(path, arguments), result -> done.accept(new Outcome(id, result)));
        if (error != 0) {
            done.accept(new Outcome(error, 0));
        }
    }

    /** StopModule. */
    void stop(int id, byte[] arguments, Consumer<Outcome> done) {
        int error = kernel.stop(id, words("", arguments), result -> done.accept(new Outcome(id, result)));
        if (error != 0) {
            done.accept(new Outcome(error, 0));
        }
    }

    private static List<byte[]> words(String path, byte[] arguments) {
        List<byte[]> words = new ArrayList<>();
        words.add(path.getBytes(StandardCharsets.ISO_8859_1));
        int start = 0;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] == 0) {
                words.add(Arrays.copyOfRange(arguments, start, i));
                start = i + 1;
            }
        }
        if (start < arguments.length) {
            words.add(Arrays.copyOfRange(arguments, start, arguments.length));
        }
        return words;
    }

    private int fromRom(String path, DevicePath parsed) {
        String name = parsed.parts().isEmpty() ? "" : parsed.parts().getLast();
        int id = RomFiles.moduleId(name);
        if (id == 0) {
            notices.report(
                    Notices.Kind.UNIMPLEMENTED, "IOP modload", 0, path + " is not among the modules of the ROM here");
            return KernelError.NO_FILE;
        }
        if (RomFiles.silent(name)) {
            notices.report(Notices.Kind.UNIMPLEMENTED, "IOP modload", 0, path + " loads, but its work is not done");
        }
        String library = name.toLowerCase(Locale.ROOT);
        kernel.provide(library.startsWith("x") ? library.substring(1) : library);
        return id;
    }

    /** SearchModuleByName, modules of the ROM included. */
    int find(String name) {
        int rom = RomFiles.moduleId(name);
        int found = kernel.find(name);
        return found < 0 && rom != 0 ? rom : found;
    }

    int findAt(int address) {
        return kernel.findAt(address);
    }

    int unload(int id) {
        return kernel.unload(id);
    }

    /** A file for the EE. */
    void readProgram(String path, Consumer<Optional<byte[]>> loaded) {
        files.read(DevicePath.parse(path), ModuleFiles.LARGEST_PROGRAM, loaded);
    }
}
