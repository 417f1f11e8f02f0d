package soliloquy.bios.irx;

/** A library of the ROM in Java: functions that modules import by ordinal. */
public interface Library {
    /** The version of nearly all libraries: 1.1. */
    int VERSION = 0x0101;

    /** Name in import tables, at most eight characters. */
    String name();

    /** Version, major in the high byte; a module is linked if its major version is the same. */
    default int version() {
        return VERSION;
    }

    /** Length of the export table; ordinals from here on do not exist. */
    default int functions() {
        return 48;
    }

    /** True if the library is there after boot; one that is not comes with its module of the ROM. */
    default boolean resident() {
        return true;
    }

    /** True if the library, which is not resident, comes when a module imports it and no module exports it. */
    default boolean onDemand() {
        return false;
    }

    /** True if the library has a function at {@code ordinal}. */
    boolean has(int ordinal);

    /** False if an interrupt handler may not call the function: it fails there with {@link KernelError#ILLEGAL_CONTEXT}. */
    default boolean inHandlers(int ordinal) {
        return true;
    }

    /** Does the function; its result goes to v0, its arguments and the way on are in {@code call}. */
    int call(int ordinal, ModuleCall call);

    /** The IOP is reset: forget everything. */
    default void reset() {}
}
