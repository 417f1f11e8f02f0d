package soliloquy.bios.kernel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import soliloquy.machine.Notices;

/**
 * The words a program is started with. SetupThread lays them out in an area of the program: a word with their number,
 * sixteen pointers, 256 bytes of text; what does not fit into the text lies in kernel memory. Source: ps2sdk {@code crt0.c}.
 */
final class ProgramArguments {
    private static final int MOST = 16;
    private static final int TEXT_BYTES = 256;
    private static final int LONGEST = 4096;
    private static final int OVERFLOW_AREA = 0x8001_8000;
    private static final int OVERFLOW_END = 0x8002_8000;

    private final KernelMemory memory;
    private final Notices notices;
    private List<String> words = List.of();

    ProgramArguments(KernelMemory memory, Notices notices) {
        this.memory = memory;
        this.notices = notices;
    }

    void set(List<String> arguments) {
        words = List.copyOf(arguments.subList(0, Math.min(MOST, arguments.size())));
        if (arguments.size() > MOST) {
            notices.report(
                    Notices.Kind.UNUSUAL,
                    "EE kernel",
                    0,
                    "a program was started with %d arguments; it gets the first 16".formatted(arguments.size()));
        }
    }

    /** Reads {@code count} texts from an array of pointers in guest memory. */
    List<String> read(int count, int array) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < Math.min(count, MOST) && memory.check(array + 4 * i, 4, "argv"); i++) {
            texts.add(memory.text(memory.word(array + 4 * i), LONGEST));
        }
        return texts;
    }

    /** Writes the words to the area at {@code area}. */
    void layOut(int area) {
        if (area == 0 || !memory.check(area, 4 + 4 * MOST + TEXT_BYTES, "SetupThread")) {
            return;
        }
        int text = area + 4 + 4 * MOST;
        int end = text + TEXT_BYTES;
        int overflow = OVERFLOW_AREA;
        memory.word(area, words.size());
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int bytes = word.getBytes(StandardCharsets.ISO_8859_1).length + 1;
            int place = KernelMemory.NULL_FUNCTION + 4;
            if (text + bytes <= end) {
                place = text;
                text += bytes;
            } else if (overflow + bytes <= OVERFLOW_END) {
                place = overflow;
                overflow += bytes;
            } else {
                word = "";
            }
            memory.text(place, word);
            memory.word(area + 4 + 4 * i, place);
        }
    }
}
