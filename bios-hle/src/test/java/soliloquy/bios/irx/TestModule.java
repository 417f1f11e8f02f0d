package soliloquy.bios.irx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes IRX files word by word. */
public final class TestModule {
    private static final int PROGRAM_HEADERS = 52;
    private static final int IOPMOD = 128;
    private static final int IOPMOD_SIZE = 26 + 5;
    private static final int IMAGE = 160;

    private final List<Integer> words = new ArrayList<>();
    private final List<int[]> relocations = new ArrayList<>();
    private int bss;
    private int entry;
    private int identification = -1;

    /** Offset of the next word. */
    public int here() {
        return 4 * words.size();
    }

    public TestModule word(int value) {
        words.add(value);
        return this;
    }

    /** A word with a relocation. */
    public TestModule word(int value, int type) {
        relocations.add(new int[] {here(), type});
        return word(value);
    }

    public TestModule text(String text) {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i <= octets.length; i += 4) {
            int value = 0;
            for (int j = 0; j < 4 && i + j < octets.length; j++) {
                value |= (octets[i + j] & 0xFF) << 8 * j;
            }
            word(value);
        }
        return this;
    }

    /** An import table; returns the offset of its first stub. */
    public int imports(String library, int... ordinals) {
        return importsOf(library, 0x0101, ordinals);
    }

    /** An import table for a version of a library; returns the offset of its first stub. */
    public int importsOf(String library, int version, int... ordinals) {
        word(0x41E0_0000).word(0).word(version);
        byte[] name = java.util.Arrays.copyOf(library.getBytes(StandardCharsets.US_ASCII), 8);
        ByteBuffer octets = ByteBuffer.wrap(name).order(ByteOrder.LITTLE_ENDIAN);
        word(octets.getInt()).word(octets.getInt());
        int first = here();
        for (int ordinal : ordinals) {
            word(0x03E0_0008).word(0x2400_0000 | ordinal);
        }
        word(0).word(0);
        return first;
    }

    public TestModule entry() {
        entry = here();
        return this;
    }

    /** The words that say what the module is called, as ps2sdk's IRX_ID makes them: a pointer to the name, and the version. */
    public TestModule identified(int nameOffset, int version) {
        identification = here();
        return word(nameOffset, 2).word(version);
    }

    public TestModule bss(int octets) {
        bss = octets;
        return this;
    }

    /** lui and addiu of {@code register} with the address of what lies at {@code offset}. */
    public TestModule address(int register, int offset) {
        word(0x3C00_0000 | register << 16 | offset + 0x8000 >>> 16, 5);
        return word(0x2400_0000 | register << 21 | register << 16 | offset & 0xFFFF, 6);
    }

    /** jal to {@code offset}, with a NOP in its delay slot. */
    public TestModule call(int offset) {
        return word(0x0C00_0000 | offset >>> 2, 4).word(0);
    }

    public byte[] irx() {
        int size = here();
        int table = IMAGE + size;
        int sections = table + 8 * relocations.size();
        ByteBuffer file = ByteBuffer.allocate(sections + 40).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0, 0x464C_457F).putInt(4, 0x0001_0101);
        file.putShort(16, (short) 0xFF80).putShort(18, (short) 8).putInt(20, 1).putInt(24, entry);
        file.putInt(28, PROGRAM_HEADERS).putInt(32, sections);
        file.putShort(40, (short) 52).putShort(42, (short) 32).putShort(44, (short) 2);
        file.putShort(46, (short) 40).putShort(48, (short) 1);
        file.putInt(52, 0x7000_0080).putInt(56, IOPMOD).putInt(68, IOPMOD_SIZE).putInt(72, IOPMOD_SIZE);
        file.putInt(84, 1).putInt(88, IMAGE).putInt(100, size).putInt(104, size + bss);
        file.putInt(IOPMOD, identification).putInt(IOPMOD + 4, entry).putInt(IOPMOD + 8, 0x8000);
        file.putShort(IOPMOD + 24, (short) 0x0102);
        file.put(IOPMOD + 26, new byte[] {'t', 'e', 's', 't', 0});
        for (int i = 0; i < words.size(); i++) {
            file.putInt(IMAGE + 4 * i, words.get(i));
        }
        for (int i = 0; i < relocations.size(); i++) {
            file.putInt(table + 8 * i, relocations.get(i)[0])
                    .putInt(table + 8 * i + 4, relocations.get(i)[1]);
        }
        file.putInt(sections + 4, 9).putInt(sections + 16, table).putInt(sections + 20, 8 * relocations.size());
        return file.array();
    }
}
