package soliloquy.ee;

/**
 * The two performance counters of COP0. They count processor cycles and completed instructions, which are the same here as
 * long as an instruction takes one cycle; other events do not advance. Source: ps2autotests cpu/ee_cop0/performance;
 * DobieStation's event numbers.
 */
final class PerformanceCounters {
    private static final int WRITABLE = 0x000F_FBFE;
    private static final int CTE = 0x8000_0000;
    private static final int EVENT_CYCLE = 1;
    private static final int EVENT_COMPLETED = 12;
    private static final int EVENT_COMPLETED_NOT_IN_SLOT = 13;

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

    private void catchUp() {
        long now = cpu.cycles();
        if (counting) {
            for (int i = 0; i < 2; i++) {
                int group = i == 0 ? control : control >> 10;
                int event = group >> 5 & 31;
                int modeBit = switch (cop0.mode()) {
                    case 3 -> 1 << 1;
                    case 0 -> 1 << 2;
                    case 1 -> 1 << 3;
                    default -> 1 << 4;
                };
                boolean counted =
                        event == EVENT_CYCLE || event == EVENT_COMPLETED || event == EVENT_COMPLETED_NOT_IN_SLOT;
                if ((group & modeBit) != 0 && counted) {
                    counters[i] += (int) (now - since);
                }
            }
        }
        since = now;
    }
}
