package soliloquy.console.gdb;

/** What a debugger sends. */
sealed interface Packet {
    /** A command with a right checksum, taken out of its frame. */
    record Command(java.nio.ByteBuffer payload) implements Packet {}

    /** A frame that cannot be used: its checksum is wrong. */
    record Damaged() implements Packet {}

    /** A frame longer than {@link PacketDecoder#LONGEST}, of which the rest was dropped. */
    record TooLong() implements Packet {}

    /** The last reply arrived. */
    record Acknowledged() implements Packet {}

    /** The last reply did not arrive. */
    record NotAcknowledged() implements Packet {}

    /** Stop the program. */
    record Interrupt() implements Packet {}
}
