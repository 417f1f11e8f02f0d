package soliloquy.bios.irx;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What sysclib's prnt does with a format: flags, width, precision, the conversions d i u o x X p c s and %. Anything else is printed
 * as it stands. Source: ps2sdk {@code sysclib}; ps2autotests kernel/iop/libc/sprintf.
 */
final class PrintFormat {
    /** Arguments one after another. */
    interface Arguments {
        int next();
    }

    private static final int WIDEST = 4096;
    /** Octets after which a text is cut: no module prints so much at once. */
    private static final int LONGEST = 1 << 20;

    private final ModuleCall call;
    private final Arguments arguments;
    private final byte[] format;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int at;
    private boolean left;
    private boolean zeros;
    private boolean alternate;
    private String plus;
    private int width;
    private int precision;

    private PrintFormat(ModuleCall call, byte[] format, Arguments arguments) {
        this.call = call;
        this.format = format;
        this.arguments = arguments;
    }

    /** The text that {@code format} and {@code arguments} make. */
    static byte[] print(ModuleCall call, byte[] format, Arguments arguments) {
        return new PrintFormat(call, format, arguments).print();
    }

    /** Arguments of the call from {@code first} on. */
    static Arguments of(ModuleCall call, int first) {
        return new Arguments() {
            private int index = first;

            @Override
            public int next() {
                return call.argument(index++);
            }
        };
    }

    /** Arguments of a va_list. */
    static Arguments at(ModuleCall call, int address) {
        return new Arguments() {
            private int next = address;

            @Override
            public int next() {
                int value = call.word(next);
                next += 4;
                return value;
            }
        };
    }

    private byte[] print() {
        while (at < format.length && out.size() < LONGEST) {
            if (format[at] == '%') {
                int start = at++;
                if (!conversion()) {
                    out.write(format, start, Math.min(at, format.length) - start);
                }
            } else {
                out.write(format[at++]);
            }
        }
        return out.toByteArray();
    }

    private int here() {
        return at < format.length ? format[at] : 0;
    }

    private boolean conversion() {
        flags();
        width = here() == '*' ? star() : number();
        if (width < 0) {
            left = true;
            width = -width;
        }
        precision = -1;
        if (here() == '.') {
            at++;
            precision = here() == '*' ? star() : number();
        }
        width = Math.min(width, WIDEST);
        precision = Math.min(precision, WIDEST);
        while (here() == 'l' || here() == 'h') {
            at++;
        }
        int letter = here();
        at++;
        switch (letter) {
            case 'd', 'i', 'D' -> signed(arguments.next());
            case 'u', 'U' -> unsigned("", Integer.toUnsignedString(arguments.next()));
            case 'o', 'O' -> unsigned(alternate ? "0" : "", Integer.toOctalString(arguments.next()));
            case 'x', 'p' -> {
                int value = arguments.next();
                unsigned(alternate && value != 0 ? "0x" : "", Integer.toHexString(value));
            }
            case 'X' -> {
                int value = arguments.next();
                unsigned(
                        alternate && value != 0 ? "0X" : "",
                        Integer.toHexString(value).toUpperCase(java.util.Locale.ROOT));
            }
            case 'c' -> padded(new byte[] {(byte) arguments.next()}, ' ');
            case 's' -> string(arguments.next());
            case '%' -> out.write('%');
            default -> {
                return false;
            }
        }
        return true;
    }

    private void flags() {
        left = false;
        zeros = false;
        alternate = false;
        plus = "";
        for (; ; at++) {
            switch (here()) {
                case '-' -> left = true;
                case '0' -> zeros = true;
                case '#' -> alternate = true;
                case '+' -> plus = "+";
                case ' ' -> plus = plus.isEmpty() ? " " : plus;
                default -> {
                    return;
                }
            }
        }
    }

    private int star() {
        at++;
        return arguments.next();
    }

    private int number() {
        int number = 0;
        while (here() >= '0' && here() <= '9') {
            number = Math.min(WIDEST, number * 10 + here() - '0');
            at++;
        }
        return number;
    }

    private void signed(int value) {
        unsigned(value < 0 ? "-" : plus, Long.toString(Math.abs((long) value)));
    }

    private void unsigned(String sign, String digits) {
        String shown = precision == 0 && digits.equals("0") ? "" : digits;
        StringBuilder number = new StringBuilder(sign);
        int length = Math.max(precision, zeros && !left && precision < 0 ? width - sign.length() : 0);
        number.repeat("0", Math.max(0, length - shown.length())).append(shown);
        padded(number.toString().getBytes(StandardCharsets.US_ASCII), ' ');
    }

    private void string(int address) {
        byte[] text = address == 0 ? "(null)".getBytes(StandardCharsets.US_ASCII) : call.text(address);
        int length = precision < 0 ? text.length : Math.min(precision, text.length);
        padded(java.util.Arrays.copyOf(text, length), ' ');
    }

    private void padded(byte[] text, int filler) {
        int missing = width - text.length;
        for (int i = 0; !left && i < missing; i++) {
            out.write(filler);
        }
        out.writeBytes(text);
        for (int i = 0; left && i < missing; i++) {
            out.write(filler);
        }
    }
}
