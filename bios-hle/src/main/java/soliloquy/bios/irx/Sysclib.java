package soliloquy.bios.irx;

import java.util.Arrays;

/** The library sysclib: memory and strings. Source: ps2sdk {@code iop/system/sysclib/exports.tab} and its sources. */
final class Sysclib implements Library {
    private static final int RA = 31;
    /** Memory comes again after these octets, so that nothing needs to go further. */
    private static final int MEMORY = 2 << 20;

    /** Words of the library: where strtok goes on, and where atob's number ends. */
    private static final int TOKENS = 0x880;

    private static final int END = 0x884;

    /** What prnt gives its function at the end: write what it kept, and begin anew. */
    private static final int[] PRINTED = {0x201, 0x200};

    /** Registers of a jmp_buf in its order: ra, sp, fp, s0 to s7, gp. */
    private static final int[] JUMP_REGISTERS = {31, 29, 30, 16, 17, 18, 19, 20, 21, 22, 23, 28};

    @Override
    public String name() {
        return "sysclib";
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= 4 && ordinal <= 44 && ordinal != 39;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        int a = call.argument(0);
        int b = call.argument(1);
        int n = call.argument(2);
        int octets = Math.clamp(n, 0, MEMORY);
        return switch (ordinal) {
            case 4 -> setJump(call, a);
            case 5 -> longJump(call, a, b);
            case 6 -> a >= 'a' && a <= 'z' ? a - 32 : a;
            case 7 -> a >= 'A' && a <= 'Z' ? a + 32 : a;
            case 8 -> CharacterTypes.of(a);
            case 9 -> CharacterTypes.table(call);
            case 10 -> memoryIndex(call, a, b & 0xFF, octets);
            case 11, 15 -> compare(call, a, b, octets, false);
            case 12, 13, 40 -> move(call, a, b, octets);
            case 14 -> fill(call, a, b, octets);
            case 16 -> move(call, b, a, octets); // bcopy
            case 17 -> fill(call, a, 0, Math.clamp(b, 0, MEMORY)); // bzero
            case 18 -> print(call, a, b, n);
            case 19 -> put(call, a, PrintFormat.print(call, call.text(b), PrintFormat.of(call, 2)));
            case 20 -> append(call, a, call.text(b));
            case 21, 25 -> index(call, a, b & 0xFF);
            case 22 -> compare(call, a, b, MEMORY, true);
            case 23 -> {
                call.text(a, call.text(b));
                yield a;
            }
            case 24 -> span(call, a, b, false);
            case 26, 32 -> lastIndex(call, a, b & 0xFF);
            case 27 -> call.text(a).length;
            case 28 -> append(call, a, limited(call.text(b), n));
            case 29 -> compare(call, a, b, octets, true);
            case 30 -> copyPadded(call, a, call.text(b), octets);
            case 31 -> {
                int at = a + span(call, a, b, false);
                yield call.octet(at) == 0 ? 0 : at;
            }
            case 33 -> span(call, a, b, true);
            case 34 -> find(call, a, b);
            case 35 -> token(call, a, b, TOKENS);
            case 36, 38 -> number(call, a, b, n);
            case 37 -> { // atob(s, value): returns the place behind the number
                call.word(b, number(call, a, END, 10));
                yield call.word(END);
            }
            case 41 -> fillWords(call, a, b, octets);
            case 43 -> token(call, a, b, n); // strtok_r
            case 44 -> -1;
            default -> put(call, a, PrintFormat.print(call, call.text(b), PrintFormat.at(call, n))); // 42 vsprintf
        };
    }

    private static int setJump(ModuleCall call, int buffer) {
        for (int i = 0; i < JUMP_REGISTERS.length; i++) {
            call.word(buffer + 4 * i, call.register(JUMP_REGISTERS[i]));
        }
        return 0;
    }

    private static int longJump(ModuleCall call, int buffer, int value) {
        for (int i = 0; i < JUMP_REGISTERS.length; i++) {
            call.register(JUMP_REGISTERS[i], call.word(buffer + 4 * i));
        }
        call.returnAddress(call.register(RA));
        return value;
    }

    private static int memoryIndex(ModuleCall call, int at, int wanted, int count) {
        for (int i = 0; i < count; i++) {
            if (call.octet(at + i) == wanted) {
                return at + i;
            }
        }
        return 0;
    }

    private static int compare(ModuleCall call, int a, int b, int count, boolean text) {
        for (int i = 0; i < count; i++) {
            int difference = call.octet(a + i) - call.octet(b + i);
            if (difference != 0 || text && call.octet(a + i) == 0) {
                return difference;
            }
        }
        return 0;
    }

    private static int move(ModuleCall call, int to, int from, int count) {
        boolean backwards = Integer.compareUnsigned(to - from, count) < 0;
        for (int i = 0; i < count; i++) {
            int offset = backwards ? count - 1 - i : i;
            call.octet(to + offset, call.octet(from + offset));
        }
        return to;
    }

    private static int fill(ModuleCall call, int at, int value, int count) {
        for (int i = 0; i < count; i++) {
            call.octet(at + i, value);
        }
        return at;
    }

    private static int fillWords(ModuleCall call, int at, int value, int octets) {
        for (int i = 0; i + 4 <= octets; i += 4) {
            call.word(at + i, value);
        }
        return at;
    }

    private static int put(ModuleCall call, int at, byte[] text) {
        call.text(at, text);
        return text.length;
    }

    private static int append(ModuleCall call, int at, byte[] text) {
        call.text(at + call.text(at).length, text);
        return at;
    }

    private static byte[] limited(byte[] text, int most) {
        return Arrays.copyOf(text, Math.max(0, Math.min(text.length, most)));
    }

    private static int copyPadded(ModuleCall call, int at, byte[] text, int count) {
        for (int i = 0; i < count; i++) {
            call.octet(at + i, i < text.length ? text[i] : 0);
        }
        return at;
    }

    private static int index(ModuleCall call, int at, int wanted) {
        for (int i = at; i < at + MEMORY; i++) {
            if (call.octet(i) == wanted) {
                return i;
            }
            if (call.octet(i) == 0) {
                return 0;
            }
        }
        return 0;
    }

    private static int lastIndex(ModuleCall call, int at, int wanted) {
        for (int i = at + call.text(at).length; i >= at; i--) {
            if (call.octet(i) == wanted) {
                return i;
            }
        }
        return 0;
    }

    /** How many octets from {@code at} on are ({@code in}) or are not among those of the text at {@code set}. */
    private static int span(ModuleCall call, int at, int set, boolean in) {
        int length = 0;
        while (length < MEMORY
                && call.octet(at + length) != 0
                && (index(call, set, call.octet(at + length)) != 0) == in) {
            length++;
        }
        return length;
    }

    private static int find(ModuleCall call, int text, int wanted) {
        int length = call.text(wanted).length;
        int last = text + call.text(text).length;
        for (int at = text; at <= last; at++) {
            if (compare(call, at, wanted, length, false) == 0) {
                return at;
            }
        }
        return 0;
    }

    /** strtok_r; {@code place} holds where it goes on. */
    private static int token(ModuleCall call, int text, int separators, int place) {
        int start = text != 0 ? text : call.word(place);
        if (start == 0) {
            return 0;
        }
        start += span(call, start, separators, true);
        if (call.octet(start) == 0) {
            call.word(place, 0);
            return 0;
        }
        int end = start + span(call, start, separators, false);
        call.word(place, call.octet(end) == 0 ? 0 : end + 1);
        call.octet(end, 0);
        return start;
    }

    /** prnt: gives a module's function one octet after the other. */
    private static int print(ModuleCall call, int function, int context, int format) {
        byte[] text = PrintFormat.print(call, call.text(format), PrintFormat.at(call, call.argument(3)));
        return print(call, function, context, text, 0);
    }

    private static int print(ModuleCall call, int function, int context, byte[] text, int next) {
        if (next == text.length + PRINTED.length) {
            return text.length;
        }
        int octet = next < text.length ? text[next] & 0xFF : PRINTED[next - text.length];
        call.invoke(function, result -> print(call, function, context, text, next + 1), context, octet);
        return 0;
    }

    /** strtol and strtoul, whose results have the same bits; {@code end} is 0 or takes the place behind the number. */
    private static int number(ModuleCall call, int text, int end, int base) {
        int at = text;
        while (call.octet(at) == ' ' || call.octet(at) >= 9 && call.octet(at) <= 13) {
            at++;
        }
        boolean negative = call.octet(at) == '-';
        if (negative || call.octet(at) == '+') {
            at++;
        }
        int radix = base;
        boolean hexadecimal = call.octet(at) == '0' && (call.octet(at + 1) | 0x20) == 'x';
        if (hexadecimal && (base == 0 || base == 16)) {
            radix = 16;
            at += 2;
        } else if (base == 0) {
            radix = call.octet(at) == '0' ? 8 : 10;
        }
        int value = 0;
        int first = at;
        int digit = Character.digit(call.octet(at), radix);
        while (digit >= 0) {
            value = value * radix + digit;
            digit = Character.digit(call.octet(++at), radix);
        }
        if (end != 0) {
            call.word(end, at == first ? text : at);
        }
        return negative ? -value : value;
    }
}
