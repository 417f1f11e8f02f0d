package soliloquy.bios.irx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import soliloquy.machine.InputException;

/**
 * A module of the IOP: a relocatable ELF whose single segment starts at address 0. Everything in it is checked before a byte of it
 * is used. Source: ps2sdk {@code loadcore} and {@code irx.h}.
 */
public final class IrxFile {
    /** Largest file that is read, in bytes: all of IOP RAM. */
    public static final int LARGEST = 2 << 20;

    private static final int HEADER = 52;
    private static final int PROGRAM_HEADER = 32;
    private static final int SECTION_HEADER = 40;
    private static final int TYPE_IRX = 0xFF80;
    private static final int TYPE_IRX_2 = 0xFF81;
    private static final int MACHINE_MIPS = 8;
    private static final int PT_LOAD = 1;
    private static final int PT_IOPMOD = 0x7000_0080;
    private static final int SHT_REL = 9;
    private static final int IOPMOD_FIXED = 26;

    /**
     * One place that depends on where the module is loaded.
     *
     * @param offset from the start of the module
     * @param type R_MIPS_32 2, R_MIPS_26 4, R_MIPS_HI16 5, R_MIPS_LO16 6
     */
    record Relocation(int offset, int type) {}

    private final String name;
    private final byte[] image;
    private final int memorySize;
    private final int entry;
    private final int gp;
    private final int version;
    private final int[] sizes;
    private final List<Relocation> relocations;
    private final int identification;

    private IrxFile(
            String name,
            byte[] image,
            int memorySize,
            int entry,
            int gp,
            int version,
            int[] sizes,
            List<Relocation> relocations,
            int identification) {
        this.name = name;
        this.image = image;
        this.memorySize = memorySize;
        this.entry = entry;
        this.gp = gp;
        this.version = version;
        this.sizes = sizes;
        this.relocations = relocations;
        this.identification = identification;
    }

    /** True if {@code bytes} start as a module does, and not as another ELF. */
    public static boolean startsAsIrx(byte[] bytes) {
        return bytes.length >= 18
                && bytes[0] == 0x7F
                && bytes[1] == 'E'
                && bytes[2] == 'L'
                && bytes[3] == 'F'
                && ((bytes[16] & 0xFF) == 0x80 || (bytes[16] & 0xFF) == 0x81)
                && (bytes[17] & 0xFF) == 0xFF;
    }

    /**
     * Checks and opens a module.
     *
     * @param file what messages call it
     * @param bytes the whole file
     * @throws InputException if it is not a module or reaches outside of itself
     */
    public static IrxFile parse(String file, byte[] bytes) throws InputException {
        if (bytes.length < HEADER) {
            throw InputException.at(file, bytes.length, "the file ends", "an ELF header of " + HEADER + " bytes");
        }
        ByteBuffer elf = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int type = Short.toUnsignedInt(elf.getShort(16));
        if (elf.getInt(0) != 0x464C_457F || bytes[4] != 1 || bytes[5] != 1) {
            throw InputException.at(file, 0, "no 32-bit little-endian ELF", "a module of the IOP (IRX)");
        }
        if (type != TYPE_IRX && type != TYPE_IRX_2 || elf.getShort(18) != MACHINE_MIPS) {
            throw InputException.at(file, 16, "ELF type 0x" + Integer.toHexString(type), "a module (0xff80 or 0xff81)");
        }
        Table programs = Table.of(file, elf, 28, 42, PROGRAM_HEADER);
        int iopmod = find(file, elf, programs, PT_IOPMOD, "a .iopmod program header");
        int load = find(file, elf, programs, PT_LOAD, "a PT_LOAD program header");
        int offset = elf.getInt(load + 4);
        int fileSize = elf.getInt(load + 16);
        int memorySize = elf.getInt(load + 20);
        inside(file, load + 4, offset, fileSize, bytes.length);
        if (fileSize > memorySize || memorySize > LARGEST || memorySize < 4) {
            throw InputException.at(
                    file,
                    load + 16,
                    "a segment of %d bytes in %d of memory".formatted(fileSize, memorySize),
                    "a segment that fits into its memory and that into 2 MB");
        }
        int about = elf.getInt(iopmod + 4);
        inside(file, iopmod + 4, about, IOPMOD_FIXED, bytes.length);
        int entry = elf.getInt(about + 4);
        if (entry < 0 || entry >= memorySize || (entry & 3) != 0) {
            throw InputException.at(
                    file, about + 4, "entry at 0x" + Integer.toHexString(entry), "an instruction of the module");
        }
        return new IrxFile(
                name(elf, about, elf.getInt(iopmod + 16)),
                Arrays.copyOfRange(bytes, offset, offset + fileSize),
                memorySize,
                entry,
                elf.getInt(about + 8),
                Short.toUnsignedInt(elf.getShort(about + 24)),
                new int[] {elf.getInt(about + 12), elf.getInt(about + 16), elf.getInt(about + 20)},
                relocations(file, elf, fileSize),
                elf.getInt(about));
    }

    private record Table(int start, int entrySize, int count) {
        static Table of(String file, ByteBuffer elf, int startAt, int sizeAt, int smallest) throws InputException {
            int start = elf.getInt(startAt);
            int entrySize = Short.toUnsignedInt(elf.getShort(sizeAt));
            int count = Short.toUnsignedInt(elf.getShort(sizeAt + 2));
            if (count > 0 && entrySize < smallest) {
                throw InputException.at(file, sizeAt, "headers of " + entrySize + " bytes", smallest + " or more");
            }
            inside(file, startAt, start, (long) entrySize * count, elf.capacity());
            return new Table(start, entrySize, count);
        }

        int at(int i) {
            return start + i * entrySize;
        }
    }

    private static void inside(String file, int where, int start, long length, int end) throws InputException {
        if (start < 0 || length < 0 || start + length > end) {
            throw InputException.at(
                    file,
                    where,
                    "%d bytes at 0x%x".formatted(length, start),
                    "a place inside the file, which has " + end + " bytes");
        }
    }

    private static int find(String file, ByteBuffer elf, Table programs, int type, String what) throws InputException {
        for (int i = 0; i < programs.count; i++) {
            if (elf.getInt(programs.at(i)) == type) {
                return programs.at(i);
            }
        }
        throw InputException.at(file, 44, programs.count + " program headers", what);
    }

    private static String name(ByteBuffer elf, int about, int size) {
        StringBuilder name = new StringBuilder();
        for (int i = IOPMOD_FIXED; i < size && about + i < elf.capacity() && elf.get(about + i) != 0; i++) {
            name.append((char) (elf.get(about + i) & 0xFF));
        }
        return name.toString();
    }

    private static List<Relocation> relocations(String file, ByteBuffer elf, int fileSize) throws InputException {
        Table sections = Table.of(file, elf, 32, 46, SECTION_HEADER);
        List<Relocation> all = new ArrayList<>();
        for (int i = 0; i < sections.count; i++) {
            int section = sections.at(i);
            if (elf.getInt(section + 4) == SHT_REL) {
                int start = elf.getInt(section + 16);
                int size = elf.getInt(section + 20);
                inside(file, section + 16, start, size, elf.capacity());
                for (int at = start; at + 8 <= start + size; at += 8) {
                    all.add(relocation(file, elf, at, fileSize));
                }
            }
        }
        return List.copyOf(all);
    }

    private static Relocation relocation(String file, ByteBuffer elf, int at, int fileSize) throws InputException {
        int offset = elf.getInt(at);
        int type = elf.getInt(at + 4) & 0xFF;
        if (offset < 0 || offset > fileSize - 4 || (offset & 3) != 0) {
            throw InputException.at(
                    file, at, "a relocation at 0x" + Integer.toHexString(offset), "a word of the module");
        }
        if (type != ModuleRelocator.WORD
                && type != ModuleRelocator.JUMP
                && type != ModuleRelocator.HIGH
                && type != ModuleRelocator.LOW) {
            throw InputException.at(file, at + 4, "relocation type " + type, "R_MIPS_32, 26, HI16 or LO16");
        }
        return new Relocation(offset, type);
    }

    /** The module's own name, from .iopmod. */
    public String name() {
        return name;
    }

    /** Offset of the two words that say where the module's name is and what version it has; -1 if there are none. */
    int identification() {
        return identification;
    }

    /** Version, major in the high byte. */
    public int version() {
        return version;
    }

    /** Bytes in memory; those beyond the file's are zero. */
    public int memorySize() {
        return memorySize;
    }

    /** Offset of the first instruction. */
    int entry() {
        return entry;
    }

    /** Offset that gp has in the module. */
    int gp() {
        return gp;
    }

    /** Bytes of code, data and zeroed data, as the file tells them. */
    int[] sizes() {
        return sizes.clone();
    }

    byte[] image() {
        return image;
    }

    List<Relocation> relocations() {
        return relocations;
    }
}
