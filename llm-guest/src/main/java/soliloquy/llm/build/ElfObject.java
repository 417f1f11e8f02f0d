package soliloquy.llm.build;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import soliloquy.machine.InputException;

/**
 * A relocatable object of the cross compiler: 32-bit little-endian MIPS, relocations without addends. Source: System V ABI and its
 * MIPS supplement, chapter "Object Files".
 *
 * @param name what messages call it
 * @param sections all sections, by their index
 * @param symbols all symbols, by their index
 */
record ElfObject(String name, List<Section> sections, List<Symbol> symbols) {
    private static final int HEADER = 52;
    private static final int SECTION_HEADER = 40;
    private static final int RELOCATABLE = 1;
    private static final int MIPS = 8;
    private static final int SHT_SYMTAB = 2;
    private static final int SHT_NOBITS = 8;
    private static final int SHT_REL = 9;
    private static final int SHF_ALLOC = 2;
    private static final int STB_LOCAL = 0;

    /**
     * One section.
     *
     * @param allocated true if it is in memory when the program runs
     * @param zeros true if its bytes are zeros that the file does not hold
     * @param content its bytes
     * @param size bytes
     * @param alignment of its address, a power of two
     */
    record Section(
            String name,
            boolean allocated,
            boolean zeros,
            ByteBuffer content,
            int size,
            int alignment,
            List<Relocation> relocations) {}

    /** A place in a section, the type of the relocation, and the index of the symbol whose value is added. */
    record Relocation(int offset, int type, int symbol) {}

    /** A symbol; {@code section} is an index, 0 if it is defined in another object. */
    record Symbol(String name, int value, int section, boolean global) {}

    /**
     * Opens an object.
     *
     * @throws InputException it is not what the compiler for the IOP gives
     */
    static ElfObject parse(String name, byte[] bytes) throws InputException {
        ByteBuffer elf = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < HEADER
                || elf.getInt(0) != 0x464C_457F
                || bytes[4] != 1
                || elf.getShort(16) != RELOCATABLE
                || elf.getShort(18) != MIPS) {
            throw InputException.at(name, 0, "no 32-bit relocatable MIPS ELF", "an object of the compiler");
        }
        int table = elf.getInt(32);
        int count = Short.toUnsignedInt(elf.getShort(48));
        int names = elf.getInt(header(table, Short.toUnsignedInt(elf.getShort(50))) + 16);
        List<List<Relocation>> relocations = new ArrayList<>();
        List<Symbol> symbols = List.of();
        for (int i = 0; i < count; i++) {
            relocations.add(new ArrayList<>());
        }
        for (int i = 0; i < count; i++) {
            int at = header(table, i);
            int offset = elf.getInt(at + 16);
            int size = elf.getInt(at + 20);
            if (elf.getInt(at + 4) == SHT_SYMTAB) {
                symbols = symbols(elf, offset, size, elf.getInt(header(table, elf.getInt(at + 24)) + 16));
            } else if (elf.getInt(at + 4) == SHT_REL) {
                for (int entry = offset; entry < offset + size; entry += 8) {
                    int info = elf.getInt(entry + 4);
                    relocations
                            .get(elf.getInt(at + 28))
                            .add(new Relocation(elf.getInt(entry), info & 0xFF, info >>> 8));
                }
            }
        }
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = header(table, i);
            int offset = elf.getInt(at + 16);
            int size = elf.getInt(at + 20);
            boolean zeros = elf.getInt(at + 4) == SHT_NOBITS;
            sections.add(new Section(
                    text(elf, names + elf.getInt(at)),
                    (elf.getInt(at + 8) & SHF_ALLOC) != 0,
                    zeros,
                    zeros ? ByteBuffer.allocate(0) : elf.slice(offset, size),
                    size,
                    Math.max(1, elf.getInt(at + 32)),
                    List.copyOf(relocations.get(i))));
        }
        return new ElfObject(name, List.copyOf(sections), symbols);
    }

    private static int header(int table, int index) {
        return table + index * SECTION_HEADER;
    }

    private static List<Symbol> symbols(ByteBuffer elf, int start, int size, int names) {
        List<Symbol> symbols = new ArrayList<>();
        for (int at = start; at < start + size; at += 16) {
            symbols.add(new Symbol(
                    text(elf, names + elf.getInt(at)),
                    elf.getInt(at + 4),
                    Short.toUnsignedInt(elf.getShort(at + 14)),
                    (elf.get(at + 12) & 0xF0) >> 4 != STB_LOCAL));
        }
        return List.copyOf(symbols);
    }

    private static String text(ByteBuffer elf, int start) {
        StringBuilder text = new StringBuilder();
        for (int at = start; elf.get(at) != 0; at++) {
            text.append((char) (elf.get(at) & 0xFF));
        }
        return text.toString();
    }
}
