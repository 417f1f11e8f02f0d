package soliloquy.bios;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A path as guests write it: {@code cdrom0:\DIR\NAME.EXT;1}, {@code host:file}, {@code rom0:ROMVER}.
 *
 * @param device the device without its unit number and colon, in small letters; empty if the path names none
 * @param unit the unit number, 0 if the path names none
 * @param parts directories and name, without separators
 */
public record DevicePath(String device, int unit, List<String> parts) {
    /** Takes a path apart; any text is a path. */
    public static DevicePath parse(String text) {
        int colon = text.indexOf(':');
        String device = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        int digits = device.length();
        while (digits > 0 && Character.isDigit(device.charAt(digits - 1)) && device.length() - digits < 4) {
            digits--;
        }
        int unit = digits < device.length() ? Integer.parseInt(device.substring(digits), 10) : 0;
        List<String> parts = new ArrayList<>();
        for (String part : text.substring(colon + 1).split("[\\\\/]", 0)) {
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return new DevicePath(device.substring(0, digits), unit, List.copyOf(parts));
    }

    /** True for the disc drive. */
    public boolean isDisc() {
        return device.equals("cdrom") || device.equals("cdfs");
    }

    /** The parts with a slash between them. */
    public String joined() {
        return String.join("/", parts);
    }
}
