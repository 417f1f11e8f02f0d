package soliloquy.bios.iop;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import soliloquy.bios.irx.ModuleCall;

/** The devices that modules have added, each at the address of its iop_device_t. Source: ps2sdk {@code iop/system/ioman}. */
final class ModuleDevices {
    private static final int MOST_DEVICES = 16;
    private static final int LONGEST_NAME = 32;

    /** Places in iop_device_t. */
    private static final int TYPE = 4;

    private static final int OPERATIONS = 16;

    /** In the type of a device that has the extended operations and structures. */
    private static final int EXTENDED_TYPE = 0x1000_0000;

    private static final int TYPE_MASK = 0xF000_0000;

    /**
     * A path on a device of a module.
     *
     * @param path address of the text behind the colon
     */
    record Place(int device, int unit, int path) {}

    private final List<Integer> added = new ArrayList<>();

    void reset() {
        added.clear();
    }

    /** AddDrv: 0, or -1 if there are too many or the device does not begin. */
    int add(ModuleCall call, int device) {
        if (added.size() >= MOST_DEVICES) {
            return -1;
        }
        added.add(device);
        call.invoke(
                operation(call, device, DeviceOperation.INIT),
                result -> {
                    if (result < 0) {
                        added.removeIf(at -> at == device);
                    }
                    return result < 0 ? -1 : 0;
                },
                device);
        return 0;
    }

    /** The device called {@code name}. */
    Optional<Integer> find(ModuleCall call, String name) {
        byte[] wanted = name.getBytes(StandardCharsets.ISO_8859_1);
        return added.stream()
                .filter(device -> Arrays.equals(call.text(call.word(device)), wanted))
                .findFirst();
    }

    /** DelDrv of a device that {@link #find} has found. */
    int remove(ModuleCall call, int device) {
        call.invoke(
                operation(call, device, DeviceOperation.DEINIT),
                result -> {
                    added.removeIf(at -> at == device);
                    return 0;
                },
                device);
        return 0;
    }

    /** Address of the function of an operation. */
    static int operation(ModuleCall call, int device, DeviceOperation operation) {
        return call.word(call.word(device + OPERATIONS) + 4 * operation.ordinal());
    }

    static int type(ModuleCall call, int device) {
        return call.word(device + TYPE);
    }

    /** True if the device has the extended operations and structures. */
    static boolean extended(ModuleCall call, int device) {
        return (type(call, device) & TYPE_MASK) == EXTENDED_TYPE;
    }

    /** The module's device that the text at {@code address} names, or null. */
    Place place(ModuleCall call, int address) {
        byte[] text = call.text(address);
        int start = 0;
        while (start < text.length && text[start] == ' ') {
            start++;
        }
        int colon = start;
        while (colon < text.length && text[colon] != ':') {
            colon++;
        }
        if (colon == text.length || colon - start >= LONGEST_NAME) {
            return null;
        }
        int digits = colon;
        int unit = 0;
        for (int scale = 1; digits > start && Character.isDigit(text[digits - 1]); scale *= 10) {
            digits--;
            unit += (text[digits] - '0') * scale;
        }
        int rest = address + colon + 1;
        int number = unit;
        return find(call, new String(text, start, digits - start, StandardCharsets.ISO_8859_1))
                .map(device -> new Place(device, number, rest))
                .orElse(null);
    }
}
