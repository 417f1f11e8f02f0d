package soliloquy.bios.irx;

/** A library of the ROM in Java: functions that modules import by ordinal. */
interface Library {
    /** Name in import tables, at most eight characters. */
    String name();

    /** True if the library has a function at {@code ordinal}. */
    boolean has(int ordinal);

    /** Does the function; its result goes to v0, its arguments and the way on are in {@code call}. */
    int call(int ordinal, ModuleCall call);
}
