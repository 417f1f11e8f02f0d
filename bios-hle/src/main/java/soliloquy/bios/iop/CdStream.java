package soliloquy.bios.iop;

import java.util.function.Consumer;

/**
 * cdvdman's streaming: the drive reads ahead into a ring of banks that a module gave, and the module takes sectors from it. Source:
 * ps2sdk {@code libcdvd-common.h}, {@code cdvdstm}.
 */
final class CdStream {
    /** A read that takes sectors as they come. */
    private static final class Taker {
        final int destination;
        final int sectors;
        final int errorAddress;
        final Consumer<Integer> done;
        int taken;

        Taker(int destination, int sectors, int errorAddress, Consumer<Integer> done) {
            this.destination = destination;
            this.sectors = sectors;
            this.errorAddress = errorAddress;
            this.done = done;
        }
    }

    private final IopMemory memory;
    private final DiscReader reader;
    private int buffer;
    private int capacity;
    private int bank;
    private int lsn;
    private int tries;
    private int spindle;
    private int first;
    private int filled;
    private int error;
    private boolean running;
    private boolean reading;
    /** Grows with each start and stop, so that sectors of a stream that has ended are told from those of the next. */
    private int generation;

    private Taker taker;

    CdStream(IopMemory memory, DiscReader reader) {
        this.memory = memory;
        this.reader = reader;
    }

    void reset() {
        stop();
        capacity = 0;
    }

    /** sceCdStInit: a ring of {@code sectors} in {@code banks} at {@code address}; 1, or 0 if it cannot be one. */
    int initialise(int sectors, int banks, int address) {
        stop();
        boolean possible = sectors > 0
                && banks > 0
                && banks <= sectors
                && sectors <= memory.ram().size() / DiscReader.SECTOR
                && memory.inRam(address, sectors * DiscReader.SECTOR);
        bank = possible ? sectors / banks : 0;
        capacity = bank * banks;
        buffer = address;
        return possible ? 1 : 0;
    }

    /** sceCdStStart. */
    int start(int sector, int mode) {
        stop();
        tries = mode & 0xFF;
        spindle = mode >> 8 & 0xFF;
        return seek(sector);
    }

    /** sceCdStSeek: what was read ahead is dropped. */
    int seek(int sector) {
        if (capacity == 0) {
            return 0;
        }
        stop();
        lsn = sector;
        running = true;
        fill();
        return 1;
    }

    /** sceCdStStop. */
    int stop() {
        generation++;
        running = false;
        reading = false;
        first = 0;
        filled = 0;
        error = 0;
        take(true);
        return 1;
    }

    /** sceCdStPause: nothing more is read ahead. */
    int pause() {
        running = false;
        return 1;
    }

    /** sceCdStResume. */
    int resume() {
        running = capacity != 0;
        fill();
        return running ? 1 : 0;
    }

    /** sceCdStStat: the sectors that have been read ahead. */
    int state() {
        return filled;
    }

    /** sceCdStRead: {@code done} gets how many sectors went to {@code destination}: those there are, or all if it waits. */
    void read(int sectors, int destination, boolean wait, int errorAddress, Consumer<Integer> done) {
        if (taker != null
                || sectors <= 0
                || sectors > memory.ram().size() / DiscReader.SECTOR
                || !memory.inRam(destination, sectors * DiscReader.SECTOR)) {
            tell(errorAddress, DriveRegisters.ERROR_PARAMETER);
            done.accept(0);
            return;
        }
        taker = new Taker(destination, sectors, errorAddress, done);
        take(!wait);
        fill();
    }

    /** Gives the taker what there is; it is done when it has all, or when no more will come for it. */
    private void take(boolean last) {
        if (taker == null) {
            return;
        }
        while (filled > 0 && taker.taken < taker.sectors) {
            memory.move(taker.destination + taker.taken * DiscReader.SECTOR, address(first), DiscReader.SECTOR);
            taker.taken++;
            first = (first + 1) % capacity;
            filled--;
        }
        if (last || taker.taken == taker.sectors || !running || error != 0) {
            Taker over = taker;
            taker = null;
            tell(over.errorAddress, error);
            over.done.accept(over.taken);
        }
    }

    private void tell(int address, int code) {
        if (address != 0) {
            memory.word(address & 0x1F_FFFC, code);
        }
    }

    private int address(int index) {
        return buffer + index % capacity * DiscReader.SECTOR;
    }

    /** Reads the next bank if there is room for it. */
    private void fill() {
        if (!running || reading || error != 0 || capacity - filled < bank) {
            return;
        }
        reading = true;
        int now = generation;
        reader.read(lsn, bank, tries, spindle, new DiscReader.Consumer() {
            @Override
            public void sectors(int address, int count, Runnable release) {
                if (now == generation) {
                    for (int i = 0; i < count; i++) {
                        memory.move(address(first + filled), address + i * DiscReader.SECTOR, DiscReader.SECTOR);
                        filled++;
                    }
                    lsn += count;
                }
                release.run();
            }

            @Override
            public void finished(int code) {
                if (now == generation) {
                    reading = false;
                    error = code;
                    take(false);
                    fill();
                }
            }
        });
    }
}
