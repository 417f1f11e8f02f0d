package soliloquy.console.step;

import java.util.ArrayList;
import java.util.List;

/** The tokens that the engine has taken, by their positions in the key and value cache. */
final class Story {
    /** What {@link #token} says of a register. */
    static final int REGISTER = -1;

    private final int registers;
    private final List<Integer> tokens = new ArrayList<>();
    private int number;

    /** @param registers positions before the first token */
    Story(int registers) {
        this.registers = registers;
    }

    /** The engine takes {@code ids} from token {@code place} on; place 0 begins another story. */
    void takes(int place, List<Integer> ids) {
        if (place == 0) {
            number++;
        }
        while (tokens.size() > place) {
            tokens.removeLast();
        }
        tokens.addAll(ids);
    }

    int registers() {
        return registers;
    }

    /** 1 is the first story. */
    int number() {
        return number;
    }

    /** The ids so far. */
    List<Integer> tokens() {
        return tokens;
    }

    /** The id at a position, or {@link #REGISTER}. */
    int token(int position) {
        return position < registers || position - registers >= tokens.size()
                ? REGISTER
                : tokens.get(position - registers);
    }
}
