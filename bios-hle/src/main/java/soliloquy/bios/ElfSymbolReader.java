package soliloquy.bios;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the symbol table of an ELF file. The console never looks at section headers, so a damaged table costs the names and
 * nothing else.
 */
final class ElfSymbolReader {
    private static final int SECTION_HEADER = 40;
    private static final int SYMBOL = 16;
    private static final int SHT_SYMTAB = 2;
    private static final int TYPE_NONE = 0;
    private static final int TYPE_OBJECT = 1;
    private static final int TYPE_FUNCTION = 2;
    private static final int LONGEST_NAME = 4096;

    private ElfSymbolReader() {}

    static ElfSymbols read(ByteBuffer file) {
        long table = Integer.toUnsignedLong(file.getInt(32));
        int entrySize = Short.toUnsignedInt(file.getShort(46));
        int count = Short.toUnsignedInt(file.getShort(48));
        if (entrySize < SECTION_HEADER || table + (long) entrySize * count > file.capacity()) {
            return ElfSymbols.NONE;
        }
        for (int i = 0; i < count; i++) {
            int section = (int) table + i * entrySize;
            int strings = file.getInt(section + 24);
            if (file.getInt(section + 4) == SHT_SYMTAB && strings >= 0 && strings < count) {
                return symbols(file, section, (int) table + strings * entrySize);
            }
        }
        return ElfSymbols.NONE;
    }

    private static ElfSymbols symbols(ByteBuffer file, int table, int stringTable) {
        int start = file.getInt(table + 16);
        int size = file.getInt(table + 20);
        int names = file.getInt(stringTable + 16);
        int namesSize = file.getInt(stringTable + 20);
        if (!inside(file, start, size) || !inside(file, names, namesSize)) {
            return ElfSymbols.NONE;
        }
        List<ElfSymbols.Symbol> symbols = new ArrayList<>();
        for (int at = start; at + SYMBOL <= start + size; at += SYMBOL) {
            int type = file.get(at + 12) & 0xF;
            int name = file.getInt(at);
            boolean defined = file.getShort(at + 14) != 0;
            if (defined && type <= TYPE_FUNCTION && name > 0 && name < namesSize) {
                String text = name(file, names + name, names + namesSize);
                if (type != TYPE_NONE || !text.startsWith("$") && !text.startsWith(".")) {
                    symbols.add(new ElfSymbols.Symbol(
                            text,
                            file.getInt(at + 4),
                            type >= TYPE_OBJECT ? file.getInt(at + 8) : 0,
                            type == TYPE_FUNCTION));
                }
            }
        }
        return new ElfSymbols(symbols);
    }

    private static boolean inside(ByteBuffer file, int start, int size) {
        return start >= 0 && size >= 0 && (long) start + size <= file.capacity();
    }

    private static String name(ByteBuffer file, int start, int limit) {
        int end = start;
        while (end < limit && end - start < LONGEST_NAME && file.get(end) != 0) {
            end++;
        }
        return new String(file.array(), file.arrayOffset() + start, end - start, StandardCharsets.ISO_8859_1);
    }
}
