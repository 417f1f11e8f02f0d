package soliloquy.bios.irx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The library thmsgbx: message boxes. A message is the sender's memory: a link to the next, which the last has to the first, and its
 * priority. Source: ps2sdk {@code thmsgbx.h}; ps2autotests kernel/iop/messagebox.
 */
final class Thmsgbx implements Library {
    private static final int THREADS_BY_PRIORITY = 1;
    private static final int MESSAGES_BY_PRIORITY = 4;
    private static final int PRIORITY = 4;

    private static final class Box {
        final int attributes;
        final int option;
        final WaitQueue waiting;
        final List<Integer> messages = new ArrayList<>();

        Box(int id, int attributes, int option) {
            this.attributes = attributes;
            this.option = option;
            waiting = new WaitQueue(WaitQueue.MESSAGE_BOX, id, (attributes & THREADS_BY_PRIORITY) != 0);
        }
    }

    private final ThreadManager threads;
    private final Map<Integer, Box> boxes = new TreeMap<>();

    Thmsgbx(ThreadManager threads) {
        this.threads = threads;
    }

    /** The numbers of what there is. */
    Set<Integer> ids() {
        return boxes.keySet();
    }

    @Override
    public String name() {
        return "thmsgbx";
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= 4 && ordinal <= 9 || ordinal == 11 || ordinal == 12;
    }

    @Override
    public boolean inHandlers(int ordinal) {
        return ordinal == 7 || ordinal == 12;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        int first = call.argument(0);
        int second = call.argument(1);
        if (ordinal == 4) {
            int number = threads.newId();
            boxes.put(number, new Box(number, call.word(first), call.word(first + 4)));
            return number;
        }
        int id = ordinal == 8 || ordinal == 9 ? second : first;
        Box box = boxes.get(id);
        if (box == null) {
            return KernelError.UNKNOWN_MESSAGE_BOX;
        }
        return switch (ordinal) {
            case 5 -> {
                boxes.remove(id);
                threads.wakeAll(box.waiting, KernelError.DELETED);
                yield 0;
            }
            case 6, 7 -> send(call, box, second);
            case 8 -> receive(call, box, first, true);
            case 9 -> receive(call, box, first, false);
            default -> refer(call, box, second);
        };
    }

    private int send(ModuleCall call, Box box, int message) {
        if (!box.waiting.isEmpty()) {
            IopThread thread = box.waiting.first();
            call.word(thread.resultAddress, message);
            threads.wake(thread, 0);
            return 0;
        }
        List<Integer> messages = box.messages;
        int at = messages.size();
        while ((box.attributes & MESSAGES_BY_PRIORITY) != 0
                && at > 0
                && call.octet(messages.get(at - 1) + PRIORITY) > call.octet(message + PRIORITY)) {
            at--;
        }
        messages.add(at, message);
        link(call, messages);
        return 0;
    }

    private int receive(ModuleCall call, Box box, int at, boolean wait) {
        if (!box.messages.isEmpty()) {
            call.word(at, box.messages.removeFirst());
            link(call, box.messages);
        } else if (wait) {
            threads.current().resultAddress = at;
            threads.block(box.waiting);
        } else {
            return KernelError.NO_MESSAGE;
        }
        return 0;
    }

    private static void link(ModuleCall call, List<Integer> messages) {
        for (int i = 0; i < messages.size(); i++) {
            call.word(messages.get(i), messages.get((i + 1) % messages.size()));
        }
    }

    private static int refer(ModuleCall call, Box box, int at) {
        call.word(at, box.attributes);
        call.word(at + 4, box.option);
        call.word(at + 8, box.waiting.size());
        call.word(at + 12, box.messages.size());
        call.word(at + 16, box.messages.isEmpty() ? 0 : box.messages.getFirst());
        return 0;
    }
}
