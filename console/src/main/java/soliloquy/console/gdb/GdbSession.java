package soliloquy.console.gdb;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import soliloquy.console.Console;
import soliloquy.console.debug.DebugClient;
import soliloquy.console.debug.DebugPort;
import soliloquy.console.debug.Halt;
import soliloquy.machine.StopPoints;

/**
 * One debugger at one processor: understands its commands and answers them. Everything here happens on the emulation thread, while
 * the processor is halted or at a safe point.
 */
final class GdbSession implements DebugClient {
    private static final int SIGNAL_INTERRUPT = 2;
    private static final int SIGNAL_TRAP = 5;
    private static final int SIGNAL_SEGMENTATION = 11;
    private static final String UNKNOWN = "";
    private static final String OK = "OK";
    /** A command that is not as it should be. */
    private static final String MALFORMED = "E16";

    private static final char[] STATE_COMMANDS = {'g', 'G', 'p', 'P', 'm', 'x', 'M', 'X', 'H', 'T'};
    private static final int PC = 37;
    private static final int SP = 29;

    /** What the session may do to the connection. */
    interface Line {
        /** Sends a packet. */
        void send(byte[] frame);

        /** Sends no acknowledgements from now on, and expects none. */
        void withoutAcknowledgements();

        /** Ends the connection after what has been sent. */
        void close();
    }

    private final Function<Console, Target> targets;
    private final Supplier<Console> console;
    private final DebugPort port;
    private Target target;
    private Monitor monitor;
    private final Line line;
    private final Runnable kill;
    private final StopList stops;
    private final StateCommands state;
    private final QueryCommands queries;
    private Halt halt = new Halt.Asked();
    private boolean running = true;
    private boolean reportsStop;
    private boolean ended;
    private StepPlan plan;

    /**
     * @param targets the processor of a console
     * @param console the machine behind the port
     * @param kill ends the console
     */
    GdbSession(Function<Console, Target> targets, DebugPort port, Supplier<Console> console, Line line, Runnable kill) {
        this.targets = targets;
        this.port = port;
        this.console = console;
        this.line = line;
        this.kill = kill;
        target = targets.apply(console.get());
        monitor = new Monitor(console.get());
        stops = new StopList(port.stops(target.cpu()), target);
        state = new StateCommands(targets::apply, port, target);
        queries = new QueryCommands(port, target, monitor);
    }

    DebugPort.Cpu cpu() {
        return target.cpu();
    }

    @Override
    public void moved() {
        forgetPlan();
        target = targets.apply(console.get());
        monitor = new Monitor(console.get());
        stops.moved(port.stops(target.cpu()), target);
        state.moved(target);
        queries.moved(target, monitor);
        if (running) {
            stops.apply();
        }
    }

    /** Takes the processor, which halts; false if another debugger has it. */
    boolean attach() {
        if (!port.attach(target.cpu(), this)) {
            return false;
        }
        if (port.isHalted(target.cpu())) {
            running = false;
            halt = new Halt.PoweredOn();
        }
        port.ask(target.cpu());
        return true;
    }

    /** Gives the processor back, which runs on. */
    void detach() {
        if (!ended) {
            ended = true;
            forgetPlan();
            stops.clear();
            monitor.end();
            port.detach(target.cpu());
        }
    }

    /** The debugger wants the program to stop. */
    void interrupt() {
        reportsStop |= running;
        port.ask(target.cpu());
    }

    @Override
    public void halted(Halt reason) {
        if (plan != null && reason instanceof Halt.Stopped stopped) {
            if (plan.stopped(stopped.stop()) == StepPlan.Next.GO_ON) {
                return;
            }
        }
        forgetPlan();
        monitor.halted();
        halt = reason;
        running = false;
        state.halted();
        if (reason instanceof Halt.Crashed crashed) {
            target.pc(crashed.pc());
            line.send(new Reply()
                    .text("O")
                    .hexText("the guest crashed: " + crashed.reason() + "\n")
                    .frame());
        }
        if (reportsStop) {
            reportsStop = false;
            line.send(stopReply());
        }
    }

    @Override
    public void ended(int exitStatus) {
        ended = true;
        boolean crashed = halt instanceof Halt.Crashed;
        line.send(new Reply()
                .text(crashed ? "X" : "W")
                .hex(crashed ? SIGNAL_SEGMENTATION : exitStatus & 0xFF)
                .frame());
        line.close();
    }

    private void forgetPlan() {
        if (plan != null) {
            plan.cancel();
            plan = null;
        }
    }

    /** Answers a command. */
    void handle(ByteBuffer payload) {
        if (ended) {
            return;
        }
        CommandText command = new CommandText(payload);
        Reply reply = new Reply();
        try {
            if (!answer(command, reply)) {
                return;
            }
        } catch (ProtocolException e) {
            reply = new Reply().text(MALFORMED);
        }
        line.send(reply.frame());
    }

    /** Puts the answer into {@code reply}; false if there is none now. */
    private boolean answer(CommandText command, Reply reply) throws ProtocolException {
        if (command.skip("?")) {
            if (running) {
                reportsStop = true;
                return false;
            }
            line.send(stopReply());
            return false;
        } else if (command.skip("Z")) {
            reply.text(stop(command, true) ? OK : UNKNOWN);
        } else if (command.skip("z")) {
            reply.text(stop(command, false) ? OK : UNKNOWN);
        } else if (command.skip("v")) {
            return verbose(command, reply);
        } else if (command.skip("c") || command.skip("C")) {
            goOn();
            return false;
        } else if (command.skip("s") || command.skip("S")) {
            step(0, 0);
            return false;
        } else if (command.skip("b")) {
            return back(command, reply);
        } else if (command.skip("q") || command.skip("Q")) {
            queries.answer(command, reply, state.current(), line);
        } else if (command.skip("D")) {
            detach();
            line.send(reply.text(OK).frame());
            line.close();
            return false;
        } else if (command.skip("k")) {
            detach();
            kill.run();
            line.close();
            return false;
        } else {
            for (char kind : STATE_COMMANDS) {
                if (command.skip(String.valueOf(kind))) {
                    state.answer(kind, command, reply);
                    break;
                }
            }
        }
        return true;
    }

    private byte[] stopReply() {
        Reply reply = new Reply().text("T");
        switch (halt) {
            case Halt.Asked asked -> reply.hex(SIGNAL_INTERRUPT);
            case Halt.Crashed crashed -> reply.hex(SIGNAL_SEGMENTATION);
            case Halt.PoweredOn poweredOn -> reply.hex(SIGNAL_TRAP);
            case Halt.AtBeginning atBeginning -> reply.hex(SIGNAL_TRAP).text("replaylog:begin;");
            case Halt.Stopped stopped -> {
                reply.hex(SIGNAL_TRAP);
                switch (stopped.stop()) {
                    case StopPoints.Stop.AtAccess access ->
                        reply.text(switch (access.watchpoint().access()) {
                                    case READ -> "rwatch";
                                    case WRITE -> "watch";
                                    case ANY -> "awatch";
                                }
                                + ":%x;".formatted(access.address()));
                    case StopPoints.Stop.AtBreakpoint at ->
                        // GDB takes no notice of a breakpoint that it has not set; such a stop must look like a signal
                        reply.text(queries.tellsBreakpoints() && stops.wants(at.address()) ? "swbreak:;" : "");
                    case StopPoints.Stop.Stepped stepped -> {}
                    case StopPoints.Stop.Arrived arrived -> {}
                }
            }
        }
        for (int number : new int[] {SP, PC}) {
            reply.text("%x:".formatted(number));
            StateCommands.put(reply, target.registers().get(number), Optional.empty());
            reply.text(";");
        }
        return reply.text("thread:%x;".formatted(state.current())).frame();
    }

    /** Z and z: a breakpoint (types 0 and 1) or a watchpoint (2 to 4); false for other types. */
    private boolean stop(CommandText command, boolean set) throws ProtocolException {
        int type = (int) command.number();
        command.expect(",");
        int address = command.address();
        command.expect(",");
        int length = command.length(Integer.MAX_VALUE);
        if (type == 0 || type == 1) {
            if (set) {
                stops.want(address, conditions(command));
            } else {
                stops.unwant(address);
            }
            return true;
        }
        StopPoints.Access access = switch (type) {
            case 2 -> StopPoints.Access.WRITE;
            case 3 -> StopPoints.Access.READ;
            case 4 -> StopPoints.Access.ANY;
            default -> null;
        };
        if (access == null) {
            return false;
        }
        StopPoints.Watchpoint watchpoint = new StopPoints.Watchpoint(address, Math.max(1, length), access);
        if (set) {
            stops.want(watchpoint);
        } else {
            stops.unwant(watchpoint);
        }
        return true;
    }

    /** {@code ;X} and a length, a comma and so many bytes of code, for each condition of which one must hold. */
    private Predicate<Target> conditions(CommandText command) throws ProtocolException {
        List<AgentExpression> conditions = new ArrayList<>();
        command.skip(";");
        while (command.skip("X")) {
            int length = command.length(PacketDecoder.LONGEST);
            command.expect(",");
            ByteArrayOutputStream code = new ByteArrayOutputStream();
            for (int i = 0; i < length; i++) {
                code.write(command.hexByte());
            }
            conditions.add(new AgentExpression(code.toByteArray()));
            command.skip(";");
        }
        return conditions.isEmpty()
                ? any -> true
                : any -> conditions.stream().anyMatch(condition -> condition.holds(any));
    }

    private boolean verbose(CommandText command, Reply reply) throws ProtocolException {
        if (command.skip("Cont?")) {
            reply.text("vCont;c;C;s;S;t;r");
        } else if (command.skip("Cont;")) {
            return continueBy(command, reply);
        } else if (command.skip("Kill")) {
            line.send(reply.text(OK).frame());
            detach();
            kill.run();
            line.close();
            return false;
        }
        return true;
    }

    /** The first action whose thread is the present one, or which is for all, counts: there is one processor. */
    private boolean continueBy(CommandText command, Reply reply) throws ProtocolException {
        while (!command.atEnd()) {
            String text = command.until(';');
            CommandText action =
                    new CommandText(ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
            boolean steps = action.skip("s") || action.skip("S");
            boolean ranges = !steps && action.skip("r");
            boolean stops = !steps && !ranges && action.skip("t");
            if (!steps && !ranges && !stops && !action.skip("c") && !action.skip("C")) {
                throw new ProtocolException("an action was expected");
            }
            int start = 0;
            int end = 0;
            if (ranges) {
                start = action.address();
                action.expect(",");
                end = action.address();
            } else {
                action.until(':');
                action = new CommandText(ByteBuffer.wrap(text.substring(Math.max(0, text.indexOf(':')))
                        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
            }
            int thread = action.skip(":") ? action.thread() : -1;
            if (thread > 0 && thread != state.current()) {
                continue;
            }
            if (stops) {
                reply.text(OK);
                return true;
            }
            if (steps || ranges) {
                step(start, end);
            } else {
                goOn();
            }
            return false;
        }
        goOn();
        return false;
    }

    private void goOn() {
        stops.apply();
        monitor.goesOn();
        running = true;
        reportsStop = true;
        port.resume(target.cpu());
    }

    /** bs and bc: back by an instruction, or to the last stop. */
    private boolean back(CommandText command, Reply reply) throws ProtocolException {
        boolean steps = command.skip("s");
        if (!steps) {
            command.expect("c");
        }
        if (target.cpu() != DebugPort.Cpu.EE || !port.rewinds()) {
            reply.text("E.going back is not possible here");
            return true;
        }
        running = true;
        reportsStop = true;
        port.rewind(
                steps ? DebugPort.Back.STEP : DebugPort.Back.CONTINUE,
                other -> stops.setOn(other.ee().stopPoints(), targets.apply(other)));
        return false;
    }

    private void step(int start, int end) {
        running = true;
        reportsStop = true;
        plan = new StepPlan(target, port, start, end);
        plan.step();
    }
}
