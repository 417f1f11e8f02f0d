package soliloquy.llm.generate;

import java.util.Locale;
import soliloquy.machine.InputException;

/**
 * Which layers' matrices stay in the console's memory.
 *
 * @param layers the first so many unique layers at most
 */
public record Residency(int layers) {
    /** As many as fit. */
    public static final Residency ALL = new Residency(Integer.MAX_VALUE);

    /** None: every pass reads all of them. */
    public static final Residency NONE = new Residency(0);

    /**
     * From an option's text.
     *
     * @throws InputException it is neither {@code all}, {@code none} nor a number of layers
     */
    public static Residency parse(String text) throws InputException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "all" -> ALL;
            case "none" -> NONE;
            default -> {
                if (!text.matches("[0-9]{1,4}")) {
                    throw new InputException("--resident is '" + text + "'; expected all, none or a number of layers");
                }
                yield new Residency(Integer.parseInt(text));
            }
        };
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
        return equals(ALL) ? "all" : equals(NONE) ? "none" : Integer.toString(layers);
    }
}
