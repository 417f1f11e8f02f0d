package soliloquy.console.step;

import java.util.ArrayList;
import java.util.List;
import soliloquy.llm.engine.Stage;
import soliloquy.llm.generate.ForwardPassMap;
import soliloquy.llm.generate.ForwardPassMap.Operation;

/** Follows a pass through the map: which operation a call is, by the order of calls, their functions and their shapes. */
final class PassCursor {
    /**
     * What a call is.
     *
     * @param operation of the map
     * @param position place of its first position in the key and value cache
     * @param positions how many it covers
     * @param offset place of its first number in the operation's vector
     * @param complete true if the operation's vectors of these positions are complete with it
     * @param expected false if the map had another operation next, and this one was found behind it
     */
    record Place(Operation operation, int position, int positions, int offset, boolean complete, boolean expected) {}

    private final Pass pass;
    private final List<List<Operation>> groups = new ArrayList<>();
    private int group;
    private int index;
    /** Positions of the group that are done. */
    private int done;
    /** Numbers of the operation's vector that are done. */
    private int filled;

    PassCursor(ForwardPassMap map, Pass pass) {
        this.pass = pass;
        int last = -1;
        for (Operation operation : map.operations()) {
            boolean outside = operation.layer() == ForwardPassMap.NO_LAYER;
            boolean begins = operation.stage() == Stage.EMBEDDING;
            if (outside && !begins && !pass.logits()) {
                continue;
            }
            if (operation.group() != last) {
                groups.add(new ArrayList<>());
                last = operation.group();
            }
            groups.getLast().add(operation);
        }
    }

    Pass pass() {
        return pass;
    }

    /** The operation that comes next, or null at the pass's end. */
    Operation next() {
        return group < groups.size() ? groups.get(group).get(index) : null;
    }

    /** The position whose operation comes next. */
    int nextPosition() {
        return ending() ? pass.last() : pass.last() + 1 - positions() + done;
    }

    /** Takes a call; null if the map has nothing like it in the rest of the pass. */
    Place take(Call call) {
        boolean expected = next() != null && matches(next(), call);
        if (!expected && !search(call)) {
            return null;
        }
        Operation operation = next();
        int offset = call.offset() < 0 ? filled : call.offset();
        int positions = call.positions();
        int position = nextPosition();
        filled = offset + call.count();
        boolean complete = filled >= operation.width();
        if (complete) {
            advance(positions);
        }
        return new Place(operation, position, positions, offset, complete, expected);
    }

    private void advance(int positions) {
        filled = 0;
        index++;
        boolean alone = groups.get(group).size() == 1;
        if (index == groups.get(group).size()) {
            index = 0;
            done += alone ? positions : 1;
            if (done >= positions() || ending()) {
                done = 0;
                group++;
            }
        }
    }

    /** How many positions, up to the pass's last, the group is for: registers have no embedding. */
    private int positions() {
        boolean embedding =
                group < groups.size() && groups.get(group).getFirst().stage() == Stage.EMBEDDING;
        return embedding ? pass.positions() - pass.registers() : pass.positions();
    }

    /** The last group is for one position, the last. */
    private boolean ending() {
        return group < groups.size()
                && groups.get(group).getFirst().layer() == ForwardPassMap.NO_LAYER
                && groups.get(group).getFirst().stage() != Stage.EMBEDDING;
    }

    private boolean search(Call call) {
        for (int g = group; g < groups.size(); g++) {
            List<Operation> operations = groups.get(g);
            for (int i = g == group ? index : 0; i < operations.size(); i++) {
                if (matches(operations.get(i), call)) {
                    group = g;
                    index = i;
                    done = 0;
                    filled = 0;
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean matches(Operation operation, Call call) {
        if (!operation.function().equals(call.function().symbol()) || call.count() <= 0) {
            return false;
        }
        return call.matrix() != null
                ? call.matrix().fits(operation.tensor())
                : operation.calls() > 1 || call.count() % operation.width() == 0;
    }
}
