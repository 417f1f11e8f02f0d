package soliloquy.llm.build;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import soliloquy.ee.EeBus;
import soliloquy.ee.ExceptionCode;
import soliloquy.ee.R5900;
import soliloquy.llm.TestMaterial;
import soliloquy.llm.generate.EngineModel;
import soliloquy.llm.psnt.ModelConfig;
import soliloquy.llm.psnt.Models;
import soliloquy.llm.psnt.PsntEncoding;
import soliloquy.llm.psnt.PsntFile;
import soliloquy.llm.psnt.PsntHeader;
import soliloquy.machine.MemoryChannel;
import soliloquy.machine.Notices;
import soliloquy.machine.Ram;
import soliloquy.machine.Scheduler;

/** The guest's tokenizer on a bare R5900: no disc, no IOP, a kernel of two calls. */
final class TokenizerProbe {
    private static final int REQUEST = 0x0100_0000;
    private static final int TOKENIZER = 0x0110_0000;
    private static final int TEXTS = 0x0160_0000;
    private static final int RESULTS = 0x01A0_0000;
    private static final int STACK = 0x01FF_E000;
    private static final long LIMIT = 1L << 40;
    private static final List<String> SOURCES = List.of(
            "sdk/crt0.S",
            "sdk/syscalls.S",
            "sdk/string.c",
            "engine/byte_level.c",
            "engine/crc32.c",
            "engine/normalizer.c",
            "engine/tokenizer.c",
            "engine/unicode.c",
            "engine/vocabulary.c");

    private final byte[] program;
    private final byte[] tokenizer;

    /** A text for the tokenizer; turn -1: encoded as it is. */
    @SuppressWarnings("ArrayRecordComponent")
    record Text(int turn, byte[] bytes) {
        static Text of(String text) {
            return new Text(-1, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What it made of a text. */
    @SuppressWarnings("ArrayRecordComponent")
    record Result(int[] ids, byte[] bytes) {}

    /** Compiles the program for a vocabulary; {@code tokenizer} is the contents of TOKENIZR.BIN. */
    TokenizerProbe(byte[] tokenizer, int vocabulary, Path directory) throws IOException {
        this.tokenizer = tokenizer;
        ModelConfig config = new ModelConfig(2, 2, 1, 1, 1, 1, vocabulary, 8, 0, 10000f, 1e-5f, true, false, false);
        byte[] weights = Models.file(new PsntHeader(4, PsntEncoding.Q8, 0, config), 1);
        Map<String, String> files = new LinkedHashMap<>();
        try (PsntFile file = PsntFile.open("model", new MemoryChannel(weights))) {
            GuestBuilder.sources(EngineModel.of(file, 0, tokenizer)).forEach((name, source) -> {
                boolean compiled = name.endsWith(".c") || name.endsWith(".S");
                if (!compiled || SOURCES.contains(name)) {
                    files.put(name, source);
                }
            });
        }
        files.put(
                "tokenizer_probe.c",
                new String(TestMaterial.resource("guest/tokenizer_probe.c"), StandardCharsets.UTF_8));
        program = Files.readAllBytes(GuestBuilder.compile(files, directory, "PROBE.ELF"));
    }

    /** Runs all texts through a fresh machine. */
    List<Result> run(List<Text> texts) {
        Ram ram = new Ram(32 << 20, EeBus.ROOM);
        Notices notices = new Notices(notice -> {});
        R5900 cpu = new R5900(new EeBus(ram, notices), new Scheduler(), notices);
        int[] status = {-1};
        cpu.exceptionHandler((code, epc, inDelaySlot, badAddress) -> {
            if (code != ExceptionCode.SYSCALL) {
                throw new AssertionError(code + " at " + Integer.toHexString(epc));
            }
            int number = (int) cpu.gpr[2 * 3];
            cpu.gpr[2 * 2] = number == 0x3C ? STACK : 0;
            if (number == 0x04) {
                status[0] = (int) cpu.gpr[2 * 4];
                cpu.stop();
            }
            cpu.returnFromException(epc + 4);
        });
        cpu.jump(load(ram));
        System.arraycopy(tokenizer, 0, ram.bytes, TOKENIZER, tokenizer.length);
        ram.write32(REQUEST, tokenizer.length);
        ram.write32(REQUEST + 4, texts.size());
        int at = TEXTS;
        for (Text text : texts) {
            ram.write32(at, text.turn);
            ram.write32(at + 4, text.bytes.length);
            System.arraycopy(text.bytes, 0, ram.bytes, at + 8, text.bytes.length);
            at += 8 + (text.bytes.length + 3 & ~3);
        }
        cpu.run(LIMIT);
        if (status[0] != 0) {
            throw new AssertionError("the program ended with status " + status[0]);
        }
        return results(ram, texts.size());
    }

    private static List<Result> results(Ram ram, int count) {
        List<Result> results = new ArrayList<>();
        int at = RESULTS;
        for (int i = 0; i < count; i++) {
            int[] ids = new int[ram.read32(at)];
            for (int k = 0; k < ids.length; k++) {
                ids[k] = ram.read32(at + 4 + 4 * k);
            }
            at += 4 + 4 * ids.length;
            byte[] bytes = new byte[ram.read32(at)];
            System.arraycopy(ram.bytes, at + 4, bytes, 0, bytes.length);
            at += 4 + (bytes.length + 3 & ~3);
            results.add(new Result(ids, bytes));
        }
        return results;
    }

    /** Copies the loadable segments; the entry point. */
    private int load(Ram ram) {
        ByteBuffer file = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
        int headers = file.getInt(28);
        for (int i = 0; i < file.getShort(44); i++) {
            int header = headers + i * 32;
            if (file.getInt(header) == 1) {
                System.arraycopy(
                        program, file.getInt(header + 4), ram.bytes, file.getInt(header + 8), file.getInt(header + 16));
            }
        }
        return file.getInt(24);
    }
}
