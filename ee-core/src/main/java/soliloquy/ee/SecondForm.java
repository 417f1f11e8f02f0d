package soliloquy.ee;

/** Whether a region's second form is compiled: larger, with what is known of its jumps, and with vectors. */
enum SecondForm {
    NEVER,
    /** For hot regions, to stay where it has been measured to be faster. */
    MEASURED,
    /** Instead of the first form, for tests. */
    ALWAYS
}
