package soliloquy.bios.kernel;

import java.io.IOException;
import soliloquy.bios.ElfFile;

/** Where LoadExecPS2 finds programs. */
@FunctionalInterface
public interface ProgramSource {
    /**
     * Opens a program.
     *
     * @param path as the guest writes it, such as {@code cdrom0:\NAME.ELF;1}
     * @throws IOException if there is none or it is not an executable; the message is for the user
     */
    ElfFile open(String path) throws IOException;
}
