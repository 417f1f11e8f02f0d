package soliloquy.bios.iop;

import soliloquy.bios.irx.Library;
import soliloquy.bios.irx.ModuleCall;

/** The library ioman: {@link DeviceFiles} as the ROM shows them. Source: ps2sdk {@code iop/system/ioman}. */
final class Ioman implements Library {
    private final DeviceFiles files;

    Ioman(DeviceFiles files) {
        this.files = files;
    }

    @Override
    public void reset() {
        files.reset();
    }

    @Override
    public String name() {
        return "ioman";
    }

    @Override
    public int functions() {
        return 25;
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= 4 && ordinal <= 18 || ordinal == 20 || ordinal == 21;
    }

    @Override
    public boolean inHandlers(int ordinal) {
        return false;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        int first = call.argument(0);
        int second = call.argument(1);
        int third = call.argument(2);
        return switch (ordinal) {
            case 4 -> files.open(call, first, DeviceOperation.OPEN, second, third);
            case 5, 14 -> files.close(call, first);
            case 6 -> files.read(call, first, second, third);
            case 7 -> files.write(call, first, second, third);
            case 8 -> files.seek(call, first, second, third);
            case 9 -> files.forward(call, first, DeviceOperation.IOCTL, second, third);
            case 10 -> files.onPath(call, first, DeviceOperation.REMOVE);
            case 11 -> files.onPath(call, first, DeviceOperation.MAKE_DIRECTORY, second);
            case 12 -> files.onPath(call, first, DeviceOperation.REMOVE_DIRECTORY);
            case 13 -> files.open(call, first, DeviceOperation.OPEN_DIRECTORY, 0, 0);
            case 15 -> files.readDirectory(call, first, second);
            case 16 -> files.status(call, first, second);
            case 17 -> files.onPath(call, first, DeviceOperation.CHANGE_STATUS, second, third);
            case 18 -> files.onPath(call, first, DeviceOperation.FORMAT, second, third, call.argument(3));
            case 20 -> files.add(call, first);
            default -> files.remove(call, DeviceFiles.text(call, first));
        };
    }
}
