package soliloquy.llm.build;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The C sources that are the same for every model; they travel in the program's jar. */
public final class GuestSources {
    private static final String ROOT = "/soliloquy/llm/guest/";

    /** Start-up code, kernel calls and device clients. */
    public static final List<String> SDK = List.of(
            "sdk/crt0.S",
            "sdk/syscalls.S",
            "sdk/cdvd.c",
            "sdk/clock.c",
            "sdk/font.c",
            "sdk/format.c",
            "sdk/gs.c",
            "sdk/pad.c",
            "sdk/screen.c",
            "sdk/sif_command.c",
            "sdk/sif_rpc.c",
            "sdk/sio.c",
            "sdk/stream.c",
            "sdk/string.c",
            "sdk/utf8.c");

    /** The language model program, without what is generated. */
    public static final List<String> ENGINE = List.of(
            "engine/attention.c",
            "engine/byte_level.c",
            "engine/crc32.c",
            "engine/eight_sums.c",
            "engine/main.c",
            "engine/multiply.c",
            "engine/normalizer.c",
            "engine/options.c",
            "engine/report.c",
            "engine/sampler.c",
            "engine/scratchpad.c",
            "engine/softmax.c",
            "engine/stages.c",
            "engine/swiglu.c",
            "engine/tokenizer.c",
            "engine/unicode.c",
            "engine/vector.c",
            "engine/vocabulary.c",
            "engine/weights.c",
            "program/conversation.c",
            "program/keyboard.c",
            "program/keys.c",
            "program/menu.c",
            "program/reading.c",
            "program/scroll.c",
            "program/settings_page.c",
            "program/stage_page.c",
            "program/status.c",
            "program/story.c",
            "program/telling.c");

    private static final List<String> SDK_HEADERS = List.of(
            "sdk/link.ld",
            "sdk/cdvd.h",
            "sdk/clock.h",
            "sdk/font.h",
            "sdk/format.h",
            "sdk/gs.h",
            "sdk/kernel.h",
            "sdk/pad.h",
            "sdk/screen.h",
            "sdk/sif.h",
            "sdk/stream.h",
            "sdk/stream_protocol.h",
            "sdk/string.h",
            "sdk/types.h",
            "sdk/utf8.h");

    private static final List<String> ENGINE_HEADERS = List.of(
            "engine/attention.h",
            "engine/byte_level.h",
            "engine/crc32.h",
            "engine/ee_float.h",
            "engine/eight_sums.h",
            "engine/fault.h",
            "engine/multiply.h",
            "engine/normalizer.h",
            "engine/options.h",
            "engine/power_of_two.h",
            "engine/report.h",
            "engine/sampler.h",
            "engine/scratchpad.h",
            "engine/softmax.h",
            "engine/stages.h",
            "engine/tokenizer.h",
            "engine/unicode.h",
            "engine/vector.h",
            "engine/vocabulary.h",
            "engine/weights.h",
            "program/conversation.h",
            "program/keyboard.h",
            "program/keys.h",
            "program/menu.h",
            "program/reading.h",
            "program/scroll.h",
            "program/settings_page.h",
            "program/stage_page.h",
            "program/status.h",
            "program/story.h",
            "program/telling.h");

    /** The streaming module of the IOP. */
    private static final List<String> MODULE =
            List.of("iop/libraries.S", "iop/stream.c", "iop/libraries.h", "sdk/stream_protocol.h", "sdk/types.h");

    /** The kernels that measure the emulator. */
    private static final List<String> BENCH =
            List.of("bench/start.S", "bench/kernels.c", "bench/kernels.h", "sdk/link.ld");

    /** The same kernels as a program of the host. */
    private static final List<String> HOST_BENCH = List.of("bench/host.c", "bench/kernels.c", "bench/kernels.h");

    /** A model as a program of the host. */
    private static final List<String> HOST_MODEL = List.of("bench/native.c");

    private static final Pattern GLYPH_ROW = Pattern.compile("0x(\\p{XDigit}{2})[,}]");

    private GuestSources() {}

    /** Every file by its path: SDK and engine, compiled sources and headers. */
    public static Map<String, String> all() throws IOException {
        return read(List.of(SDK, SDK_HEADERS, ENGINE, ENGINE_HEADERS));
    }

    /** Only the SDK, for other guest programs. */
    public static Map<String, String> sdk() throws IOException {
        return read(List.of(SDK, SDK_HEADERS));
    }

    /** The streaming module of the IOP. */
    public static Map<String, String> module() throws IOException {
        return read(List.of(MODULE));
    }

    /** The kernels that measure the emulator. */
    public static Map<String, String> bench() throws IOException {
        return read(List.of(BENCH));
    }

    /** The same kernels as a program of the host. */
    public static Map<String, String> hostBench() throws IOException {
        return read(List.of(HOST_BENCH));
    }

    /** A model as a program of the host; its shape comes as macros. */
    public static Map<String, String> hostModel() throws IOException {
        return read(List.of(HOST_MODEL));
    }

    private static Map<String, String> read(List<List<String>> parts) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        for (List<String> part : parts) {
            for (String name : part) {
                files.put(name, read(name));
            }
        }
        return files;
    }

    /** Writes files under {@code directory}, which is made as needed; their paths. */
    public static List<Path> write(Map<String, String> files, Path directory) throws IOException {
        List<Path> written = new ArrayList<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path target = directory.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.writeString(target, file.getValue());
            written.add(target);
        }
        return written;
    }

    /** Rows of the glyphs of the guest's font, from the space on; a row is a byte, the leftmost pixel in its highest bit. */
    public static byte[] glyphs() throws IOException {
        List<Byte> rows = new ArrayList<>();
        Matcher row = GLYPH_ROW.matcher(read("sdk/font.c"));
        while (row.find()) {
            rows.add((byte) Integer.parseInt(row.group(1), 16));
        }
        byte[] glyphs = new byte[rows.size()];
        for (int i = 0; i < glyphs.length; i++) {
            glyphs[i] = rows.get(i);
        }
        return glyphs;
    }

    private static String read(String name) throws IOException {
        try (InputStream in = GuestSources.class.getResourceAsStream(ROOT + name)) {
            if (in == null) {
                throw new IllegalStateException("the program's jar lacks " + ROOT + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
