package soliloquy.ee;

import java.util.Arrays;
import java.util.BitSet;
import soliloquy.machine.StopPoints;

/**
 * Decoded instructions, page by page of physical memory. Words are decoded when first executed and forgotten when the memory
 * behind them changes.
 */
final class DecodedCode implements EeBus.CodeListener {
    private static final int WORDS = 1024;

    /** One page of 1,024 words. */
    static final class Page {
        /**
         * Four for each word: the {@link Dispatch} number in the low byte with the costs of {@link PageCosts#at} above and
         * {@link #IN_SCRATCHPAD}, then {@code d, s, t} of the operand format.
         */
        final int[] code = new int[4 * WORDS];

        final Instruction[] rows = new Instruction[WORDS];
        final int[] words = new int[WORDS];
        /** The loads and stores that were executed in the scratchpad. */
        final BitSet inScratchpad = new BitSet(WORDS);
        /** The same at devices. */
        final BitSet inDevices = new BitSet(WORDS);

        final PageCosts costs;

        Page(PageCosts costs) {
            this.costs = costs;
        }
    }

    /** Bits of an entry of {@link Page#code} below the costs. */
    static final int COSTS_SHIFT = 8;

    private static final int NUMBER = 0xFF;
    /** In an entry of {@link Page#code}: the load or store was executed in the scratchpad. */
    static final int IN_SCRATCHPAD = 1 << 31;

    /** By page of the cached user addresses, the code of the pages executed there; null elsewhere. */
    final int[][] userCode;

    private EeBus.CodeListener changeListener = (offset, length) -> {};
    private final EeBus bus;
    private final Cop0 cop0;
    private final StopPoints stops;
    private final Page[] pages;
    private TimingProfile profile = TimingProfile.PIPELINE;

    DecodedCode(EeBus bus, Cop0 cop0, StopPoints stops) {
        this.bus = bus;
        this.cop0 = cop0;
        this.stops = stops;
        pages = new Page[bus.ram().size() >> EeBus.PAGE_SHIFT];
        userCode = new int[pages.length][];
        bus.onCodeChange(this);
    }

    /** The page at a physical address in RDRAM. */
    Page page(int physical) {
        int index = physical >> EeBus.PAGE_SHIFT;
        Page page = pages[index];
        if (page == null) {
            page = new Page(new PageCosts(bus.ramBytes, index << EeBus.PAGE_SHIFT, profile));
            pages[index] = page;
            bus.codePages[index] |= EeBus.PAGE_WITH_CODE;
        }
        return page;
    }

    /** True if the instruction at {@code address}, one of the cached user addresses, has been executed as it is now. */
    boolean executed(int address) {
        if (Integer.compareUnsigned(address - EeBus.USER_START, EeBus.USER_SIZE) >= 0) {
            return false;
        }
        Page page = pages[address >>> EeBus.PAGE_SHIFT];
        int word = (address & 0xFFC) >> 2;
        return page != null && page.rows[word] != null && page.words[word] == bus.peek32(address);
    }

    /** The load or store at {@code offset} (0 to 0xFFC) of {@code page} is executed in the scratchpad; true the first time. */
    static boolean usesScratchpad(Page page, int offset) {
        if (page.inScratchpad.get(offset >> 2)) {
            return false;
        }
        page.inScratchpad.set(offset >> 2);
        if (number(page.code[offset]) != Dispatch.UNDECODED) {
            page.code[offset] |= IN_SCRATCHPAD;
        }
        return true;
    }

    /** True if the load or store at a physical address in RDRAM was executed in the scratchpad. */
    boolean usesScratchpad(int physical) {
        Page page = pages[physical >>> EeBus.PAGE_SHIFT];
        return page != null && page.inScratchpad.get((physical & 0xFFC) >> 2);
    }

    /** The load or store at {@code offset} (0 to 0xFFC) of {@code page} is executed at a device; true the first time. */
    static boolean usesDevices(Page page, int offset) {
        boolean first = !page.inDevices.get(offset >> 2);
        page.inDevices.set(offset >> 2);
        return first;
    }

    /** True if the load or store at a physical address in RDRAM was executed at a device. */
    boolean usesDevices(int physical) {
        Page page = pages[physical >>> EeBus.PAGE_SHIFT];
        return page != null && page.inDevices.get((physical & 0xFFC) >> 2);
    }

    /** The costs of the instruction at a physical address in RDRAM, as {@link PageCosts#at} gives them. */
    int costs(int physical) {
        return page(physical).costs.at((physical & 0xFFC) >> 2);
    }

    /** The number of an entry of {@link Page#code}. */
    static int number(int entry) {
        return entry & NUMBER;
    }

    /** The costs of an entry of {@link Page#code}. */
    static int costsOf(int entry) {
        return (entry & ~IN_SCRATCHPAD) >>> COSTS_SHIFT;
    }

    /** Counts cycles by {@code profile} from now on. What is decoded must be forgotten then. */
    void profile(TimingProfile profile) {
        this.profile = profile;
        Arrays.fill(pages, null);
        Arrays.fill(userCode, null);
        if (bus.timing() != null) {
            bus.timing().onFetchLineGone(this::fetchLineGone);
        }
    }

    /** Lets the inner loop find {@code page} by itself, if {@code address} is one of the cached user addresses. */
    void showToUser(int address, Page page) {
        if (Integer.compareUnsigned(address - EeBus.USER_START, EeBus.USER_SIZE) < 0) {
            userCode[address >>> EeBus.PAGE_SHIFT] = page.code;
        }
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
        shareCase(row, page.code, offset);
        int number = stops.isBreakpoint(bus.physical(address))
                ? Dispatch.BREAKPOINT
                : number(row, page.code[offset + 1], address);
        int mark = page.inScratchpad.get(offset >> 2) && row.accessBytes() > 0 ? IN_SCRATCHPAD : 0;
        page.code[offset] = number | page.costs.at(offset >> 2) << COSTS_SHIFT | mark;
        return true;
    }

    /** The number that the decoded instruction at {@code offset} of {@code page} has without a breakpoint. */
    int numberBehindBreakpoint(Page page, int offset, int address) {
        return number(page.rows[offset >> 2], page.code[offset + 1], address);
    }

    /** Forgets the decoded instruction at a physical address. */
    void forgetAt(int physical) {
        int index = physical >> EeBus.PAGE_SHIFT;
        if (physical >= 0 && index < pages.length && pages[index] != null) {
            pages[index].code[physical & 0xFFC] = Dispatch.UNDECODED;
        }
    }

    /** True if a debugger wants to stop at {@code address}, one of the cached user addresses. */
    boolean isBreakpoint(int address) {
        return stops.isBreakpoint(address);
    }

    /** True if a debugger wants to know of accesses. */
    boolean watching() {
        return stops.watching();
    }

    /** Completes the operands of instructions that are executed as a form of another. */
    private static void shareCase(Instruction row, int[] code, int offset) {
        switch (row) {
            case J -> code[offset + 3] = R5900.SINK;
            case JAL -> code[offset + 3] = R5900.RA;
            case JR -> code[offset + 1] = R5900.SINK;
            case DSLL32, DSRL32, DSRA32 -> code[offset + 3] += 32;
            case SUB_S -> code[offset + 3] |= InnerLoop.INVERTED;
            default -> {}
        }
    }

    private int number(Instruction row, int d, int address) {
        if (row.coprocessor() > 0 && !cop0.usable(row.coprocessor())) {
            return Dispatch.UNUSABLE;
        }
        if (branchesToItself(row, d, address)) {
            return Dispatch.SELF_BRANCH;
        }
        return bus.timing() == null && !stops.watching() ? Dispatch.of(row) : Dispatch.ofTimed(row);
    }

    /** The {@link Dispatch} number of the decoded instruction at a user address; {@link Dispatch#UNDECODED} if there is none. */
    int numberAt(int address) {
        int[] code = userCode[address >>> EeBus.PAGE_SHIFT];
        return code == null ? Dispatch.UNDECODED : number(code[address & 0xFFC]);
    }

    /** Changes the number of the instruction at a user address, whose page is decoded. */
    void number(int address, int number) {
        int[] code = pages[address >>> EeBus.PAGE_SHIFT].code;
        int k = address & 0xFFC;
        boolean keeps = number != Dispatch.UNDECODED && (number == Dispatch.REGION || isFetched(address));
        code[k] = keeps ? code[k] & ~NUMBER | number : 0;
    }

    /** True if the instruction at a physical address need not be fetched from memory. */
    private boolean isFetched(int physical) {
        MemoryTiming timing = bus.timing();
        return timing == null || timing.instructions.state[physical >>> CacheTags.LINE_SHIFT] != CacheTags.ABSENT;
    }

    /** Forgets the instructions of a line that has left the instruction cache: what is decoded is there. A region tests itself. */
    private void fetchLineGone(int line) {
        int address = line << CacheTags.LINE_SHIFT;
        Page page = pages[address >> EeBus.PAGE_SHIFT];
        if (page == null) {
            return;
        }
        int first = address & 0xFFF;
        for (int k = first; k < first + (1 << CacheTags.LINE_SHIFT); k += 4) {
            if (number(page.code[k]) != Dispatch.REGION) {
                page.code[k] = Dispatch.UNDECODED;
            }
        }
    }

    /** Who is told of changes after this. */
    void onChange(EeBus.CodeListener listener) {
        changeListener = listener;
    }

    /** Forgets all: what the instructions do has changed, not they. */
    void forget() {
        for (Page page : pages) {
            if (page != null) {
                Arrays.fill(page.code, Dispatch.UNDECODED);
            }
        }
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
            int pageEnd = Math.min(end, (address | 0xFFF) + 1);
            Page page = pages[address >> EeBus.PAGE_SHIFT];
            if (page != null) {
                wordsChanged(page, address & ~0xFFF, (address & 0xFFF) >> 2, (pageEnd - 1 & 0xFFF) >> 2);
            }
            address = pageEnd;
        }
    }

    /** Forgets what depends on the words from {@code first} to {@code last} of the page at {@code start}. */
    private void wordsChanged(Page page, int start, int first, int last) {
        int from = page.costs.firstAffected(first);
        int end = page.costs.endAffected(last);
        page.costs.forget(from, end);
        page.inScratchpad.clear(first, last + 1);
        page.inDevices.clear(first, last + 1);
        for (int i = from; i < end; i++) {
            page.code[4 * i] = Dispatch.UNDECODED;
        }
        changeListener.changed(start + 4 * from, 4 * (end - from));
    }
}
