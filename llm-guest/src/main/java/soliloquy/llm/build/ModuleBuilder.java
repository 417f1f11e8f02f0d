package soliloquy.llm.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import soliloquy.machine.InputException;

/** Compiles modules of the IOP from C and assembly with the compiler of guest programs, and links them with {@link IrxLinker}. */
public final class ModuleBuilder {
    /** Name of the streaming module on the disc. */
    public static final String STREAM = "STREAM.IRX";

    private static final List<String> FLAGS = List.of(
            "-std=gnu11",
            "-O2",
            "-march=r3000",
            "-mabi=32",
            "-EL",
            "-msoft-float",
            "-G0",
            "-mno-abicalls",
            "-fno-pic",
            "-mno-explicit-relocs",
            "-mno-split-addresses",
            "-ffreestanding",
            "-fno-builtin",
            "-fno-strict-aliasing",
            "-fno-common",
            "-fno-merge-constants",
            "-fno-tree-loop-distribute-patterns",
            "-fno-stack-protector",
            "-fno-asynchronous-unwind-tables",
            "-fno-ident",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-Iiop",
            "-Isdk");

    private ModuleBuilder() {}

    /**
     * Builds the streaming module.
     *
     * @param directory where sources and objects are left
     * @throws InputException there is no compiler
     */
    public static byte[] stream(Path directory) throws IOException {
        return compile(GuestSources.module(), directory);
    }

    /**
     * Compiles and links a module of these sources.
     *
     * @param files every source and header by path; .c and .S files are compiled
     * @param directory where sources and objects are left
     * @throws InputException there is no compiler, it refuses the sources, or they do not link
     */
    public static byte[] compile(Map<String, String> files, Path directory) throws IOException {
        Path compiler = GuestBuilder.compiler();
        GuestSources.write(files, directory);
        Map<String, byte[]> objects = new LinkedHashMap<>();
        for (String name : files.keySet()) {
            if (name.endsWith(".c") || name.endsWith(".S")) {
                String object = name.substring(0, name.length() - 2) + ".o";
                List<String> command = new ArrayList<>(List.of(compiler.toString()));
                command.addAll(FLAGS);
                command.addAll(List.of("-c", name, "-o", object));
                GuestBuilder.run(command, directory);
                objects.put(object, Files.readAllBytes(directory.resolve(object)));
            }
        }
        return IrxLinker.link(objects);
    }
}
