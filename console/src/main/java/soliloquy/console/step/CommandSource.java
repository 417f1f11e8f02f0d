package soliloquy.console.step;

import java.io.IOException;

/** Where commands come from. */
interface CommandSource extends AutoCloseable {
    /** The next line, or null at the end. */
    String next() throws IOException;

    /** Where the line came from, for messages, such as {@code FILE, line 3}; null where a person typed it and may try again. */
    String place();

    /** True if the user wants the program to stop; asking forgets it. */
    default boolean interrupted() {
        return false;
    }

    /** The console has halted here; called before {@link #next} is. */
    default void show(StepState state) throws IOException {}

    /** A command could not be executed, for this reason. */
    default void complain(String text) {}

    @Override
    default void close() throws IOException {}
}
