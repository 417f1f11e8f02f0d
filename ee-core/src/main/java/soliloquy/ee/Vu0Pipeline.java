package soliloquy.ee;

import java.util.Arrays;

/**
 * What micro programs see of VU0's pipelines. A word that reads a vector field waits until it is written; flags and Q change behind
 * the program's back: MAC, status and clip flags four words after their instruction, Q after seven (RSQRT thirteen). Source: every
 * row of ps2autotests vu/lower/fdivdelay and vu/upper/clip; that FSSET and FCSET take the flags' way is the manual's word.
 */
final class Vu0Pipeline {
    /** Words from an arithmetic instruction to its result. */
    static final int ARITHMETIC = 4;
    /** Words from DIV or SQRT to Q. */
    static final int DIVISION = 7;
    /** Words from RSQRT to Q. */
    static final int RECIPROCAL_ROOT = 13;

    private static final int STATUS = 16;
    private static final int MAC = 17;
    private static final int CLIP = 18;
    private static final int Q = 22;
    private static final int DIVISION_STATUS = 0x30;
    private static final int STICKY_STATUS = 0xFC0;
    private static final int STICKY_SHIFT = 6;
    /** Two in a word at most, each gone after four words. */
    private static final int PENDING = 16;

    /** What becomes of the flags when a pending change arrives. */
    private enum Change {
        MAC_FLAGS,
        CLIP_FLAGS,
        STICKY_FLAGS
    }

    private final int[] vi;
    private final Change[] changes = new Change[PENDING];
    private final long[] times = new long[PENDING];
    private final int[] values = new int[PENDING];
    private int first;
    private int next;
    private final long[] vectorReady = new long[32 * 4];
    private final long[] integerReady = new long[16];
    private int latestClip;
    private boolean dividing;
    private long quotientTime;
    private int quotient;
    private int quotientStatus;

    Vu0Pipeline(int[] controlRegisters) {
        vi = controlRegisters;
    }

    /** A program starts; nothing of another is under way. */
    void start() {
        latestClip = vi[CLIP];
    }

    /** The first word-cycle from {@code cycle} on at which the vector fields {@code fields} (x is bit 3) can be read. */
    long vector(int register, int fields, long cycle) {
        long ready = cycle;
        for (int i = 0; i < 4; i++) {
            if ((fields >> (3 - i) & 1) != 0) {
                ready = Math.max(ready, vectorReady[4 * register + i]);
            }
        }
        return ready;
    }

    /** The same for the integer registers whose bits are set. */
    long integers(int registers, long cycle) {
        long ready = cycle;
        for (int rest = registers; rest != 0; rest &= rest - 1) {
            ready = Math.max(ready, integerReady[Integer.numberOfTrailingZeros(rest)]);
        }
        return ready;
    }

    /** The first word-cycle from {@code cycle} on at which no division is under way. */
    long division(long cycle) {
        return dividing ? Math.max(cycle, quotientTime) : cycle;
    }

    void writesVector(int register, int fields, long cycle) {
        for (int i = 0; i < 4; i++) {
            if (register != 0 && (fields >> (3 - i) & 1) != 0) {
                vectorReady[4 * register + i] = cycle + ARITHMETIC;
            }
        }
    }

    /** A load of an integer register: only these take longer than a word. */
    void loadsInteger(int register, long cycle) {
        if (register != 0) {
            integerReady[register] = cycle + ARITHMETIC;
        }
    }

    /** Clip flags as the last instruction left them, those under way included. */
    int latestClip() {
        return latestClip;
    }

    void macFlags(int mac, int status, long cycle) {
        add(Change.MAC_FLAGS, mac | (status & 15) << 16, cycle);
    }

    void clipFlags(int clip, long cycle) {
        latestClip = clip;
        add(Change.CLIP_FLAGS, clip, cycle);
    }

    void stickyFlags(int sticky, long cycle) {
        add(Change.STICKY_FLAGS, sticky, cycle);
    }

    private void add(Change change, int value, long cycle) {
        changes[next] = change;
        times[next] = cycle + ARITHMETIC;
        values[next] = value;
        next = next + 1 & PENDING - 1;
    }

    void divides(int result, int status, int latency, long cycle) {
        dividing = true;
        quotient = result;
        quotientStatus = status & DIVISION_STATUS;
        quotientTime = cycle + latency;
    }

    /** Lets everything arrive that is due at {@code cycle}. */
    void arrive(long cycle) {
        while (first != next && times[first] <= cycle) {
            arrive(changes[first], values[first]);
            first = first + 1 & PENDING - 1;
        }
        if (dividing && quotientTime <= cycle) {
            dividing = false;
            vi[Q] = quotient;
            vi[STATUS] = vi[STATUS] & ~DIVISION_STATUS | quotientStatus | quotientStatus << STICKY_SHIFT;
        }
    }

    private void arrive(Change change, int value) {
        switch (change) {
            case MAC_FLAGS -> {
                int status = value >>> 16;
                vi[MAC] = value & 0xFFFF;
                vi[STATUS] = vi[STATUS] & ~15 | status | status << STICKY_SHIFT;
            }
            case CLIP_FLAGS -> vi[CLIP] = value;
            case STICKY_FLAGS -> vi[STATUS] = vi[STATUS] & ~STICKY_STATUS | value;
        }
    }

    /** Forgets what is under way: the unit is reset. */
    void reset() {
        first = next;
        dividing = false;
        Arrays.fill(vectorReady, 0);
        Arrays.fill(integerReady, 0);
    }
}
