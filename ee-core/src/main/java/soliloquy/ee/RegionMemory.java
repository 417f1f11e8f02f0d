package soliloquy.ee;

/**
 * Accesses to RDRAM from compiled regions. They stand in methods too long for HotSpot's first compiler to take them into a region,
 * because it does not see through handles of variables and would make calls of them; the second compiler takes them in and leaves
 * one instruction. Code for the second compiler alone has the handles in place, where nothing counts against its limit for inlining.
 */
final class RegionMemory {
    private RegionMemory() {}

    /** The 2, 4 or 8 bytes at {@code index}, sign-extended. */
    static long load(byte[] ram, int index, int bytes) {
        return switch (bytes) {
            case 2 -> (short) EeBus.SHORTS.get(ram, index);
            case 4 -> (int) EeBus.INTS.get(ram, index);
            default -> (long) EeBus.LONGS.get(ram, index);
        };
    }

    /** Stores the low 2, 4 or 8 bytes of {@code value} at {@code index}. */
    static void store(byte[] ram, int index, long value, int bytes) {
        switch (bytes) {
            case 2 -> EeBus.SHORTS.set(ram, index, (short) value);
            case 4 -> EeBus.INTS.set(ram, index, (int) value);
            default -> EeBus.LONGS.set(ram, index, value);
        }
    }
}
