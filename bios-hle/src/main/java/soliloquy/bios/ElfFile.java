package soliloquy.bios;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import soliloquy.machine.InputException;
import soliloquy.machine.Ram;

/**
 * An executable of the EE: 32-bit little-endian MIPS ELF with absolute addresses. Everything in it is checked before a byte
 * of it is used. Source: System V ABI, "Object Files"; ps2sdk {@code linkfile}.
 */
public final class ElfFile {
    /** Largest file that is read, in bytes. A debug build of a 32 MB program stays well below it. */
    public static final int LARGEST = 128 << 20;

    /** Programs may not be loaded below this physical address: it is the kernel's. */
    public static final int FIRST_USER_ADDRESS = 0x80000;

    private static final int HEADER = 52;
    private static final int PROGRAM_HEADER = 32;
    private static final int TYPE_EXECUTABLE = 2;
    private static final int MACHINE_MIPS = 8;
    private static final int PT_LOAD = 1;

    /**
     * A PT_LOAD segment.
     *
     * @param offset where its bytes are in the file
     * @param address virtual address
     * @param fileSize bytes in the file
     * @param memorySize bytes in memory; those beyond {@code fileSize} are zero
     */
    public record Segment(int offset, int address, int fileSize, int memorySize) {
        /** Physical address: KUSEG, KSEG0 and KSEG1 addresses of the same memory are one. */
        public int physical() {
            return address & 0x1FFF_FFFF;
        }
    }

    private final String name;
    private final byte[] bytes;
    private final int entry;
    private final List<Segment> segments;
    private final ElfSymbols symbols;

    private ElfFile(String name, byte[] bytes, int entry, List<Segment> segments, ElfSymbols symbols) {
        this.name = name;
        this.bytes = bytes;
        this.entry = entry;
        this.segments = segments;
        this.symbols = symbols;
    }

    /**
     * Checks and opens a program.
     *
     * @param name what messages call the file
     * @param bytes the whole file; not copied
     * @throws InputException if it is not an EE executable or reaches outside of itself
     */
    public static ElfFile parse(String name, byte[] bytes) throws InputException {
        if (bytes.length < HEADER) {
            throw InputException.at(name, bytes.length, "the file ends", "an ELF header of " + HEADER + " bytes");
        }
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        expect(name, 0, Integer.reverseBytes(file.getInt(0)), 0x7F454C46, "the ELF magic");
        expect(name, 4, bytes[4], 1, "class ELFCLASS32");
        expect(name, 5, bytes[5], 1, "little-endian data");
        expect(name, 16, file.getShort(16), TYPE_EXECUTABLE, "an executable with fixed addresses");
        expect(name, 18, file.getShort(18), MACHINE_MIPS, "machine MIPS");
        int entry = file.getInt(24);
        List<Segment> segments = segments(name, file);
        return new ElfFile(name, bytes, entry, segments, ElfSymbolReader.read(file));
    }

    private static void expect(String name, int offset, int found, int expected, String what) throws InputException {
        if (found != expected) {
            throw InputException.at(
                    name,
                    offset,
                    "found 0x" + Integer.toHexString(found),
                    what + " (0x" + Integer.toHexString(expected) + ")");
        }
    }

    private static List<Segment> segments(String name, ByteBuffer file) throws InputException {
        long table = Integer.toUnsignedLong(file.getInt(28));
        int entrySize = Short.toUnsignedInt(file.getShort(42));
        int count = Short.toUnsignedInt(file.getShort(44));
        if (count > 0 && entrySize < PROGRAM_HEADER) {
            throw InputException.at(
                    name, 42, "program headers of " + entrySize + " bytes", PROGRAM_HEADER + " bytes or more");
        }
        if (table + (long) count * entrySize > file.capacity()) {
            throw InputException.at(
                    name, 28, count + " program headers at 0x" + Long.toHexString(table), "a table inside the file");
        }
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = (int) table + i * entrySize;
            if (file.getInt(at) == PT_LOAD) {
                segments.add(segment(name, file, at));
            }
        }
        if (segments.isEmpty()) {
            throw InputException.at(name, 44, "no segment to load", "at least one PT_LOAD program header");
        }
        return List.copyOf(segments);
    }

    private static Segment segment(String name, ByteBuffer file, int at) throws InputException {
        int offset = file.getInt(at + 4);
        int address = file.getInt(at + 8);
        int fileSize = file.getInt(at + 16);
        int memorySize = file.getInt(at + 20);
        if (Integer.toUnsignedLong(offset) + Integer.toUnsignedLong(fileSize) > file.capacity()) {
            throw InputException.at(
                    name,
                    at + 4,
                    String.format("a segment of 0x%x bytes at 0x%x", fileSize, offset),
                    "a segment inside the file, which has " + file.capacity() + " bytes");
        }
        if (Integer.compareUnsigned(fileSize, memorySize) > 0) {
            throw InputException.at(
                    name,
                    at + 16,
                    String.format("a segment of 0x%x bytes that needs only 0x%x in memory", fileSize, memorySize),
                    "a size in memory no smaller than in the file");
        }
        return new Segment(offset, address, fileSize, memorySize);
    }

    /** The file's name as given. */
    public String name() {
        return name;
    }

    /** Address of the first instruction. */
    public int entry() {
        return entry;
    }

    /** The PT_LOAD segments in the order of the file. */
    public List<Segment> segments() {
        return segments;
    }

    /** The names in the symbol table, none if it is stripped or damaged. */
    public ElfSymbols symbols() {
        return symbols;
    }

    /**
     * Copies every segment to memory and clears what lies beyond its bytes in the file.
     *
     * @throws InputException if a segment does not lie in user memory; then memory is unchanged
     */
    public void load(Ram ram) throws InputException {
        for (Segment segment : segments) {
            long start = Integer.toUnsignedLong(segment.physical());
            if (start < FIRST_USER_ADDRESS || start + Integer.toUnsignedLong(segment.memorySize()) > ram.size()) {
                throw InputException.at(
                        name,
                        segment.offset(),
                        String.format("a segment of 0x%x bytes for 0x%08x", segment.memorySize(), segment.address()),
                        String.format("memory between 0x%x and 0x%x", FIRST_USER_ADDRESS, ram.size()));
            }
        }
        for (Segment segment : segments) {
            int start = segment.physical();
            System.arraycopy(bytes, segment.offset(), ram.bytes, start, segment.fileSize());
            Arrays.fill(ram.bytes, start + segment.fileSize(), start + segment.memorySize(), (byte) 0);
        }
    }
}
