package soliloquy.llm.build;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import soliloquy.machine.InputException;

/**
 * Links objects to a module of the IOP (IRX): a segment at address 0 and the places in it to which its loader adds the module's
 * address. The loader adds it to the two halves of an address as a pair, so every HI16 must stand directly before its LO16: objects
 * are compiled with {@code -mno-explicit-relocs -mno-split-addresses}, which gives just that. Source: ps2sdk {@code loadcore}.
 */
public final class IrxLinker {
    /** The function that starts the module. */
    private static final String ENTRY = "_start";

    /** The module's identity: a pointer to its name, then its version as 16 bits. */
    private static final String IDENTITY = "module_id";

    private static final int WORD = 2;
    private static final int JUMP = 4;
    private static final int HIGH = 5;
    private static final int LOW = 6;
    private static final int JUMP_TARGET = 0x03FF_FFFF;
    private static final int FIRST_RESERVED_SECTION = 0xFF00;
    /** The loader puts the module's information, 48 bytes, before a module; so much is left of its alignment. */
    private static final int ALIGNMENT = 16;

    /** What the sections of a module are called; those of objects begin with these names. */
    static final List<String> PARTS = List.of(".text", ".rodata", ".data", ".bss");

    /** Where a section of an object lies in the module. */
    private record Place(ElfObject object, ElfObject.Section section, String part, int address) {}

    private final List<Place> places = new ArrayList<>();
    private final IdentityHashMap<ElfObject.Section, Integer> addresses = new IdentityHashMap<>();
    private final Map<String, Integer> globals = new HashMap<>();
    private final Map<String, List<IrxImage.Relocation>> relocations = new LinkedHashMap<>();
    private final Map<String, Integer> starts = new LinkedHashMap<>();
    private ByteBuffer image = ByteBuffer.allocate(0);
    private int end;

    private IrxLinker() {}

    /**
     * Links objects in their order; the same objects give the same bytes.
     *
     * @param objects files of the compiler by their names
     * @return the module
     * @throws InputException a symbol is missing or defined twice, or an object has what a module cannot have
     */
    public static byte[] link(Map<String, byte[]> objects) throws InputException {
        List<ElfObject> parsed = new ArrayList<>();
        for (Map.Entry<String, byte[]> object : objects.entrySet()) {
            parsed.add(ElfObject.parse(object.getKey(), object.getValue()));
        }
        return new IrxLinker().linkAll(parsed);
    }

    private byte[] linkAll(List<ElfObject> objects) throws InputException {
        place(objects);
        for (ElfObject object : objects) {
            define(object);
        }
        image = ByteBuffer.allocate(starts.get(".bss")).order(ByteOrder.LITTLE_ENDIAN);
        for (Place place : places) {
            if (!place.section.zeros()) {
                image.put(place.address, place.section.content(), 0, place.section.size());
            }
        }
        for (Place place : places) {
            relocate(place);
        }
        int identity = global(IDENTITY);
        return IrxImage.write(new IrxImage(
                name(image.getInt(identity)),
                Short.toUnsignedInt(image.getShort(identity + 4)),
                identity,
                global(ENTRY),
                Map.copyOf(starts),
                end,
                image,
                Map.copyOf(relocations)));
    }

    private void place(List<ElfObject> objects) throws InputException {
        for (String part : PARTS) {
            end = align(end, ALIGNMENT);
            starts.put(part, end);
            relocations.put(part, new ArrayList<>());
            for (ElfObject object : objects) {
                for (ElfObject.Section section : object.sections()) {
                    if (isPart(section.name(), part)) {
                        if (section.zeros() != part.equals(".bss")) {
                            throw new InputException(
                                    object.name() + ": section " + section.name() + " is no " + part + " of a module");
                        }
                        if (section.alignment() > ALIGNMENT) {
                            throw new InputException("%s: section %s wants an alignment of %d; a module has at most %d"
                                    .formatted(object.name(), section.name(), section.alignment(), ALIGNMENT));
                        }
                        end = align(end, section.alignment());
                        places.add(new Place(object, section, part, end));
                        addresses.put(section, end);
                        end += section.size();
                    }
                }
            }
        }
        end = align(end, ALIGNMENT);
    }

    private static boolean isPart(String name, String part) {
        return name.equals(part) || name.startsWith(part + ".");
    }

    private static int align(int address, int alignment) {
        return address + alignment - 1 & -alignment;
    }

    private void define(ElfObject object) throws InputException {
        for (ElfObject.Symbol symbol : object.symbols()) {
            if (symbol.global() && symbol.section() != 0) {
                if (globals.put(symbol.name(), address(object, symbol)) != null) {
                    throw new InputException(object.name() + ": " + symbol.name() + " is defined a second time");
                }
            }
        }
    }

    private int address(ElfObject object, ElfObject.Symbol symbol) throws InputException {
        if (symbol.section() == 0) {
            return global(symbol.name());
        }
        Integer start = symbol.section() < FIRST_RESERVED_SECTION
                ? addresses.get(object.sections().get(symbol.section()))
                : null;
        if (start == null) {
            throw new InputException(object.name() + ": " + symbol.name() + " is outside the sections of a module");
        }
        return start + symbol.value();
    }

    private int global(String name) throws InputException {
        Integer address = globals.get(name);
        if (address == null) {
            throw new InputException("The module's " + name + " is not defined in any of its objects");
        }
        return address;
    }

    private void relocate(Place place) throws InputException {
        List<ElfObject.Relocation> all = place.section.relocations();
        for (int i = 0; i < all.size(); i++) {
            ElfObject.Relocation relocation = all.get(i);
            int at = place.address + relocation.offset();
            int value = address(place.object, place.object.symbols().get(relocation.symbol()));
            int word = image.getInt(at);
            switch (relocation.type()) {
                case WORD -> image.putInt(at, word + value);
                case JUMP -> image.putInt(at, word & ~JUMP_TARGET | word + (value >>> 2) & JUMP_TARGET);
                case HIGH -> {
                    ElfObject.Relocation low = i + 1 < all.size() ? all.get(i + 1) : relocation;
                    if (low.type() != LOW || low.symbol() != relocation.symbol()) {
                        throw unexpected(place, relocation, "HI16 without its LO16 behind it");
                    }
                    int lowAt = place.address + low.offset();
                    int lowWord = image.getInt(lowAt);
                    int address = (word << 16) + (short) lowWord + value;
                    image.putInt(at, word & 0xFFFF_0000 | address + 0x8000 >>> 16);
                    image.putInt(lowAt, lowWord & 0xFFFF_0000 | address & 0xFFFF);
                    relocations.get(place.part).add(new IrxImage.Relocation(at, HIGH));
                    at = lowAt;
                    relocation = low;
                    i++;
                }
                default -> throw unexpected(place, relocation, "relocation type " + relocation.type());
            }
            relocations.get(place.part).add(new IrxImage.Relocation(at, relocation.type()));
        }
    }

    private static InputException unexpected(Place place, ElfObject.Relocation relocation, String found) {
        return InputException.at(
                place.object.name() + " " + place.section.name(),
                relocation.offset(),
                found,
                "R_MIPS_32, R_MIPS_26, or R_MIPS_HI16 and LO16 in pairs");
    }

    private String name(int address) {
        StringBuilder name = new StringBuilder();
        for (int at = address; image.get(at) != 0; at++) {
            name.append((char) (image.get(at) & 0xFF));
        }
        return name.toString();
    }
}
