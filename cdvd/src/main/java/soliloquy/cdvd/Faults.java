package soliloquy.cdvd;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The faults of one drive, and how often each place has failed so far. The same seeds and reads fail the same way. */
final class Faults {
    private final List<Fault> faults;
    private final List<Map<Integer, Integer>> failures;
    private long passes;
    private long hits;

    Faults(List<Fault> faults) {
        this.faults = List.copyOf(faults);
        failures = this.faults.stream()
                .<Map<Integer, Integer>>map(fault -> new HashMap<>())
                .toList();
    }

    /** True if {@code lsn}, which has just passed under the head, could not be read. */
    boolean passFails(int lsn) {
        if (faults.isEmpty()) {
            return false;
        }
        boolean fails = false;
        passes++;
        for (int i = 0; i < faults.size(); i++) {
            fails |= switch (faults.get(i)) {
                case Fault.ReadError error ->
                    lsn >= error.first()
                            && lsn <= error.last()
                            && chosen(error.seed(), lsn, error.rate())
                            && counted(i, lsn, error.times());
                case Fault.Vibration vibration -> chosen(vibration.seed(), passes, vibration.rate());
                case Fault.Slow slow -> false;
                case Fault.TrayOpen tray -> false;
                case Fault.Corrupt corrupt -> false;
            };
        }
        if (fails) {
            hits++;
        }
        return fails;
    }

    /** Inverts the bytes of {@code lsn} that are delivered wrong; its user data start at {@code offset}. */
    void corrupt(int lsn, byte[] sector, int offset) {
        for (int i = 0; i < faults.size(); i++) {
            if (faults.get(i) instanceof Fault.Corrupt corrupt && corrupt.lsn() == lsn && wrong(i, corrupt)) {
                sector[offset + corrupt.index()] ^= (byte) 0xFF;
                hits++;
            }
        }
    }

    /** The tray was opened on demand. */
    void trayHit() {
        hits++;
    }

    /** How often a fault made a difference: passes that failed, bytes inverted, openings of the tray. */
    long hits() {
        return hits;
    }

    /** How much slower the drive is. */
    double slowness() {
        double factor = 1;
        for (Fault fault : faults) {
            if (fault instanceof Fault.Slow slow) {
                factor *= slow.factor();
            }
        }
        return factor;
    }

    private boolean wrong(int fault, Fault.Corrupt corrupt) {
        int before = failures.get(fault).merge(corrupt.lsn(), 1, Integer::sum) - 1;
        return before >= corrupt.after()
                && (corrupt.times() == Fault.ALWAYS || before - corrupt.after() < corrupt.times());
    }

    private boolean counted(int fault, int lsn, int times) {
        if (times == Fault.ALWAYS) {
            return true;
        }
        int before = failures.get(fault).getOrDefault(lsn, 0);
        if (before >= times) {
            return false;
        }
        failures.get(fault).put(lsn, before + 1);
        return true;
    }

    /** A choice with probability {@code rate} that depends on nothing else: the finalizer of SplitMix64. */
    private static boolean chosen(long seed, long number, double rate) {
        long mixed = seed * 0x9E37_79B9_7F4A_7C15L + number * 0xD1B5_4A32_D192_ED03L + 0x9E37_79B9_7F4A_7C15L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
        mixed ^= mixed >>> 31;
        return (mixed >>> 11) * 0x1p-53 < rate;
    }
}
