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
    public boolean has(int ordinal) {
        return ordinal == 4 || ordinal == 6 || ordinal == 7 || ordinal == 9 || ordinal == 11 || ordinal == 12;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        return switch (ordinal) {
            case 4 -> // printf
                write(PrintFormat.print(call, call.text(call.argument(0)), PrintFormat.of(call, 1)));
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
