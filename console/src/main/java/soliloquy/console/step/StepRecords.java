package soliloquy.console.step;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import soliloquy.cdvd.DriveState;
import soliloquy.llm.generate.ForwardPassMap;
import soliloquy.llm.psnt.PsntLayout;
import soliloquy.llm.psnt.PsntTensor;
import soliloquy.llm.sample.Mode;

/** Writes one JSON object a line for each step. */
final class StepRecords {
    private final ObjectMapper mapper = new ObjectMapper();
    private final WritableByteChannel channel;

    StepRecords(WritableByteChannel channel) {
        this.channel = channel;
    }

    /** A step of {@code unit} has ended where {@code state} is. */
    void write(Command.Unit unit, StepState state) throws IOException {
        OperationRun run = state.run();
        ObjectNode node = mapper.createObjectNode();
        node.put("step", unit.name().toLowerCase(Locale.ROOT))
                .put("operation", run.number())
                .put("stage", run.stage())
                .put("function", run.call().function().symbol());
        place(node, run);
        if (run.endsToken()) {
            node.put("token", run.returned()).put("text", state.model().text(run.returned()));
        } else {
            tensor(node, run, state.model().lsn());
            vector(node, state);
        }
        node.put("begin", run.begin()).put("end", run.end());
        cost(node.putObject("cost"), state.stepCost());
        drive(node.putObject("drive"), state.console().drive().state());
        ByteBuffer line = ByteBuffer.wrap((mapper.writeValueAsString(node) + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
    }

    private static void place(ObjectNode node, OperationRun run) {
        if (run.pass() != null) {
            node.put("pass", run.pass().number());
        }
        if (run.place() == null) {
            return;
        }
        if (run.layer() != ForwardPassMap.NO_LAYER) {
            node.put("layer", run.layer());
        }
        node.put("position", run.place().position())
                .put("positions", run.place().positions())
                .put("offset", run.place().offset())
                .put("expected", run.place().expected());
    }

    private static void tensor(ObjectNode node, OperationRun run, int lsn) {
        PsntTensor tensor = run.operation() == null ? null : run.operation().tensor();
        if (tensor == null || run.call().weights() == null) {
            return;
        }
        node.putObject("matrix")
                .put("tensor", tensor.name())
                .put("rows", tensor.rows())
                .put("columns", tensor.columns())
                .put("encoding", tensor.encoding().name().toLowerCase(Locale.ROOT))
                .put("offset", tensor.offset())
                .put("lsn", lsn + tensor.offset() / PsntLayout.SECTOR)
                .put("address", Integer.toUnsignedLong(run.call().weights().address()));
    }

    private static void vector(ObjectNode node, StepState state) throws IOException {
        GuestVector vector = state.vector();
        VectorStatistics statistics = VectorStatistics.of(vector);
        node.putObject("vector")
                .put("address", Integer.toUnsignedLong(state.run().call().result()))
                .put("count", statistics.count())
                .put("minimum", statistics.minimum())
                .put("maximum", statistics.maximum())
                .put("mean", statistics.mean())
                .put("deviation", statistics.deviation())
                .put("rms", statistics.rms())
                .put("zeros", statistics.zeros());
        Optional<Difference> difference = state.difference(Mode.EE);
        if (difference.isPresent()) {
            node.putObject("diff")
                    .put("mode", "ee")
                    .put("count", difference.get().count())
                    .put("differing", difference.get().differing())
                    .put("maximum", difference.get().maximum())
                    .put("mean", difference.get().mean());
        }
    }

    private static void cost(ObjectNode node, Snapshot.Cost cost) {
        node.put("cycles", cost.cycles())
                .put("discWait", cost.waiting())
                .put("checking", cost.checking())
                .put("sectors", cost.sectors())
                .put("bytes", cost.bytes())
                .put("seeks", cost.seeks());
    }

    private static void drive(ObjectNode node, DriveState drive) {
        node.put("status", drive.status().toLowerCase(Locale.ROOT))
                .put("command", drive.command())
                .put("head", drive.head())
                .put("buffered", drive.buffered())
                .put("remaining", drive.remaining());
    }
}
