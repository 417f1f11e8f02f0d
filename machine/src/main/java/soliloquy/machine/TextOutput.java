package soliloquy.machine;

/** Where text that the guest prints goes: console text, not a log. */
@FunctionalInterface
public interface TextOutput {
    /** Takes one byte of guest text, in the encoding the guest chose. */
    void write(int octet);
}
