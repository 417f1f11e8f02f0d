package soliloquy.ee;

/**
 * Decoded instructions, page by page of physical memory. Words are decoded when first executed and forgotten when the memory
 * behind them changes.
 */
final class DecodedCode implements EeBus.CodeListener {
    private static final int WORDS = 1024;

    /** One page of 1,024 words. */
    static final class Page {
        /** Four for each word: the {@link Dispatch} number, then {@code d, s, t} of the operand format. */
        final int[] code = new int[4 * WORDS];

        final Instruction[] rows = new Instruction[WORDS];
        final int[] words = new int[WORDS];
    }

    private final EeBus bus;
    private final Page[] pages;

    DecodedCode(EeBus bus) {
        this.bus = bus;
        pages = new Page[bus.codePages.length];
        bus.onCodeChange(this);
    }

    /** The page at a physical address in RDRAM. */
    Page page(int physical) {
        int index = physical >> EeBus.PAGE_SHIFT;
        Page page = pages[index];
        if (page == null) {
            page = new Page();
            pages[index] = page;
            bus.codePages[index] = 1;
        }
        return page;
    }

    /** Decodes the word at {@code offset} (0 to 0xFFC) of {@code page}, which stands at {@code address}; false if it is reserved. */
    boolean decode(Page page, int offset, int address) {
        int word = bus.peek32(address);
        Instruction row = Decoder.decode(word);
        if (row == null) {
            return false;
        }
        page.words[offset >> 2] = word;
        page.rows[offset >> 2] = row;
        row.format.decode(word, row.has(Instruction.Trait.STORE), page.code, offset);
        page.code[offset] =
                branchesToItself(row, page.code[offset + 1], address) ? Dispatch.SELF_BRANCH : Dispatch.of(row);
        return true;
    }

    private static boolean branchesToItself(Instruction row, int d, int address) {
        return switch (row) {
            case BEQ, BNE, BLEZ, BGTZ, BLTZ, BGEZ -> d == -4;
            case J -> d == (address & 0x0FFF_FFFF);
            default -> false;
        };
    }

    @Override
    public void changed(int physicalOffset, int length) {
        int end = Math.min(physicalOffset + length, pages.length << EeBus.PAGE_SHIFT);
        for (int address = physicalOffset & ~3; address < end; ) {
            Page page = pages[address >> EeBus.PAGE_SHIFT];
            int pageEnd = (address | 0xFFF) + 1;
            if (page == null) {
                address = pageEnd;
            } else {
                for (; address < Math.min(end, pageEnd); address += 4) {
                    page.code[address & 0xFFC] = Dispatch.UNDECODED;
                }
            }
        }
    }
}
