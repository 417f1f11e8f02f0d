package soliloquy.bios.iop;

import java.util.ArrayDeque;
import soliloquy.bios.irx.IopKernel;
import soliloquy.bios.irx.IopTime;
import soliloquy.iop.IopBus;
import soliloquy.iop.IopDma;
import soliloquy.iop.IopIntc;

/**
 * cdvdman's reads: sectors from the drive into IOP RAM by DMA channel 3, sixteen at a time into two buffers, so that the drive
 * reads on while the buffer before is used. Requests are served in order; other N-commands take their turn among them.
 */
final class DiscReader {
    /** Sectors of one N-command. */
    static final int CHUNK = 16;

    /** Bytes of user data in a sector. */
    static final int SECTOR = 2048;

    private static final int DVD_BLOCK = 2064;
    /** A DVD block begins with twelve bytes of identification. */
    private static final int DVD_HEADER = 12;

    private static final int BUFFER_BYTES = CHUNK * DVD_BLOCK;
    private static final int CHANNEL_BASE = IopDma.BASE + 0x30;
    private static final int CHANNEL = 3;
    private static final int CHCR_READ = 0x4100_0200;
    private static final int CHCR_BUSY = 1 << 24;

    /** Copying the user data of one DVD block away from its header: 512 words, load and store; estimate. */
    private static final int COPY_CYCLES = 1500;

    /** Until the last block of a command has arrived after the drive says that it is over. */
    private static final int TAIL_CYCLES = 20_000;

    /** What a request does with its sectors. */
    interface Consumer {
        /**
         * Takes sectors.
         *
         * @param address where their user data lie in IOP RAM, one after the other
         * @param release to be called when the buffer may be used again
         */
        void sectors(int address, int count, Runnable release);

        /** The request is over, after all of its sectors were released; {@code error} is the drive's code or 0. */
        void finished(int error);
    }

    /** One request: sectors to read, or a command without data. */
    private static final class Request {
        private final int command;
        private final int[] parameters;
        private final Consumer consumer;
        /** Where sectors go straight away; 0: through the buffers. */
        private final int destination;

        private final int sectorBytes;
        private int lsn;
        private int remaining;
        private int held;
        private int error;

        private Request(
                int command,
                int[] parameters,
                int lsn,
                int count,
                int destination,
                int sectorBytes,
                Consumer consumer) {
            this.command = command;
            this.destination = destination;
            this.sectorBytes = sectorBytes;
            this.parameters = parameters;
            this.lsn = lsn;
            remaining = count;
            this.consumer = consumer;
        }
    }

    private final IopMemory memory;
    private final IopBus bus;
    private final IopTime time;
    private final ArrayDeque<Request> waiting = new ArrayDeque<>();
    private final boolean[] used = new boolean[2];
    private Request current;
    private int filling;
    private int chunk;
    private boolean dvd;
    private boolean commandRunning;
    private boolean commandEnded;
    private boolean dataEnded;
    private int lastError;

    DiscReader(IopMemory memory, IopTime time) {
        this.memory = memory;
        this.time = time;
        bus = memory.bus();
    }

    void start(IopKernel kernel) {
        kernel.handle(IopIntc.CDVD, this::interrupted);
        kernel.handleChannel(CHANNEL, this::dataEnded);
    }

    /**
     * Reads {@code count} sectors of 2048 bytes.
     *
     * @param tries how often the drive tries a sector, 0 for 256
     * @param spindle one of SCECdvdSpinValue, see {@link SpindleControl}
     */
    void read(int lsn, int count, int tries, int spindle, Consumer consumer) {
        enqueue(new Request(0, new int[] {tries, spindle, 0}, lsn, count, 0, SECTOR, consumer));
    }

    /**
     * Reads {@code count} sectors of a CD to {@code destination} in IOP RAM, without a buffer between; the consumer is told only
     * the end.
     *
     * @param tries how often the drive tries a sector, 0 for 256
     * @param spindle one of SCECdvdSpinValue, see {@link SpindleControl}
     * @param pattern 0, 1, 2 for sectors of 2048, 2328, 2340 bytes
     */
    void readCd(int lsn, int count, int destination, int tries, int spindle, int pattern, Consumer consumer) {
        int bytes = pattern == 0 ? SECTOR : pattern == 1 ? 2328 : 2340;
        enqueue(new Request(0, new int[] {tries, spindle, pattern}, lsn, count, destination, bytes, consumer));
    }

    /**
     * Runs an N-command whose data go to {@code destination} in IOP RAM, without a buffer between; the consumer is told only the end.
     *
     * @param blockBytes bytes of a block, a multiple of four
     * @param blocks how many come
     */
    void data(int command, int[] parameters, int destination, int blockBytes, int blocks, Consumer consumer) {
        enqueue(new Request(command, parameters, 0, blocks, destination, blockBytes, consumer));
    }

    /** Runs an N-command that gives no data. */
    void command(int command, int[] parameters, Consumer consumer) {
        enqueue(new Request(command, parameters, 0, 0, 0, 0, consumer));
    }

    private void enqueue(Request request) {
        waiting.addLast(request);
        if (current == null) {
            next();
        }
    }

    /** True while a request is under way. */
    boolean busy() {
        return current != null;
    }

    /** True if the drive has a disc that it knows and nothing to do. */
    boolean ready() {
        int status = bus.read8(DriveRegisters.N_STATUS);
        return (status & (DriveRegisters.N_STATUS_READY | DriveRegisters.N_STATUS_BUSY))
                        == DriveRegisters.N_STATUS_READY
                && discType() >= DriveRegisters.FIRST_TYPE_OF_DISC
                && !busy();
    }

    /** True while the drive looks what disc it has, or is busy. */
    boolean willBeReady() {
        int type = discType();
        return type != DriveRegisters.TYPE_NONE && type < DriveRegisters.FIRST_TYPE_OF_DISC || busy();
    }

    /** The drive status register. */
    int driveStatus() {
        return bus.read8(DriveRegisters.DRIVE_STATUS);
    }

    /** The error code of the last request. */
    int lastError() {
        return lastError;
    }

    /** A request that never reached the drive ended with {@code code}. */
    void lastError(int code) {
        lastError = code;
    }

    /** The disc type register. */
    int discType() {
        return bus.read8(DriveRegisters.DISC_TYPE);
    }

    private void next() {
        current = waiting.pollFirst();
        if (current != null) {
            issue();
        }
    }

    /** Gives the drive its next command if it is idle and there is a buffer to fill. */
    private void issue() {
        if (commandRunning || current == null) {
            return;
        }
        if (current.command != 0) {
            if (current.destination != 0) {
                expect(current.destination, current.sectorBytes, current.remaining);
            }
            send(current.command, current.parameters);
        } else if (current.destination != 0) {
            chunk = current.remaining;
            dvd = false;
            transfer(current.destination, current.sectorBytes, DriveRegisters.N_READ_CD);
        } else if (current.remaining > 0 && current.error == 0 && !(used[0] && used[1])) {
            filling = used[0] ? 1 : 0;
            used[filling] = true;
            current.held++;
            chunk = Math.min(CHUNK, current.remaining);
            dvd = discType() == DriveRegisters.TYPE_PS2_DVD;
            transfer(
                    buffer(filling),
                    dvd ? DVD_BLOCK : SECTOR,
                    dvd ? DriveRegisters.N_READ_DVD : DriveRegisters.N_READ_CD);
        }
    }

    /** Starts the channel. */
    private void expect(int address, int blockBytes, int blocks) {
        bus.write32(CHANNEL_BASE, address);
        bus.write32(CHANNEL_BASE + 4, blocks << 16 | blockBytes / 4);
        bus.write32(CHANNEL_BASE + 8, CHCR_READ);
    }

    /** Starts the channel and the drive on {@link #chunk} sectors. */
    private void transfer(int address, int sectorBytes, int command) {
        expect(address, sectorBytes, chunk);
        int lsn = current.lsn;
        int[] mode = current.parameters;
        int spindle = SpindleControl.parameter(mode[1], dvd);
        send(command, new int[] {
            lsn, lsn >> 8, lsn >> 16, lsn >> 24, chunk, chunk >> 8, chunk >> 16, chunk >> 24, mode[0], spindle, mode[2]
        });
    }

    private void send(int command, int[] parameters) {
        commandRunning = true;
        commandEnded = false;
        dataEnded = current.command != 0 && current.destination == 0;
        for (int parameter : parameters) {
            bus.write8(DriveRegisters.N_STATUS, parameter & 0xFF);
        }
        bus.write8(DriveRegisters.N_COMMAND, command);
    }

    private static int buffer(int index) {
        return IopMemory.SECTOR_BUFFERS + index * BUFFER_BYTES;
    }

    private void interrupted() {
        int reasons = bus.read8(DriveRegisters.INTERRUPT);
        bus.write8(DriveRegisters.INTERRUPT, reasons);
        if ((reasons & 0x03) != 0 && commandRunning) {
            current.error = bus.read8(DriveRegisters.ERROR);
            commandEnded = true;
            if (current.command != 0 && !dataEnded) {
                Request request = current;
                time.after(TAIL_CYCLES, () -> giveUpData(request));
            }
            advance();
        }
    }

    /** The drive has nothing more to give, though the channel was set up for more: a CD's contents are shorter than a DVD's. */
    private void giveUpData(Request request) {
        if (request == current && commandRunning && commandEnded && !dataEnded) {
            bus.write32(CHANNEL_BASE + 8, 0);
            dataEnded = true;
            advance();
        }
    }

    private void dataEnded() {
        if (commandRunning && (bus.read32(CHANNEL_BASE + 8) & CHCR_BUSY) == 0) {
            dataEnded = true;
            advance();
        }
    }

    /** The command is over when the drive says so and, if it went well, all data have arrived. */
    private void advance() {
        Request request = current;
        if (!commandEnded || !dataEnded && request.error == 0) {
            return;
        }
        commandRunning = false;
        if (request.command != 0 || request.destination != 0) {
            if (request.destination != 0 && request.error != 0) {
                bus.write32(CHANNEL_BASE + 8, 0);
            }
            finish();
            return;
        }
        if (request.error != 0) {
            bus.write32(CHANNEL_BASE + 8, 0);
            release(request, filling);
            return;
        }
        int index = filling;
        int count = chunk;
        request.lsn += count;
        request.remaining -= count;
        boolean headers = dvd;
        issue();
        time.after(headers ? (long) count * COPY_CYCLES : 0, () -> {
            if (headers) {
                for (int i = 0; i < count; i++) {
                    memory.move(buffer(index) + i * SECTOR, buffer(index) + i * DVD_BLOCK + DVD_HEADER, SECTOR);
                }
            }
            request.consumer.sectors(buffer(index), count, () -> release(request, index));
        });
    }

    private void release(Request request, int index) {
        used[index] = false;
        request.held--;
        if (request.held == 0 && (request.remaining == 0 || request.error != 0) && request == current) {
            finish();
        } else {
            issue();
        }
    }

    private void finish() {
        Request request = current;
        lastError = request.error;
        next();
        request.consumer.finished(request.error);
    }
}
