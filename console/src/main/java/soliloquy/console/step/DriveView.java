package soliloquy.console.step;

import soliloquy.cdvd.DriveState;
import soliloquy.cdvd.DriveStatistics;
import soliloquy.llm.psnt.PsntLayout;
import soliloquy.llm.psnt.PsntTensor;

/** What the drive does. */
record DriveView(StepState state) {
    String text() {
        DriveState drive = state.console().drive().state();
        DriveStatistics done = state.console().drive().statistics();
        StringBuilder text = new StringBuilder();
        text.append("drive       %s, %s; profile '%s'%n"
                .formatted(
                        drive.status().toLowerCase(java.util.Locale.ROOT),
                        drive.command() == null ? "no command under way" : "command " + drive.command(),
                        drive.profile()));
        text.append("head        %s LSN %d%s%n"
                .formatted(drive.spinning() ? "at" : "standing, at", drive.head(), tensor(drive.head())));
        text.append("buffer      %s%n"
                .formatted(
                        drive.buffered() == 0
                                ? "empty (room for " + drive.bufferSectors() + " sectors)"
                                : "LSN %d to %d (%d of %d sectors)"
                                        .formatted(
                                                drive.bufferedFirst(),
                                                drive.bufferedFirst() + drive.buffered() - 1,
                                                drive.buffered(),
                                                drive.bufferSectors())));
        if (drive.command() != null && drive.remaining() > 0) {
            text.append("wanted      LSN %d and %d behind it%n".formatted(drive.wanted(), drive.remaining() - 1));
        }
        text.append("so far      %,d sectors (%,d bytes) delivered, %d seeks, %d retries%n"
                .formatted(done.sectorsDelivered(), done.bytesDelivered(), done.seeks(), done.retries()));
        Snapshot.Cost step = state.stepCost();
        if (step != null) {
            text.append("this step   %,d sectors (%,d bytes), %d seeks%n"
                    .formatted(step.sectors(), step.bytes(), step.seeks()));
        }
        return text.toString();
    }

    /** Which tensor of the model is at a sector. */
    private String tensor(int lsn) {
        long offset = (long) (lsn - state.model().lsn()) * PsntLayout.SECTOR;
        return state.model().file().tensors().stream()
                .filter(tensor -> offset >= tensor.offset() && offset < end(tensor))
                .findFirst()
                .map(tensor -> ", in " + tensor.name())
                .orElse("");
    }

    private static long end(PsntTensor tensor) {
        return tensor.offset() + tensor.bytes();
    }
}
