package soliloquy.console.profile;

import java.util.ArrayDeque;

/**
 * Where in a function's code its stack frame is made and its return address saved: found by following all ways through it, since
 * programs have no such tables. Compilers make frames by {@code addiu sp,sp,-N} and save by {@code sw/sd/sq ra,K(sp)}. They may load
 * the return address long before they return, and yet stay; so it counts as saved until the frame is gone.
 */
final class FrameFlow {
    /** The return address is in its register. */
    static final int IN_REGISTER = Integer.MIN_VALUE;

    private static final int ADDIU_SP_SP = 0x27BD;
    private static final int DADDIU_SP_SP = 0x67BD;
    private static final int SW_RA_SP = 0xAFBF;
    private static final int SD_RA_SP = 0xFFBF;
    private static final int SQ_RA_SP = 0x7FBF;

    /** What control does at an instruction. */
    private enum Control {
        NEXT,
        BRANCH,
        ALWAYS,
        RETURN
    }

    private final int[] code;
    private final int start;
    private final int[] frames;
    private final int[] saved;
    private final boolean[] known;
    private final ArrayDeque<Integer> open = new ArrayDeque<>();

    /** @param code the function's instructions, the first of them at {@code start} */
    FrameFlow(int[] code, int start) {
        this.code = code;
        this.start = start;
        frames = new int[code.length];
        saved = new int[code.length];
        known = new boolean[code.length];
        reach(0, 0, IN_REGISTER);
        follow();
        // Cases of a switch are reached through a table: they are in the body, where the frame is whole.
        for (int i = 1; i < code.length; i++) {
            if (!known[i]) {
                int whole = largestFrame();
                reach(i, frames[whole], saved[whole]);
                follow();
            }
        }
    }

    /** Bytes that SP is below its value on entry, before instruction {@code index}. */
    int frame(int index) {
        return frames[index];
    }

    /** Where the return address is then, in bytes from SP on entry, or {@link #IN_REGISTER}. */
    int saved(int index) {
        return saved[index];
    }

    private int largestFrame() {
        int largest = 0;
        for (int i = 0; i < code.length; i++) {
            if (known[i] && saved[i] != IN_REGISTER && (frames[i] > frames[largest] || saved[largest] == IN_REGISTER)) {
                largest = i;
            }
        }
        return largest;
    }

    private void reach(int index, int frame, int save) {
        if (index >= 0 && index < code.length && !known[index]) {
            known[index] = true;
            frames[index] = frame;
            saved[index] = save;
            open.add(index);
        }
    }

    private void follow() {
        while (!open.isEmpty()) {
            int at = open.remove();
            int word = code[at];
            int frame = frameAfter(word, frames[at]);
            int save = savedAfter(word, frames[at], saved[at]);
            Control control = control(word);
            if (control == Control.NEXT || at + 1 >= code.length) {
                reach(at + 1, frame, save);
                continue;
            }
            int slot = code[at + 1];
            if (!known[at + 1]) {
                known[at + 1] = true;
                frames[at + 1] = frame;
                saved[at + 1] = save;
            }
            int behindFrame = frameAfter(slot, frame);
            int behindSave = savedAfter(slot, frame, save);
            if (control == Control.BRANCH) {
                reach(at + 2, behindFrame, behindSave);
            }
            if (control != Control.RETURN) {
                reach(target(word, at), behindFrame, behindSave);
            }
        }
    }

    private static int frameAfter(int word, int frame) {
        int upper = word >>> 16;
        return upper == ADDIU_SP_SP || upper == DADDIU_SP_SP ? frame - (short) word : frame;
    }

    private static int savedAfter(int word, int frame, int save) {
        return switch (word >>> 16) {
            case SW_RA_SP, SD_RA_SP, SQ_RA_SP -> (short) word - frame;
            default -> frameAfter(word, frame) == 0 ? IN_REGISTER : save;
        };
    }

    private static Control control(int word) {
        return switch (word >>> 26) {
            case 0 -> (word & 0x3F) == 8 ? Control.RETURN : Control.NEXT; // jr; jalr comes back
            case 1 -> (word >>> 16 & 0x1F) < 4 ? Control.BRANCH : Control.NEXT; // those that link come back
            case 2 -> Control.ALWAYS; // j
            case 4 -> (word >>> 16 & 0x3FF) == 0 ? Control.ALWAYS : Control.BRANCH; // beq zero,zero
            case 5, 6, 7, 20, 21, 22, 23 -> Control.BRANCH;
            case 16, 17, 18 -> (word >>> 21 & 0x1F) == 8 ? Control.BRANCH : Control.NEXT; // bc0f and its kin
            default -> Control.NEXT;
        };
    }

    private int target(int word, int at) {
        return word >>> 26 == 2 ? ((word & 0x03FF_FFFF) << 2) - (start & 0x0FFF_FFFF) >> 2 : at + 1 + (short) word;
    }
}
