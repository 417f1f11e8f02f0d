package soliloquy.llm.build;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import soliloquy.ee.Dmac;
import soliloquy.ee.EeBus;
import soliloquy.ee.ExceptionCode;
import soliloquy.ee.Gif;
import soliloquy.ee.R5900;
import soliloquy.llm.TestMaterial;
import soliloquy.llm.generate.EngineModel;
import soliloquy.llm.generate.MemoryPlan;
import soliloquy.machine.GraphicsPort;
import soliloquy.machine.Notices;
import soliloquy.machine.Ram;
import soliloquy.machine.Scheduler;
import soliloquy.machine.SifFifo;

/** A generated engine on a bare R5900: no disc, no IOP, a kernel of four calls. */
final class EeProbe {
    private static final int REQUEST = 0x0100_0000;
    private static final int MODEL = 0x0110_0000;
    private static final int RESULTS = 0x01C0_0000;
    private static final int STACK = 0x01FF_E000;
    private static final int RUNNING = -1;
    private static final long LIMIT = 1L << 40;

    /** A drawing surface that is not there. */
    private static final class NoScreen implements GraphicsPort {
        @Override
        public void writeRegister(int register, long value) {}

        @Override
        public void setQ(int floatBits) {}

        @Override
        public void transferImage(byte[] data, int offset, int length) {}
    }

    private final Ram ram = new Ram(32 << 20, EeBus.ROOM);
    private final Scheduler scheduler = new Scheduler();
    private final R5900 cpu;
    private final int vocabulary;
    private int exitStatus;

    EeProbe(EngineModel model, MemoryPlan plan, byte[] weights, Path directory) throws IOException {
        Map<String, String> files = new LinkedHashMap<>(GuestBuilder.sources(model, plan));
        files.keySet().removeIf(name -> name.startsWith("sdk/") && name.endsWith(".c") && !name.equals("sdk/string.c"));
        files.keySet().removeIf(name -> name.startsWith("program/") && name.endsWith(".c"));
        for (String unused : new String[] {
            "byte_level", "main", "normalizer", "options", "report", "tokenizer", "unicode", "vocabulary"
        }) {
            files.remove("engine/" + unused + ".c");
        }
        files.put("probe.c", new String(TestMaterial.resource("guest/probe.c"), StandardCharsets.UTF_8));
        byte[] program = Files.readAllBytes(GuestBuilder.compile(files, directory, "PROBE.ELF"));

        Notices notices = new Notices(notice -> {});
        EeBus bus = new EeBus(ram, notices);
        cpu = new R5900(bus, scheduler, notices);
        Gif gif = new Gif(new NoScreen(), notices);
        Dmac dmac = new Dmac(bus, scheduler, cpu.interruptPin(1), gif, new SifFifo(), new SifFifo(), notices);
        bus.map(Dmac.BASE, Dmac.SIZE, dmac);
        bus.map(Dmac.ENABLE_BASE, Dmac.ENABLE_SIZE, dmac);
        cpu.exceptionHandler(this::exception);
        cpu.jump(load(program));
        System.arraycopy(weights, 0, ram.bytes, MODEL, weights.length);
        ram.write32(REQUEST, weights.length);
        vocabulary = model.config().vocabulary();
    }

    /** Runs the tokens, {@code batch} at a time; 0, or the engine's status when it found a fault. */
    int run(int[] tokens, int batch, int temperature, int topP, int repeatPenalty, int topK, int seed) {
        int[] words = {tokens.length, temperature, topP, repeatPenalty, topK, seed, batch};
        for (int i = 0; i < words.length; i++) {
            ram.write32(REQUEST + 4 + 4 * i, words[i]);
        }
        for (int i = 0; i < tokens.length; i++) {
            ram.write32(REQUEST + 4 + 4 * words.length + 4 * i, tokens[i]);
        }
        exitStatus = RUNNING;
        while (exitStatus == RUNNING && cpu.cycles() < LIMIT) {
            cpu.run(Math.min(LIMIT, scheduler.nextEventTime()));
            scheduler.fireDue();
        }
        return exitStatus;
    }

    /** Bits of the logits behind batch {@code index}. */
    int[] logits(int index) {
        int[] logits = new int[vocabulary];
        for (int i = 0; i < vocabulary; i++) {
            logits[i] = ram.read32(RESULTS + 4 * (index * (vocabulary + 1) + 1 + i));
        }
        return logits;
    }

    /** What the sampler chose behind batch {@code index}. */
    int choice(int index) {
        return ram.read32(RESULTS + 4 * index * (vocabulary + 1));
    }

    private void exception(ExceptionCode code, int epc, boolean inDelaySlot, int badAddress) {
        if (code != ExceptionCode.SYSCALL) {
            throw new AssertionError(
                    code + " at " + Integer.toHexString(epc) + ", address " + Integer.toHexString(badAddress));
        }
        int number = (int) cpu.gpr[2 * 3];
        cpu.gpr[2 * 2] = number == 0x3C ? STACK : 0;
        if (number == 0x04) {
            exitStatus = (int) cpu.gpr[2 * 4];
            cpu.stop();
        }
        cpu.returnFromException(epc + 4);
    }

    /** Copies the loadable segments; the entry point. */
    private int load(byte[] elf) {
        ByteBuffer file = ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN);
        int headers = file.getInt(28);
        for (int i = 0; i < file.getShort(44); i++) {
            int header = headers + i * 32;
            if (file.getInt(header) == 1) {
                System.arraycopy(
                        elf, file.getInt(header + 4), ram.bytes, file.getInt(header + 8), file.getInt(header + 16));
            }
        }
        return file.getInt(24);
    }
}
