package soliloquy.bios.irx;

import soliloquy.machine.TextOutput;

/** The library stdio: text on the console. Source: ps2sdk {@code iop/system/stdio}. */
final class Stdio implements Library {
    private final TextOutput text;

    Stdio(TextOutput text) {
        this.text = text;
    }

    @Override
    public String name() {
        return "stdio";
    }

    @Override
    public int functions() {
        return 15;
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= 4 && ordinal <= 14;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        return switch (ordinal) {
            case 4 -> // printf
                write(PrintFormat.print(call, call.text(call.argument(0)), PrintFormat.of(call, 1)));
            case 5, 10 -> 0; // getchar, fdgetc: there is nothing to read
            case 8, 13 -> { // gets, fdgets
                call.octet(call.argument(0), 0);
                yield call.argument(0);
            }
            case 14 -> // vfdprintf
                write(PrintFormat.print(call, call.text(call.argument(1)), PrintFormat.at(call, call.argument(2))));
            case 6, 11 -> { // putchar, fdputc
                text.write(call.argument(0) & 0xFF);
                yield call.argument(0);
            }
            case 7 -> { // puts
                int length = write(call.text(call.argument(0)));
                text.write('\n');
                yield length + 1;
            }
            case 9 -> // fdprintf
                write(PrintFormat.print(call, call.text(call.argument(1)), PrintFormat.of(call, 2)));
            default -> write(call.text(call.argument(0))); // fdputs
        };
    }

    private int write(byte[] octets) {
        for (byte octet : octets) {
            text.write(octet & 0xFF);
        }
        return octets.length;
    }
}
