package soliloquy.console;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Finds the callers of a guest function without debug information, from what compilers put at its beginning:
 * {@code addiu sp,sp,-N} makes the frame and {@code sw/sd/sq ra,K(sp)} saves the return address.
 */
final class Backtrace {
    private static final int LONGEST_PROLOGUE_SEARCH = 4096;
    private static final int DEEPEST = 32;
    private static final int ADDIU_SP_SP = 0x27BD0000;
    private static final int DADDIU_SP_SP = 0x67BD0000;
    private static final int SW_RA_SP = 0xAFBF0000;
    private static final int SD_RA_SP = 0xFFBF0000;
    private static final int SQ_RA_SP = 0x7FBF0000;
    private static final int UPPER_HALF = 0xFFFF0000;

    private Backtrace() {}

    /**
     * Return addresses from the innermost caller outwards, at most 32.
     *
     * @param read reads a word of guest memory without side effects; 0 where there is none
     */
    static List<Integer> callers(int pc, int stackPointer, int returnAddress, IntUnaryOperator read) {
        List<Integer> callers = new ArrayList<>();
        int at = pc;
        int sp = stackPointer;
        int ra = returnAddress;
        while (callers.size() < DEEPEST) {
            int frame = 0;
            int saved = Integer.MIN_VALUE;
            for (int address = at & ~3, limit = address - LONGEST_PROLOGUE_SEARCH; address > limit; address -= 4) {
                int word = read.applyAsInt(address);
                int upper = word & UPPER_HALF;
                if ((upper == SW_RA_SP || upper == SD_RA_SP || upper == SQ_RA_SP) && address < at) {
                    saved = (short) word;
                } else if ((upper == ADDIU_SP_SP || upper == DADDIU_SP_SP) && (short) word < 0 && address < at) {
                    frame = -(short) word;
                    break;
                } else if (isReturn(word) && address + 4 < at) {
                    break;
                }
            }
            if (frame == 0 || saved == Integer.MIN_VALUE) {
                if (!callers.isEmpty()) {
                    return callers;
                }
                callers.add(ra);
            } else {
                ra = read.applyAsInt(sp + saved);
                callers.add(ra);
            }
            sp += frame;
            at = ra;
            if (ra == 0 || read.applyAsInt(ra) == 0 && read.applyAsInt(ra - 8) == 0) {
                return callers;
            }
        }
        return callers;
    }

    private static boolean isReturn(int word) {
        return word == 0x03E00008;
    }
}
