package soliloquy.bios.iop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import soliloquy.bios.irx.IopTime;
import soliloquy.iop.IopBus;

/** The S-commands of the drive: the clock, the tray, settings. They run beside reads. Source: ps2sdk {@code cdvdman}. */
final class DriveCommands {
    private static final int POLL_CYCLES = 2304;
    private static final int LONGEST_ANSWER = 16;

    private final IopBus bus;
    private final IopTime time;

    DriveCommands(IopBus bus, IopTime time) {
        this.bus = bus;
        this.time = time;
    }

    /** Runs {@code command}; {@code done} gets the bytes of its answer. */
    void run(int command, int[] parameters, Consumer<List<Integer>> done) {
        for (int parameter : parameters) {
            bus.write8(DriveRegisters.S_STATUS, parameter & 0xFF);
        }
        bus.write8(DriveRegisters.S_COMMAND, command);
        poll(done);
    }

    private void poll(Consumer<List<Integer>> done) {
        if ((bus.read8(DriveRegisters.S_STATUS) & DriveRegisters.S_STATUS_BUSY) != 0) {
            time.after(POLL_CYCLES, () -> poll(done));
            return;
        }
        List<Integer> answer = new ArrayList<>();
        while ((bus.read8(DriveRegisters.S_STATUS) & DriveRegisters.S_STATUS_EMPTY) == 0
                && answer.size() < LONGEST_ANSWER) {
            answer.add(bus.read8(DriveRegisters.S_RESULT));
        }
        done.accept(answer);
    }
}
