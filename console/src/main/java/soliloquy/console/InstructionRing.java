package soliloquy.console;

import java.util.Locale;
import java.util.function.IntFunction;
import soliloquy.ee.EeDisassembler;
import soliloquy.ee.ExceptionCode;
import soliloquy.ee.InstructionListener;

/**
 * The last instructions of the EE, for whoever asks how a guest came to where it ended. All code is interpreted meanwhile, since compiled
 * code shows no instructions; the guest's time stays the same.
 */
public final class InstructionRing implements Instrument, InstructionListener {
    /** As many instructions as can be kept. */
    public static final int MOST = 1 << 20;

    private final int[] addresses;
    private final int[] words;
    private final long[] cycles;
    private final ExceptionCode[] exceptions;
    private long executed;
    private IntFunction<String> symbol = address -> "";

    /** @param size instructions that are kept, 1 to {@link #MOST} */
    public InstructionRing(int size) {
        if (size < 1 || size > MOST) {
            throw new IllegalArgumentException("a ring of " + size + " instructions; expected 1 to " + MOST);
        }
        addresses = new int[size];
        words = new int[size];
        cycles = new long[size];
        exceptions = new ExceptionCode[size];
    }

    @Override
    public void attach(Console console) {
        symbol = console::symbol;
        console.ee().recompile(false);
        console.ee().listen(this);
    }

    @Override
    public void detach(Console console) {
        console.ee().listen(null);
        console.ee().recompile(true);
    }

    @Override
    public void executed(int address, int word, long cycle) {
        int slot = (int) (executed++ % addresses.length);
        addresses[slot] = address;
        words[slot] = word;
        cycles[slot] = cycle;
        exceptions[slot] = null;
    }

    @Override
    public void entered(ExceptionCode code) {
        if (executed > 0) {
            exceptions[(int) ((executed - 1) % addresses.length)] = code;
        }
    }

    /** The instructions, a line each, the oldest first: cycle, address, word, text, and the function that begins or is entered anew. */
    public String text() {
        long first = Math.max(0, executed - addresses.length);
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "the last %d of %d instructions%n", executed - first, executed));
        String function = "";
        for (long i = first; i < executed; i++) {
            int slot = (int) (i % addresses.length);
            String now = function(addresses[slot]);
            if (!now.equals(function)) {
                function = now;
                text.append(now.isEmpty() ? "" : now + ":\n");
            }
            text.append(String.format(
                    Locale.ROOT,
                    "%14d  %08x  %08x  %s%n",
                    cycles[slot],
                    addresses[slot],
                    words[slot],
                    EeDisassembler.disassemble(words[slot], addresses[slot])));
            if (exceptions[slot] != null) {
                text.append(String.format(Locale.ROOT, "%14s  exception %s%n", "", exceptions[slot]));
            }
        }
        return text.toString();
    }

    /** The name of the function at {@code address}, empty if it has none. */
    private String function(int address) {
        String described = symbol.apply(address);
        return described.startsWith("0x") ? "" : described.replaceFirst("\\+.*", "");
    }
}
