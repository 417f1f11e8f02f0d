package soliloquy.ee;

import soliloquy.machine.Ram;

/** A channel that takes data from memory: normal mode and source chains. */
abstract class DmacSourceChannel extends DmacChannel {
    private static final int ASP_SHIFT = 4;

    DmacSourceChannel(Dmac dmac, int number, int cyclesPerQuadword) {
        super(dmac, number, cyclesPerQuadword);
    }

    /** Takes some of {@code quadwords} that lie in one piece at {@code offset}; returns how many, 0 if it must wait. */
    abstract int accept(Ram memory, int offset, int quadwords);

    /** Takes the upper half of a tag when CHCR.TTE is set; false if it must wait. */
    boolean acceptTag(long payload) {
        return true;
    }

    @Override
    int move() {
        Ram memory = memory(madr);
        int done = accept(memory, madr & memory.mask & ~15, run(memory, madr, qwc));
        madr = address(madr + (done << 4));
        qwc -= done;
        return done;
    }

    @Override
    final int tag() {
        Ram memory = memory(tadr);
        long low = memory.read64(tadr & ~15);
        if ((chcr & CHCR_TTE) != 0 && !acceptTag(memory.read64((tadr & ~15) + 8))) {
            return 0;
        }
        int tag = (int) low;
        int target = address((int) (low >>> 32));
        int after = address(tadr + 16);
        int length = (tag & 0xFFFF) << 4;
        keepTag(tag);
        qwc = tag & 0xFFFF;
        last = endsAfter(tag);
        switch (tag >>> 28 & 7) {
            case ID_REFE, ID_REF, ID_REFS -> {
                madr = target;
                tadr = after;
            }
            case ID_CNT -> {
                madr = after;
                tadr = address(after + length);
            }
            case ID_NEXT -> {
                madr = after;
                tadr = target;
            }
            case ID_CALL -> call(after, address(after + length), target);
            case ID_RET -> ret(after);
            default -> madr = after; // end
        }
        return 1;
    }

    private int pointer() {
        return chcr >>> ASP_SHIFT & 3;
    }

    private void pointer(int value) {
        chcr = chcr & ~(3 << ASP_SHIFT) | value << ASP_SHIFT;
    }

    private void call(int data, int following, int target) {
        madr = data;
        tadr = target;
        switch (pointer()) {
            case 0 -> {
                asr0 = following;
                pointer(1);
            }
            case 1 -> {
                asr1 = following;
                pointer(2);
            }
            default -> {
                dmac.unusual("channel " + number + " calls more than two levels deep; the chain ends there");
                last = true;
            }
        }
    }

    private void ret(int data) {
        madr = data;
        switch (pointer()) {
            case 0 -> last = true;
            case 1 -> {
                tadr = asr0;
                pointer(0);
            }
            default -> {
                tadr = asr1;
                pointer(1);
            }
        }
    }
}
