package soliloquy.machine;

/** What both MIPS processors of the console call their thirty-two general registers, as assemblers write them. */
public final class GeneralRegisters {
    private static final String[] NAMES = {
        "zero", "at", "v0", "v1", "a0", "a1", "a2", "a3", "t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7",
        "s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7", "t8", "t9", "k0", "k1", "gp", "sp", "fp", "ra"
    };

    private GeneralRegisters() {}

    /** Name of register {@code number}, 0 to 31. */
    public static String name(int number) {
        return NAMES[number];
    }
}
