package soliloquy.cdvd;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import soliloquy.machine.Clocks;
import soliloquy.machine.EventType;
import soliloquy.machine.Scheduler;

/** A hand that opens the tray and closes it again, at the times that faults name. */
final class FaultyTray {
    private record Movement(long time, boolean opens) {}

    private final Drive drive;
    private final Scheduler scheduler;
    private List<Movement> movements = List.of();
    private Faults faults = new Faults(List.of());

    FaultyTray(Drive drive, Scheduler scheduler) {
        this.drive = drive;
        this.scheduler = scheduler;
        scheduler.handle(EventType.CDVD_TRAY, (time, payload) -> move((int) payload));
    }

    /** Takes the openings out of {@code wanted}, and tells {@code newFaults} of each that takes place. */
    void schedule(List<Fault> wanted, Faults newFaults) {
        faults = newFaults;
        List<Movement> all = new ArrayList<>();
        for (Fault fault : wanted) {
            if (fault instanceof Fault.TrayOpen open) {
                all.add(new Movement(Clocks.cycles(open.at()), true));
                all.add(new Movement(Clocks.cycles(open.at() + open.duration()), false));
            }
        }
        all.sort(Comparator.comparingLong(Movement::time));
        movements = List.copyOf(all);
        scheduler.cancel(EventType.CDVD_TRAY);
        next(0);
    }

    private void next(int index) {
        if (index < movements.size()) {
            scheduler.scheduleAt(EventType.CDVD_TRAY, movements.get(index).time(), index);
        }
    }

    private void move(int index) {
        if (movements.get(index).opens()) {
            faults.trayHit();
            drive.openTray();
        } else {
            drive.closeTray();
        }
        next(index + 1);
    }
}
