package soliloquy.console.gdb;

import java.util.List;
import java.util.function.IntToLongFunction;
import soliloquy.machine.DebugMemory;

/**
 * A condition that the debugger has compiled, so that a breakpoint need not stop to have it computed. Source: the GDB manual, "The
 * GDB Agent Expression Mechanism". An expression that does something wrong holds, as with GDB's own server: the program stops and
 * the debugger sees.
 */
final class AgentExpression {
    private static final int STACK = 64;
    private static final int MOST_STEPS = 10_000;

    private final byte[] code;
    private IntToLongFunction register = number -> 0;
    private DebugMemory memory;
    private final long[] stack = new long[STACK];
    private int depth;

    /** Thrown where the expression leaves its code or its stack. */
    private static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        Wrong() {
            super("the expression is not valid", null, false, false);
        }
    }

    AgentExpression(byte[] code) {
        this.code = code.clone();
    }

    /** True if the expression's value at {@code target} is not 0, or it has none. */
    boolean holds(Target target) {
        List<Register> registers = target.registers();
        register = number ->
                number < registers.size() ? registers.get(number).read().applyAsLong(0) : 0;
        memory = target.memory();
        depth = 0;
        try {
            return evaluate() != 0;
        } catch (Wrong e) {
            return true;
        }
    }

    private long evaluate() throws Wrong {
        int at = 0;
        for (int steps = 0; steps < MOST_STEPS; steps++) {
            int operation = unsigned(at++, 1);
            switch (operation) {
                case 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x0B, 0x0F, 0x10, 0x11, 0x13, 0x14, 0x15 -> {
                    long right = pop();
                    push(binary(operation, pop(), right));
                }
                case 0x0E -> push(pop() == 0 ? 1 : 0);
                case 0x12 -> push(~pop());
                case 0x16 -> {
                    int shift = 64 - width(at++);
                    push(pop() << shift >> shift);
                }
                case 0x2A -> {
                    int shift = 64 - width(at++);
                    push(pop() << shift >>> shift);
                }
                case 0x17 -> push(load(1));
                case 0x18 -> push(load(2));
                case 0x19 -> push(load(4));
                case 0x1A -> push(load(8));
                case 0x20 -> at = pop() != 0 ? unsigned(at, 2) : at + 2;
                case 0x21 -> at = unsigned(at, 2);
                case 0x22, 0x23, 0x24, 0x25 -> {
                    int bytes = 1 << operation - 0x22;
                    push(constant(at, bytes));
                    at += bytes;
                }
                case 0x26 -> {
                    push(register.applyAsLong(unsigned(at, 2)));
                    at += 2;
                }
                case 0x27 -> {
                    return pop();
                }
                case 0x28 -> {
                    long top = pop();
                    push(top);
                    push(top);
                }
                case 0x29 -> pop();
                case 0x2B -> {
                    long top = pop();
                    long below = pop();
                    push(top);
                    push(below);
                }
                default -> throw new Wrong();
            }
        }
        throw new Wrong();
    }

    private static long binary(int operation, long left, long right) throws Wrong {
        if (operation >= 0x05 && operation <= 0x08 && right == 0) {
            throw new Wrong();
        }
        return switch (operation) {
            case 0x02 -> left + right;
            case 0x03 -> left - right;
            case 0x04 -> left * right;
            case 0x05 -> left / right;
            case 0x06 -> Long.divideUnsigned(left, right);
            case 0x07 -> left % right;
            case 0x08 -> Long.remainderUnsigned(left, right);
            case 0x09 -> left << right;
            case 0x0A -> left >> right;
            case 0x0B -> left >>> right;
            case 0x0F -> left & right;
            case 0x10 -> left | right;
            case 0x11 -> left ^ right;
            case 0x13 -> left == right ? 1 : 0;
            case 0x14 -> left < right ? 1 : 0;
            default -> Long.compareUnsigned(left, right) < 0 ? 1 : 0;
        };
    }

    private long load(int bytes) throws Wrong {
        int address = (int) pop();
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            int next = memory.peek(address + i);
            if (next < 0) {
                throw new Wrong();
            }
            value = value << 8 | next;
        }
        return value;
    }

    private int width(int at) throws Wrong {
        int bits = unsigned(at, 1);
        if (bits < 1 || bits > 64) {
            throw new Wrong();
        }
        return bits;
    }

    private int unsigned(int at, int bytes) throws Wrong {
        return (int) constant(at, bytes);
    }

    private long constant(int at, int bytes) throws Wrong {
        if (at < 0 || at + bytes > code.length) {
            throw new Wrong();
        }
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | code[at + i] & 0xFF;
        }
        return value;
    }

    private void push(long value) throws Wrong {
        if (depth == STACK) {
            throw new Wrong();
        }
        stack[depth++] = value;
    }

    private long pop() throws Wrong {
        if (depth == 0) {
            throw new Wrong();
        }
        return stack[--depth];
    }
}
