package soliloquy.ee;

/**
 * Decoded instructions, page by page of physical memory. Slots are decoded when first executed and forgotten when the memory
 * behind them changes.
 */
final class DecodedCode implements EeBus.CodeListener {
    /** One page: for each of its 1,024 words the row of the table (null if not decoded), and {@code d, s, t, word}. */
    static final class Page {
        final Instruction[] rows = new Instruction[1024];
        final int[] operands = new int[4 * 1024];
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

    /** Decodes the word at {@code offset} (0 to 0xFFC) of {@code page}; null if it is reserved. */
    static Instruction decode(Page page, int offset, int word) {
        Instruction row = Decoder.decode(word);
        if (row != null) {
            row.format.decode(word, row.has(Instruction.Trait.STORE), page.operands, offset);
        } else {
            page.operands[offset + 3] = word;
        }
        page.rows[offset >> 2] = row;
        return row;
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
                    page.rows[(address & 0xFFF) >> 2] = null;
                }
            }
        }
    }
}
