package soliloquy.console.step;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import soliloquy.bios.ElfSymbols;
import soliloquy.bios.ElfSymbols.Symbol;
import soliloquy.console.Console;
import soliloquy.console.debug.DebugClient;
import soliloquy.console.debug.DebugPort;
import soliloquy.console.debug.Halt;
import soliloquy.llm.generate.ForwardPassMap;
import soliloquy.machine.DebugMemory;
import soliloquy.machine.InputException;
import soliloquy.machine.StopPoints;

/**
 * Sees every operation of the engine begin and end, by breakpoints at its functions and behind their calls, and works out which one
 * of the map it is. Changes nothing that the guest can see. Used by the emulation thread.
 */
final class OperationTracker implements DebugClient {
    private static final String MODEL_READ = "model_read";
    private static final String STREAM_WAIT = "stream_wait";
    private static final String CRC32 = "crc32";

    /** A function that has been entered and not been left. */
    private record Open(int entry, int returnAddress, int stackPointer, long begin, Call call) {}

    private final Console console;
    private final ForwardPassMap map;
    private final Consumer<OperationRun> listener;
    private final CallArguments arguments;
    private final Map<Integer, OperationFunction> functions = new HashMap<>();
    private final Set<Integer> returns = new HashSet<>();
    private final Story story;
    private final int modelRead;
    private final int streamWait;
    private final int crc32;
    private Open operation;
    private Open waiting;
    private PassCursor cursor;
    private int passes;
    private long operations;
    private long lastEnd;
    private long lastWait;
    private long lastCheck;
    private long waitCycles;
    private long checkCycles;

    /**
     * @param listener told of each operation at its end, while the EE stands behind it; the EE goes on when it returns
     * @throws InputException the program has no forward pass that is known by its symbols
     */
    OperationTracker(Console console, ForwardPassMap map, Consumer<OperationRun> listener) throws InputException {
        this.console = console;
        this.map = map;
        this.listener = listener;
        arguments = new CallArguments(console.ee(), console.eeView(), map.config());
        story = new Story(map.config().registers());
        ElfSymbols symbols = console.kernel().program() == null
                ? ElfSymbols.NONE
                : console.kernel().program().symbols();
        for (OperationFunction function : OperationFunction.values()) {
            symbols.named(function.symbol()).ifPresent(symbol -> functions.put(symbol.address(), function));
        }
        Optional<Symbol> read = symbols.named(MODEL_READ);
        if (read.isEmpty() || functions.isEmpty()) {
            throw new InputException(
                    "the program has no symbols of a forward pass, such as model_read and multiply; step a disc made by 'disc build --model'");
        }
        modelRead = read.get().address();
        streamWait = symbols.named(STREAM_WAIT).map(Symbol::address).orElse(0);
        crc32 = symbols.named(CRC32).map(Symbol::address).orElse(0);
    }

    /** Takes the EE and sets the breakpoints. */
    void attach() {
        console.debugPort().attach(DebugPort.Cpu.EE, this);
        StopPoints stops = console.debugPort().stops(DebugPort.Cpu.EE);
        functions.keySet().forEach(address -> stops.add(new StopPoints.Breakpoint(address, () -> true)));
        for (int address : new int[] {modelRead, streamWait, crc32}) {
            if (address != 0) {
                stops.add(new StopPoints.Breakpoint(address, () -> true));
            }
        }
    }

    /** The tokens so far. */
    Story story() {
        return story;
    }

    /** Where the pass is, or null before the first. */
    PassCursor cursor() {
        return cursor;
    }

    /** EE cycles spent so far in waiting for the disc. */
    long waitCycles() {
        return waitCycles;
    }

    /** EE cycles spent so far in checking what came. */
    long checkCycles() {
        return checkCycles;
    }

    @Override
    public void halted(Halt halt) {
        if (halt instanceof Halt.Stopped stopped && stopped.stop() instanceof StopPoints.Stop.AtBreakpoint at) {
            arrived(at.address());
        }
        console.debugPort().resume(DebugPort.Cpu.EE);
    }

    @Override
    public void moved() {
        throw new IllegalStateException("the stepper does not go back");
    }

    @Override
    public void ended(int exitStatus) {
        operation = null;
        waiting = null;
    }

    private void arrived(int address) {
        long now = console.ee().cycles();
        if (waiting != null && leaves(waiting, address)) {
            long cycles = now - waiting.begin();
            if (waiting.entry() == streamWait) {
                waitCycles += cycles;
            } else {
                checkCycles += cycles;
            }
            waiting = null;
        }
        if (operation != null && leaves(operation, address)) {
            Open done = operation;
            operation = null;
            end(done, now);
        }
        if (address == modelRead) {
            beginPass();
        } else if (address == streamWait || address == crc32) {
            waiting = open(address, now, null);
        } else if (functions.containsKey(address) && !nested()) {
            operation = open(address, now, functions.get(address).read(arguments));
        }
    }

    /** An operation that another one calls is a part of it. An interrupt before its first instruction lets one begin twice. */
    private boolean nested() {
        return operation != null && arguments.stackPointer() < operation.stackPointer();
    }

    private boolean leaves(Open open, int address) {
        return open.returnAddress() == address && open.stackPointer() == arguments.stackPointer();
    }

    private Open open(int entry, long now, Call call) {
        int back = arguments.returnAddress();
        if (returns.add(back)) {
            StopPoints.Breakpoint behind = new StopPoints.Breakpoint(
                    back,
                    () -> operation != null && leaves(operation, back) || waiting != null && leaves(waiting, back));
            console.debugPort().stops(DebugPort.Cpu.EE).add(behind);
        }
        return new Open(entry, back, arguments.stackPointer(), now, call);
    }

    private void beginPass() {
        DebugMemory memory = arguments.memory();
        int tokens = arguments.word(0);
        int count = Math.clamp(arguments.word(1), 1, map.config().context());
        int place = arguments.word(2);
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(memory.peek32(tokens + Integer.BYTES * i));
        }
        story.takes(place, ids);
        int registers = place == 0 ? story.registers() : 0; // they go with the first tokens
        int first = story.registers() + place - registers;
        cursor = new PassCursor(map, new Pass(++passes, first, registers + count, registers, arguments.word(3) != 0));
    }

    private void end(Open done, long now) {
        Call call = done.call();
        boolean samples = call.function() == OperationFunction.SAMPLER_CHOOSE;
        PassCursor.Place place = samples || cursor == null ? null : cursor.take(call);
        boolean endsLayer = place != null
                && (cursor.next() == null
                        || cursor.next().layer() != place.operation().layer());
        Interlude before = operations == 0
                ? Interlude.NONE
                : new Interlude(done.begin() - lastEnd, waitCycles - lastWait, checkCycles - lastCheck);
        lastEnd = now;
        lastWait = waitCycles;
        lastCheck = checkCycles;
        OperationRun run = new OperationRun(
                ++operations,
                call,
                cursor == null ? null : cursor.pass(),
                place,
                before,
                done.begin(),
                now,
                arguments.returned(),
                endsLayer);
        listener.accept(run);
    }
}
