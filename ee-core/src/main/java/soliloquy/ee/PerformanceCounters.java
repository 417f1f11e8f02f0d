package soliloquy.ee;

import soliloquy.machine.Notices;

/**
 * The two performance counters of COP0. They count processor cycles and completed instructions, which are the same here as
 * long as an instruction takes one cycle. Source: ps2autotests cpu/ee_cop0/performance; DobieStation's event numbers.
 */
final class PerformanceCounters {
    private static final int WRITABLE = 0x000F_FBFE;
    private static final int CTE = 0x8000_0000;
    private static final int MODES = 0x1E;
    private static final int EVENT_CYCLE = 1;
    private static final int EVENT_COMPLETED = 12;
    private static final int EVENT_COMPLETED_NOT_IN_SLOT = 13;
    private static final int EVENT_NONE = 16;

    private final Cop0 cop0;
    private final R5900 cpu;
    private final int[] counters = new int[2];
    private int control;
    private boolean counting;
    private long since;

    PerformanceCounters(Cop0 cop0, R5900 cpu) {
        this.cop0 = cop0;
        this.cpu = cpu;
    }

    /** MFPS: bit 31 is never read back. */
    int control() {
        return control;
    }

    /** MTPS. */
    void control(int value) {
        catchUp();
        control = value & WRITABLE;
        counting = (value & CTE) != 0;
        for (int i = 0; counting && i < 2; i++) {
            if ((group(i) & MODES) != 0 && event(i) != EVENT_NONE && !counted(event(i))) {
                report("performance counter %d was set to event %d, which is not counted; it stays as it is"
                        .formatted(i, event(i)));
            }
        }
    }

    /** MFPC. */
    int counter(int index) {
        catchUp();
        return counters[index];
    }

    /** MTPC. */
    void counter(int index, int value) {
        catchUp();
        counters[index] = value;
    }

    private int group(int i) {
        return i == 0 ? control : control >> 10;
    }

    private int event(int i) {
        return group(i) >> 5 & 31;
    }

    private static boolean counted(int event) {
        return event == EVENT_CYCLE || event == EVENT_COMPLETED || event == EVENT_COMPLETED_NOT_IN_SLOT;
    }

    private void report(String text) {
        cpu.notices().report(Notices.Kind.UNIMPLEMENTED, "EE", cpu.accessPc, text);
    }

    /** Counts up to the present cycle in the present mode; called before the mode changes. */
    void catchUp() {
        long now = cpu.cycles();
        if (counting) {
            int modeBit = switch (cop0.mode()) {
                case 3 -> 1 << 1;
                case 0 -> 1 << 2;
                case 1 -> 1 << 3;
                default -> 1 << 4;
            };
            for (int i = 0; i < 2; i++) {
                if ((group(i) & modeBit) != 0 && counted(event(i))) {
                    int before = counters[i];
                    counters[i] += (int) (now - since);
                    if ((~before & counters[i]) < 0) {
                        report("performance counter %d reached bit 31, and its exception is not raised".formatted(i));
                    }
                }
            }
        }
        since = now;
    }
}
