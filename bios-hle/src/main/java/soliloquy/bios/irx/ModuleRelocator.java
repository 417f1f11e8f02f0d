package soliloquy.bios.irx;

import java.util.ArrayList;
import java.util.List;
import soliloquy.machine.Ram;

/** Adds the address of a module to the places in it that depend on it. Source: System V ABI, MIPS supplement, "Relocation". */
final class ModuleRelocator {
    /** R_MIPS_32. */
    static final int WORD = 2;
    /** R_MIPS_26: the target of a jump. */
    static final int JUMP = 4;
    /** R_MIPS_HI16: the upper half of an address whose lower half the next LO16 holds. */
    static final int HIGH = 5;
    /** R_MIPS_LO16. */
    static final int LOW = 6;

    private static final int TARGET = 0x03FF_FFFF;

    private final Ram ram;
    private final int base;
    private final List<Integer> highs = new ArrayList<>();

    ModuleRelocator(Ram ram, int base) {
        this.ram = ram;
        this.base = base;
    }

    void relocate(List<IrxFile.Relocation> relocations) {
        for (IrxFile.Relocation relocation : relocations) {
            relocate(base + relocation.offset(), relocation.type());
        }
    }

    private void relocate(int at, int type) {
        int word = ram.read32(at);
        switch (type) {
            case WORD -> ram.write32(at, word + base);
            case JUMP -> ram.write32(at, word & ~TARGET | (word & TARGET) + (base >>> 2) & TARGET);
            case HIGH -> highs.add(at);
            default -> {
                highs.forEach(high -> completeHigh(high, (short) word));
                highs.clear();
                ram.write32(at, word & 0xFFFF_0000 | word + base & 0xFFFF);
            }
        }
    }

    /** The lower half is added with its sign, so the upper half is one more where that is negative. */
    private void completeHigh(int at, int low) {
        int word = ram.read32(at);
        int address = (word << 16) + low + base;
        ram.write32(at, word & 0xFFFF_0000 | (address + 0x8000) >>> 16);
    }
}
