package soliloquy.bios.kernel;

import java.nio.charset.StandardCharsets;
import java.util.function.IntUnaryOperator;
import soliloquy.machine.TextOutput;

/** Text that programs print through the kernel: {@code _print} and {@code kputs}. */
final class DebugText {
    private static final int LONGEST = 4096;

    private final KernelMemory memory;
    private final TextOutput output;

    DebugText(KernelMemory memory, TextOutput output) {
        this.memory = memory;
        this.output = output;
    }

    /** kputs: the text at {@code address}. */
    int put(int address) {
        write(memory.text(address, LONGEST));
        return 0;
    }

    /**
     * _print: the text at {@code format} with %d, %i, %u, %x, %X, %p, %c, %s and %% replaced.
     *
     * @param argument gives the words after the format by their index
     */
    int print(int format, IntUnaryOperator argument) {
        String text = memory.text(format, LONGEST);
        StringBuilder out = new StringBuilder();
        int next = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                out.append(c);
                continue;
            }
            int start = i++;
            while (i < text.length() && "0123456789-+ #lh.".indexOf(text.charAt(i)) >= 0) {
                i++;
            }
            char conversion = i < text.length() ? text.charAt(i) : '%';
            String flags = text.substring(start, Math.min(i, text.length()));
            if (conversion == '%') {
                out.append('%');
            } else {
                out.append(convert(conversion, flags.startsWith("%0"), width(flags), argument.applyAsInt(next++)));
            }
        }
        write(out.toString());
        return 0;
    }

    private static int width(String flags) {
        int width = 0;
        for (int i = 1; i < flags.length() && flags.charAt(i) != '.'; i++) {
            if (Character.isDigit(flags.charAt(i))) {
                width = Math.min(64, width * 10 + flags.charAt(i) - '0');
            }
        }
        return width;
    }

    private String convert(char conversion, boolean zeros, int width, int value) {
        String text = switch (conversion) {
            case 'd', 'i' -> Integer.toString(value);
            case 'u' -> Integer.toUnsignedString(value);
            case 'x', 'X', 'p' -> Integer.toHexString(value);
            case 'c' -> Character.toString((char) (value & 0xFF));
            case 's' -> memory.text(value, LONGEST);
            default -> "%" + conversion;
        };
        return (zeros ? "0" : " ").repeat(Math.max(0, width - text.length())) + text;
    }

    private void write(String text) {
        for (byte octet : text.getBytes(StandardCharsets.ISO_8859_1)) {
            output.write(octet & 0xFF);
        }
    }
}
