package soliloquy.bios.iop;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import soliloquy.bios.irx.IopKernel;
import soliloquy.bios.irx.Library;
import soliloquy.bios.irx.ModuleCall;
import soliloquy.machine.Notices;

/**
 * The library mcman, which comes with its module of the ROM: the {@link MemoryCard} for modules. Source: ps2sdk
 * {@code iop/memorycard/mcman} ({@code exports.tab}, {@code mcman.h}).
 */
final class Mcman implements Library {
    private static final int FUNCTIONS = 54;
    /** Bytes of a page and pages of a block and a card of 8 MB, and its flags. */
    private static final int PAGE_BYTES = 512;

    private static final int BLOCK_PAGES = 16;
    private static final int CARD_PAGES = 16_384;
    private static final int CARD_FLAGS = 0x2B;
    private static final int MODULE_VERSION = 0x0208;

    private final IopKernel kernel;
    private final IopMemory memory;
    private final MemoryCard card;
    private final int version;
    private final Notices notices;
    private int information;

    /** @param version 0x0101 of rom0:MCMAN or 0x0203 of rom0:XMCMAN, which has more functions */
    Mcman(IopKernel kernel, IopMemory memory, MemoryCard card, int version, Notices notices) {
        this.kernel = kernel;
        this.memory = memory;
        this.card = card;
        this.version = version;
        this.notices = notices;
    }

    @Override
    public void reset() {
        information = 0;
    }

    @Override
    public String name() {
        return "mcman";
    }

    @Override
    public int version() {
        return version;
    }

    @Override
    public int functions() {
        return FUNCTIONS;
    }

    @Override
    public boolean resident() {
        return false;
    }

    @Override
    public boolean has(int ordinal) {
        boolean newer = version >= 0x0200;
        return ordinal >= 5 && ordinal <= 20
                || ordinal == 29
                || ordinal == 30
                || ordinal >= 36 && ordinal <= 40
                || newer && (ordinal >= 21 && ordinal <= 25 || ordinal >= 42 && ordinal <= 52);
    }

    @Override
    public boolean inHandlers(int ordinal) {
        return false;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        int first = call.argument(0);
        int second = call.argument(1);
        int third = call.argument(2);
        int fourth = call.argument(3);
        return switch (ordinal) {
            case 5, 21 -> card.detect(first, second); // McDetectCard, McDetectCard2
            case 6 -> card.open(first, second, text(call, third), fourth);
            case 7 -> card.close(first);
            case 8 -> read(first, second, third);
            case 9 -> write(first, second, third);
            case 10 -> card.seek(first, second, third);
            case 12 -> list(call, first, second, text(call, third), fourth);
            case 13 -> fourth == 0 ? card.delete(first, second, text(call, third)) : undelete(first, second);
            case 14 -> card.flush(first);
            case 15 -> changeDirectory(call, first, second, text(call, third), fourth);
            case 16 -> card.setInformation(first, second, text(call, third), entry(call, fourth), call.argument(4));
            case 22 -> card.present(first, second) ? 1 : 0; // McGetFormat
            case 23 -> card.entrySpace(first, second, text(call, third));
            case 25 -> card.closeAll();
            case 37, 40 -> 0; // McRetOnly; McSetPS1CardFlag: there are no cards of the first PlayStation
            case 38 -> card.freeClusters(first, second);
            case 39 -> card.present(first, second) ? MemoryCard.TYPE_PS2 : 0; // McGetMcType
            case 42 -> moduleInformation(call);
            case 43 -> specification(call, first, second, third, fourth);
            default -> missing(ordinal, first, second);
        };
    }

    private static String text(ModuleCall call, int address) {
        return new String(call.text(address), StandardCharsets.ISO_8859_1);
    }

    private static int physical(int address) {
        return address & 0x1FFF_FFFF;
    }

    private int read(int file, int address, int size) {
        int at = physical(address);
        int count = memory.inRam(at, size) ? card.readable(file, size) : MemoryCard.DENIED;
        if (count <= 0) {
            return count;
        }
        byte[] bytes = new byte[count];
        int error = card.read(file, bytes);
        if (error < 0) {
            return error;
        }
        memory.put(at, bytes, 0, count);
        return count;
    }

    private int write(int file, int address, int size) {
        int at = physical(address);
        int error = memory.inRam(at, size) ? card.writable(file, size) : MemoryCard.DENIED;
        if (error < 0) {
            return error;
        }
        byte[] bytes = new byte[size];
        memory.get(at, bytes, 0, size);
        return card.write(file, bytes);
    }

    private int list(ModuleCall call, int port, int slot, String pattern, int flags) {
        int at = physical(call.argument(5));
        int most = Math.clamp(call.argument(4), 0, memory.ram().size() / CardEntry.BYTES);
        if (!memory.inRam(at, most * CardEntry.BYTES)) {
            return MemoryCard.DENIED;
        }
        List<byte[]> found = new ArrayList<>();
        int count = card.list(port, slot, pattern, (flags & 0xFFFF) != 0, most, found);
        for (int i = 0; i < count; i++) {
            memory.put(at + i * CardEntry.BYTES, found.get(i), 0, CardEntry.BYTES);
        }
        return count;
    }

    /** McDelete with a flag brings a file back: on a folder it is gone. */
    private int undelete(int port, int slot) {
        return card.present(port, slot) ? MemoryCard.NO_ENTRY : MemoryCard.NO_CARD;
    }

    private int changeDirectory(ModuleCall call, int port, int slot, String name, int address) {
        int result = card.changeDirectory(port, slot, name);
        if (result == 0) {
            call.text(address, card.currentDirectory().getBytes(StandardCharsets.ISO_8859_1));
        }
        return result;
    }

    private static byte[] entry(ModuleCall call, int address) {
        byte[] bytes = new byte[CardEntry.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) call.octet(address + i);
        }
        return bytes;
    }

    /** McGetModuleInfo: a structure with a pointer to the name and the version. */
    private int moduleInformation(ModuleCall call) {
        if (information == 0) {
            information = kernel.memory().allocate(16);
            if (information != 0) {
                call.word(information, information + 8);
                call.word(information + 4, MODULE_VERSION);
                call.text(information + 8, "mcman".getBytes(StandardCharsets.US_ASCII));
            }
        }
        return information;
    }

    /** McGetCardSpec: two halfwords, a word and a byte. */
    private int specification(ModuleCall call, int port, int slot, int pageBytes, int blockPages) {
        if (card.present(port, slot)) {
            half(call, pageBytes, PAGE_BYTES);
            half(call, blockPages, BLOCK_PAGES);
            call.word(call.argument(4), CARD_PAGES);
            call.octet(call.argument(5), CARD_FLAGS);
        }
        return card.detect(port, slot);
    }

    private static void half(ModuleCall call, int address, int value) {
        call.octet(address, value);
        call.octet(address + 1, value >> 8);
    }

    /** Formats, pages, blocks and the table of clusters: a folder has none of them. */
    private int missing(int ordinal, int port, int slot) {
        notices.report(
                Notices.Kind.UNIMPLEMENTED,
                "IOP mcman",
                0,
                "function %d of mcman works on the pages of a card; the card is a folder, so it fails"
                        .formatted(ordinal));
        return card.present(port, slot) ? MemoryCard.DENIED : MemoryCard.NO_CARD;
    }
}
