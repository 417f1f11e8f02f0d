package soliloquy.console.gdb;

import java.util.stream.Collectors;
import soliloquy.console.debug.DebugPort;

/** The commands that ask: what the server can do, the documents about the target, its threads, and what a monitor says. */
final class QueryCommands {
    private static final String OK = "OK";

    private final DebugPort port;
    private Target target;
    private Monitor monitor;
    private boolean tellsBreakpoints;

    QueryCommands(DebugPort port, Target target, Monitor monitor) {
        this.port = port;
        moved(target, monitor);
    }

    /** The machine is another one now. */
    void moved(Target targetNow, Monitor monitorNow) {
        target = targetNow;
        monitor = monitorNow;
    }

    /** True if the debugger understands that a stop is at a breakpoint. */
    boolean tellsBreakpoints() {
        return tellsBreakpoints;
    }

    /**
     * Answers the command.
     *
     * @param current number of the running thread as the debugger knows it
     */
    void answer(CommandText command, Reply reply, int current, GdbSession.Line line) throws ProtocolException {
        if (command.skip("Supported")) {
            tellsBreakpoints = command.until('\0').contains("swbreak+");
            reply.text("PacketSize=%x;QStartNoAckMode+;vContSupported+;swbreak+;ConditionalBreakpoints+;binary-upload+"
                            .formatted(PacketDecoder.LONGEST))
                    .text(";qXfer:features:read+;qXfer:memory-map:read+;qXfer:threads:read+")
                    .text(target.cpu() == DebugPort.Cpu.IOP ? ";qXfer:libraries:read+" : "")
                    .text(target.cpu() == DebugPort.Cpu.EE && port.rewinds() ? ";ReverseStep+;ReverseContinue+" : "");
        } else if (command.skip("StartNoAckMode")) {
            line.withoutAcknowledgements();
            reply.text(OK);
        } else if (command.skip("Xfer:")) {
            transfer(command, reply);
        } else if (command.skip("fThreadInfo")) {
            String ids = target.threads().stream()
                    .map(thread -> Integer.toHexString(thread.id()))
                    .collect(Collectors.joining(","));
            String idle = target.threadId() == 0 ? Integer.toHexString(TargetXml.IDLE) : "";
            reply.text("m" + ids + (ids.isEmpty() || idle.isEmpty() ? "" : ",") + idle);
        } else if (command.skip("sThreadInfo")) {
            reply.text("l");
        } else if (command.skip("ThreadExtraInfo,")) {
            int id = command.thread();
            reply.hexText(target.threads().stream()
                    .filter(thread -> thread.id() == id)
                    .map(thread -> thread.state() + ", priority " + thread.priority())
                    .findFirst()
                    .orElse("no thread can run"));
        } else if (command.skip("Attached")) {
            reply.text("1");
        } else if (command.skip("Symbol")) {
            reply.text(OK);
        } else if (command.skip("Rcmd,")) {
            reply.hexText(monitor.run(command.hexText()));
        } else if (command.skip("C")) {
            reply.text("QC%x".formatted(current));
        }
    }

    private void transfer(CommandText command, Reply reply) throws ProtocolException {
        String object = command.until(':');
        command.expect("read:");
        String annex = command.until(':');
        int offset = command.length(Integer.MAX_VALUE);
        command.expect(",");
        int length = command.length(Integer.MAX_VALUE);
        String document = switch (object) {
            case "features" -> annex.equals("target.xml") ? TargetXml.description(target) : null;
            case "memory-map" -> TargetXml.memoryMap(target);
            case "threads" -> TargetXml.threads(target);
            case "libraries" -> TargetXml.libraries(target);
            default -> null;
        };
        if (document == null) {
            reply.text("E00");
            return;
        }
        int start = Math.min(offset, document.length());
        int end = (int) Math.min(document.length(), (long) start + Math.min(length, PacketDecoder.LONGEST / 2));
        reply.text(end < document.length() ? "m" : "l");
        for (int i = start; i < end; i++) {
            reply.binary(document.charAt(i));
        }
    }
}
