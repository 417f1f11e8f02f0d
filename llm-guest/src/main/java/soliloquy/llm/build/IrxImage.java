package soliloquy.llm.build;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A linked module, and how it is written as a file: an ELF of type FF80 with a program header for what the loader wants to know
 * ({@code .iopmod}), one for the segment, and a section of relocations for each part of it. Source: ps2sdk {@code loadcore}.
 *
 * @param name the module's name
 * @param version major in the high byte
 * @param identity where the pointer to its name and the version lie
 * @param entry the first function
 * @param starts where its parts begin, by {@link IrxLinker#PARTS}
 * @param end bytes in memory
 * @param content bytes of code and data, up to the start of {@code .bss}
 * @param relocations places that depend on the module's address, by part
 */
record IrxImage(
        String name,
        int version,
        int identity,
        int entry,
        Map<String, Integer> starts,
        int end,
        ByteBuffer content,
        Map<String, List<Relocation>> relocations) {
    private static final int TYPE_IRX = 0xFF80;
    private static final int MIPS = 8;
    /** Assembled with noreorder, o32, MIPS I. */
    private static final int FLAGS = 0x1001;

    private static final int HEADER = 52;
    private static final int PROGRAM_HEADER = 32;
    private static final int SECTION_HEADER = 40;
    private static final int IOPMOD = 0x7000_0080;
    private static final int PROGBITS = 1;
    private static final int SYMTAB = 2;
    private static final int STRTAB = 3;
    private static final int NOBITS = 8;
    private static final int REL = 9;
    private static final int WRITE = 1;
    private static final int ALLOC = 2;
    private static final int EXECUTE = 4;
    private static final int INFO_LINK = 0x40;
    /** Where gp points behind the data that it reaches with 16 bits. */
    private static final int GP_OFFSET = 0x7FF0;

    /** A word of the module and the type of its relocation. */
    record Relocation(int offset, int type) {}

    private record Section(String name, int type, int flags, int address, ByteBuffer content, int size, int align) {
        Section(String name, int type, int flags, byte[] content, int align) {
            this(name, type, flags, 0, ByteBuffer.wrap(content), content.length, align);
        }
    }

    static byte[] write(IrxImage module) {
        return module.file();
    }

    private int start(String part) {
        return starts.get(part);
    }

    private byte[] iopmod() {
        byte[] text = name.getBytes(StandardCharsets.ISO_8859_1);
        int bss = start(".bss");
        byte[] about = new byte[26 + text.length + 1 + 3 & ~3];
        words(about)
                .putInt(identity)
                .putInt(entry)
                .putInt(bss + GP_OFFSET)
                .putInt(start(".rodata"))
                .putInt(bss - start(".rodata"))
                .putInt(end - bss)
                .putShort((short) version)
                .put(text);
        return about;
    }

    private static ByteBuffer words(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("", 0, 0, new byte[0], 0));
        sections.add(new Section(".iopmod", IOPMOD, 0, iopmod(), 4));
        for (int i = 0; i < IrxLinker.PARTS.size(); i++) {
            String part = IrxLinker.PARTS.get(i);
            int address = start(part);
            boolean zeros = part.equals(".bss");
            int partEnd = zeros ? end : start(IrxLinker.PARTS.get(i + 1));
            int flags = ALLOC | (part.equals(".text") ? EXECUTE : part.equals(".rodata") ? 0 : WRITE);
            ByteBuffer bytes = zeros ? ByteBuffer.allocate(0) : content.slice(address, partEnd - address);
            sections.add(new Section(part, zeros ? NOBITS : PROGBITS, flags, address, bytes, partEnd - address, 16));
        }
        for (String part : IrxLinker.PARTS) {
            List<Relocation> places = relocations.get(part);
            if (!places.isEmpty()) {
                byte[] entries = new byte[8 * places.size()];
                ByteBuffer words = words(entries);
                places.forEach(place -> words.putInt(place.offset).putInt(place.type));
                sections.add(new Section(".rel" + part, REL, INFO_LINK, entries, 4));
            }
        }
        sections.add(new Section(".symtab", SYMTAB, 0, new byte[16], 4));
        sections.add(new Section(".strtab", STRTAB, 0, new byte[1], 1));
        StringBuilder names = new StringBuilder();
        sections.forEach(section -> names.append(section.name).append('\0'));
        byte[] text = names.append(".shstrtab\0").toString().getBytes(StandardCharsets.ISO_8859_1);
        sections.add(new Section(".shstrtab", STRTAB, 0, text, 1));
        return sections;
    }

    private byte[] file() {
        List<Section> sections = sections();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int bodyAt = HEADER + 2 * PROGRAM_HEADER;
        byte[] headers = new byte[SECTION_HEADER * sections.size()];
        ByteBuffer table = words(headers);
        int nameAt = 0;
        int iopmodAt = 0;
        int segmentAt = 0;
        for (Section section : sections) {
            while (section.align > 1 && (bodyAt + body.size()) % section.align != 0) {
                body.write(0);
            }
            int at = bodyAt + body.size();
            iopmodAt = section.name.equals(".iopmod") ? at : iopmodAt;
            segmentAt = section.name.equals(".text") ? at : segmentAt;
            boolean relocations = section.type == REL;
            table.putInt(nameAt).putInt(section.type).putInt(section.flags).putInt(section.address);
            table.putInt(section.type == 0 ? 0 : at).putInt(section.size);
            table.putInt(
                    relocations ? index(sections, ".symtab") : section.type == SYMTAB ? index(sections, ".strtab") : 0);
            table.putInt(relocations ? index(sections, section.name.substring(4)) : section.type == SYMTAB ? 1 : 0);
            table.putInt(section.align).putInt(relocations ? 8 : section.type == SYMTAB ? 16 : 0);
            nameAt += section.name.length() + 1;
            for (int i = 0; i < section.content.capacity(); i++) {
                body.write(section.content.get(i));
            }
        }
        while (body.size() % 4 != 0) {
            body.write(0);
        }
        byte[] whole = new byte[bodyAt + body.size() + headers.length];
        ByteBuffer file = words(whole);
        file.putInt(0x464C_457F).putInt(0x0001_0101).putLong(0);
        file.putShort((short) TYPE_IRX).putShort((short) MIPS).putInt(1).putInt(entry);
        file.putInt(HEADER).putInt(bodyAt + body.size()).putInt(FLAGS);
        file.putShort((short) HEADER).putShort((short) PROGRAM_HEADER).putShort((short) 2);
        file.putShort((short) SECTION_HEADER).putShort((short) sections.size());
        file.putShort((short) (sections.size() - 1));
        int about = sections.get(1).size;
        file.putInt(IOPMOD)
                .putInt(iopmodAt)
                .putInt(0)
                .putInt(0)
                .putInt(about)
                .putInt(0)
                .putInt(4)
                .putInt(4);
        file.putInt(1)
                .putInt(segmentAt)
                .putInt(0)
                .putInt(0)
                .putInt(content.capacity())
                .putInt(end)
                .putInt(7)
                .putInt(16);
        file.put(body.toByteArray()).put(headers);
        return whole;
    }

    private static int index(List<Section> sections, String name) {
        int index = 0;
        while (!sections.get(index).name.equals(name)) {
            index++;
        }
        return index;
    }
}
