package soliloquy.ee;

/** Whether multimedia instructions are compiled to operations of the Vector API. */
enum VectorUse {
    NEVER,
    /** Where they have been measured to be faster. */
    MEASURED,
    /** Wherever there is a form of them, for tests. */
    ALWAYS
}
