package soliloquy.ee;

/** Loads and stores of parts of words and doublewords (little-endian). Source: ps2autotests cpu/ee/lsu. */
final class UnalignedAccess {
    private final R5900 cpu;
    private final EeBus bus;

    UnalignedAccess(R5900 cpu, EeBus bus) {
        this.cpu = cpu;
        this.bus = bus;
    }

    /** Executes {@code row}; {@code d} is the register that is loaded or stored. */
    void execute(Instruction row, int d, int address) {
        try {
            access(row, d, address);
        } catch (GuestException e) {
            // BadVAddr is the address itself and not the word's, and a store misses as a store though it reads first.
            boolean store = row.has(Instruction.Trait.STORE);
            throw e.with(store ? ExceptionCode.TLB_REFILL_STORE : ExceptionCode.TLB_REFILL_LOAD, address);
        }
    }

    private void access(Instruction row, int d, int address) {
        long[] g = cpu.gpr;
        int word = address & ~3;
        int doubleword = address & ~7;
        int shift4 = 8 * (address & 3);
        int shift8 = 8 * (address & 7);
        switch (row) {
            // Always sign-extends, unlike LWR.
            case LWL -> g[d] = (int) g[d] & 0x00FF_FFFF >>> shift4 | (int) (bus.load(word, 4) << 24 - shift4);
            case LWR -> {
                int loaded = (int) bus.load(word, 4);
                if (shift4 == 0) {
                    g[d] = loaded;
                } else {
                    long mask = 0xFFFF_FFFFL >>> shift4;
                    g[d] = g[d] & ~mask | loaded >>> shift4 & mask;
                }
            }
            case LDL -> g[d] = g[d] & 0x00FF_FFFF_FFFF_FFFFL >>> shift8 | bus.load(doubleword, 8) << 56 - shift8;
            case LDR -> {
                long mask = -1L >>> shift8;
                g[d] = g[d] & ~mask | bus.load(doubleword, 8) >>> shift8;
            }
            case SWL -> {
                int kept = (int) bus.load(word, 4) & (int) (0xFFFF_FF00L << shift4);
                bus.store(word, 4, kept | (int) g[d] >>> 24 - shift4);
            }
            case SWR -> {
                int kept = (int) bus.load(word, 4) & (1 << shift4) - 1;
                bus.store(word, 4, kept | (int) g[d] << shift4);
            }
            case SDL -> {
                long kept = shift8 == 56 ? 0 : bus.load(doubleword, 8) & -1L << 8 + shift8;
                bus.store(doubleword, 8, kept | g[d] >>> 56 - shift8);
            }
            case SDR -> {
                long kept = bus.load(doubleword, 8) & (1L << shift8) - 1;
                bus.store(doubleword, 8, kept | g[d] << shift8);
            }
            default -> throw new IllegalStateException(row + " is not an unaligned load or store");
        }
    }
}
