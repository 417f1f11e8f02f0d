package soliloquy.bios.iop;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import soliloquy.bios.DevicePath;
import soliloquy.bios.irx.IopKernel;
import soliloquy.bios.irx.Library;
import soliloquy.bios.irx.ModuleCall;
import soliloquy.bios.irx.WaitQueue;
import soliloquy.iop.IopDma;

/** The library cdvdman: the drive for modules. Source: ps2sdk {@code iop/cdvd/cdvdman}, {@code libcdvd-common.h}. */
final class Cdvdman implements Library {
    /** Why a callback is called. */
    private static final int READ = 1;

    private static final int SEEK = 4;
    private static final int STANDBY = 5;
    private static final int STOP = 6;
    private static final int PAUSE = 7;

    private static final int MOST_SECTORS = 0xFFFF;
    private static final int FRAMES_PER_SECOND = 75;
    private static final int SECONDS_PER_MINUTE = 60;
    /** Frames of the lead-in: LSN 0 is at two seconds. */
    private static final int LEAD_IN = 150;

    private static final int N_READ_CDDA = 0x07;
    private static final int N_GET_TOC = 0x09;
    private static final int DVD_BLOCK = 2064;
    /** Bytes of an audio sector alone, with subchannel Q, with all subchannels. */
    private static final int[] AUDIO_BYTES = {2352, 2368, 2448};
    /** MADR of the drive's DMA channel. */
    private static final int CHANNEL_ADDRESS = IopDma.BASE + 0x30;

    private static final int MOST_PIECES = 64;
    private static final int PIECE_BYTES = 12;
    private static final int MOST_PARAMETERS = 16;

    private final IopKernel kernel;
    private final IopMemory memory;
    private final DiscReader reader;
    private final DiscDirectory directory;
    private final DriveCommands commands;
    private WaitQueue synchronising = newQueue();
    private final CdvdmanCommands settings;
    private final CdStream stream;
    private int underWay;
    private int callback;
    private int powerOff;
    private int readBuffer;

    Cdvdman(IopKernel kernel, IopMemory memory, DiscReader reader, DiscDirectory directory, DriveCommands commands) {
        this.kernel = kernel;
        this.memory = memory;
        this.reader = reader;
        this.directory = directory;
        this.commands = commands;
        settings = new CdvdmanCommands(memory, commands);
        stream = new CdStream(memory, reader);
    }

    private static WaitQueue newQueue() {
        return new WaitQueue(WaitQueue.EVENT_FLAG, 0, false);
    }

    @Override
    public void reset() {
        synchronising = newQueue();
        underWay = 0;
        callback = 0;
        powerOff = 0;
        stream.reset();
    }

    @Override
    public String name() {
        return "cdvdman";
    }

    @Override
    public int functions() {
        return 115;
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= 4 && ordinal <= 17
                || ordinal >= 19 && ordinal <= 21
                || ordinal == 24
                || ordinal == 28
                || ordinal >= 37 && ordinal <= 40
                || ordinal == 44
                || ordinal == 46
                || ordinal == 51
                || ordinal == 54
                || ordinal >= 56 && ordinal <= 62
                || ordinal >= 66 && ordinal <= 68
                || ordinal == 71
                || ordinal == 75
                || ordinal == 77
                || ordinal == 78
                || ordinal == 81
                || ordinal == 83
                || ordinal == 84
                || ordinal == 90
                || CdvdmanCommands.has(ordinal);
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        int first = call.argument(0);
        return switch (ordinal) {
            case 5 -> command(DriveRegisters.N_STANDBY, STANDBY);
            case 6, 62 -> read(call); // sceCdRead, sceCdRead0
            case 7 -> command(DriveRegisters.N_SEEK, SEEK, first, first >> 8, first >> 16, first >> 24);
            case 8 -> reader.lastError();
            case 9 -> contents(first, 0); // sceCdGetToc
            case 10 -> search(first, path(call, call.argument(1)));
            case 11 -> synchronise(first);
            case 12 -> reader.discType();
            case 13 -> diskReady(first);
            case 14 -> tray(first, call.argument(1));
            case 15 -> command(DriveRegisters.N_STOP, STOP);
            case 16 -> toSector(first);
            case 17 -> toPosition(first, call.argument(1));
            case 19 -> contents(first, call.argument(1)); // sceCdGetToc2
            case 20 -> whole(call, DriveRegisters.N_READ_DVD, DVD_BLOCK, 0); // sceCdReadDVDV
            case 21 -> underWay == 0 ? 1 : 0; // sceCdCheckCmd
            case 24, 51 -> clock(first); // sceCdReadClock, sceCdRC
            case 28 -> reader.driveStatus();
            case 37 -> { // sceCdCallback
                int before = callback;
                callback = first;
                yield before;
            }
            case 38 -> command(DriveRegisters.N_PAUSE, PAUSE);
            case 39 -> { // sceCdBreak
                memory.bus().write8(DriveRegisters.BREAK, 1);
                yield 1;
            }
            case 40 -> readAudio(call);
            case 44 -> underWay == 0 ? 0 : Math.max(0, memory.bus().read32(CHANNEL_ADDRESS) - readBuffer);
            case 54 -> applyDrive(call, first, call.argument(1), call.argument(2) & 0xFFFF);
            case 56 -> stream.initialise(first, call.argument(1), call.argument(2) & 0x1FFF_FFFF);
            case 57 ->
                await(done -> stream.read(
                        first, call.argument(1) & 0x1FFF_FFFF, (call.argument(2) & 1) != 0, call.argument(3), done));
            case 58, 77 -> stream.seek(first);
            case 59 -> stream.start(first, call.argument(1) == 0 ? 0 : call.word(call.argument(1)));
            case 60 -> stream.state();
            case 61 -> stream.stop();
            case 66 -> chain(call, first, call.argument(1));
            case 67 -> stream.pause();
            case 68 -> stream.resume();
            case 78 -> { // sceCdPOffCallback: nobody presses the button
                int before = powerOff;
                powerOff = first;
                yield before;
            }
            case 83 -> { // sceCdReadDvdDualInfo: discs have one layer
                call.word(first, 0);
                call.word(call.argument(1), 0);
                yield 1;
            }
            case 84 -> call.argument(2) == 0 ? search(first, path(call, call.argument(1))) : 0; // sceCdLayerSearchFile
            case 90 -> memory.bus().read8(DriveRegisters.STICKY_STATUS);
            case 4, 46, 71, 75, 81 ->
                1; // sceCdInit, ...Nop, ...SpinCtrlIOP, ...Mmode, ...SetTimeout: it is ready for any disc
            default -> await(done -> settings.run(ordinal, call, done));
        };
    }

    private static String path(ModuleCall call, int address) {
        return new String(call.text(address), StandardCharsets.ISO_8859_1);
    }

    /** sceCdRead: sector, count, buffer, mode; 1 if the read begins. */
    private int read(ModuleCall call) {
        int lsn = call.argument(0);
        int count = call.argument(1);
        int buffer = call.argument(2) & 0x1FFF_FFFF;
        int mode = call.argument(3) == 0 ? 0 : call.word(call.argument(3));
        int pattern = mode >> 16 & 0xFF;
        boolean dvd = reader.discType() == DriveRegisters.TYPE_PS2_DVD;
        if (reader.busy()) {
            return 0;
        }
        if (count <= 0 || count > MOST_SECTORS) {
            reader.lastError(DriveRegisters.ERROR_SECTORS);
            return 0;
        }
        if (pattern > 2 || dvd && pattern != 0 || !memory.inRam(buffer, count * DiscReader.SECTOR)) {
            reader.lastError(DriveRegisters.ERROR_PARAMETER);
            return 0;
        }
        underWay++;
        readBuffer = buffer;
        if (dvd) {
            reader.read(lsn, count, mode & 0xFF, mode >> 8 & 0xFF, new Copy(buffer));
        } else {
            reader.readCd(lsn, count, buffer, mode & 0xFF, mode >> 8 & 0xFF, pattern, new Ended(READ));
        }
        return 1;
    }

    /** sceCdReadCDDA: sector, count, buffer, mode; sectors of 2352, 2368 or 2448 bytes. */
    private int readAudio(ModuleCall call) {
        int mode = call.argument(3) == 0 ? 0 : call.word(call.argument(3));
        int pattern = mode >> 16 & 0xFF;
        return pattern > 2 ? refuse() : whole(call, N_READ_CDDA, AUDIO_BYTES[pattern], pattern);
    }

    private int refuse() {
        reader.lastError(DriveRegisters.ERROR_PARAMETER);
        return 0;
    }

    /** Reads sectors whole, as they come from the drive. */
    private int whole(ModuleCall call, int command, int bytes, int pattern) {
        int lsn = call.argument(0);
        int count = call.argument(1);
        int buffer = call.argument(2) & 0x1FFF_FFFF;
        int mode = call.argument(3) == 0 ? 0 : call.word(call.argument(3));
        if (reader.busy()) {
            return 0;
        }
        if (count <= 0 || count > memory.ram().size() / bytes || !memory.inRam(buffer, count * bytes)) {
            return refuse();
        }
        boolean dvd = command == DriveRegisters.N_READ_DVD;
        int spindle = SpindleControl.parameter(mode >> 8 & 0xFF, dvd);
        int[] parameters = {
            lsn, lsn >> 8, lsn >> 16, lsn >> 24, count, count >> 8, count >> 16, count >> 24, mode, spindle, pattern
        };
        begin(command, parameters, buffer, bytes, count);
        return 1;
    }

    private void begin(int command, int[] parameters, int buffer, int bytes, int count) {
        underWay++;
        readBuffer = buffer;
        reader.data(command, parameters, buffer, bytes, count, new Ended(READ));
    }

    /** sceCdGetToc: 2064 bytes of the disc's table of contents. */
    private int contents(int address, int parameter) {
        int buffer = address & 0x1FFF_FFFF;
        if (reader.busy() || !memory.inRam(buffer, DVD_BLOCK)) {
            return 0;
        }
        begin(N_GET_TOC, new int[] {parameter}, buffer, DVD_BLOCK, 1);
        return 1;
    }

    /** sceCdReadChain: pieces of sector, count and buffer, the last of which has sector -1; those for EE memory fail. */
    private int chain(ModuleCall call, int pieces, int modeAddress) {
        int mode = modeAddress == 0 ? 0 : call.word(modeAddress);
        int count = 0;
        while (count < MOST_PIECES && call.word(pieces + PIECE_BYTES * count) != -1) {
            int sectors = call.word(pieces + PIECE_BYTES * count + 4);
            int buffer = call.word(pieces + PIECE_BYTES * count + 8);
            boolean possible = sectors > 0
                    && sectors <= memory.ram().size() / DiscReader.SECTOR
                    && memory.inRam(buffer & 0x1FFF_FFFC, sectors * DiscReader.SECTOR);
            if ((buffer & 1) == 0 || !possible) {
                return refuse();
            }
            count++;
        }
        if (reader.busy() || count == 0) {
            return 0;
        }
        underWay++;
        for (int i = 0; i < count; i++) {
            int piece = pieces + PIECE_BYTES * i;
            int buffer = call.word(piece + 8) & 0x1FFF_FFFC;
            boolean last = i == count - 1;
            reader.read(call.word(piece), call.word(piece + 4), mode & 0xFF, mode >> 8 & 0xFF, new Copy(buffer) {
                @Override
                public void finished(int error) {
                    if (last) {
                        super.finished(error);
                    }
                }
            });
        }
        return 1;
    }

    /** sceCdApplyNCmd: any command that gives no data; waits for its end. */
    private int applyDrive(ModuleCall call, int command, int from, int count) {
        int[] parameters = new int[Math.min(count, MOST_PARAMETERS)];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = call.octet(from + i);
        }
        return await(done -> reader.command(command & 0xFF, parameters, new DiscReader.Consumer() {
            @Override
            public void sectors(int address, int sectors, Runnable release) {
                release.run();
            }

            @Override
            public void finished(int error) {
                done.accept(1);
            }
        }));
    }

    private int command(int command, int reason, int... parameters) {
        if (reader.busy()) {
            return 0;
        }
        underWay++;
        reader.command(command, parameters, new Ended(reason));
        return 1;
    }

    private void ended(int reason) {
        underWay--;
        kernel.threads().wakeAll(synchronising, 0);
        if (callback != 0) {
            kernel.interrupt(callback, result -> {}, reason, 0);
        }
    }

    /** sceCdSync: mode 0 waits for the end of what was begun, mode 1 tells whether it is under way. */
    private int synchronise(int mode) {
        if (underWay == 0) {
            return 0;
        }
        if (mode == 1) {
            return 1;
        }
        kernel.threads().block(synchronising);
        return 0;
    }

    /** The calling thread waits until {@code work} gives what its call returns. */
    private int await(Consumer<Consumer<Integer>> work) {
        WaitQueue queue = newQueue();
        Integer[] early = {null};
        work.accept(result -> {
            early[0] = result;
            kernel.threads().wakeFirst(queue, result);
        });
        if (early[0] == null) {
            kernel.threads().block(queue);
            return 0;
        }
        return early[0];
    }

    private int diskReady(int mode) {
        return mode == 0 ? await(this::whenReady) : state();
    }

    private int state() {
        return reader.ready() ? DiscService.IS_READY : DiscService.IS_NOT_READY;
    }

    private void whenReady(Consumer<Integer> done) {
        if (reader.willBeReady()) {
            kernel.time().after(DiscService.POLL_CYCLES, () -> whenReady(done));
        } else {
            done.accept(state());
        }
    }

    /** sceCdSearchFile: 1 and the file's record, or 0. */
    private int search(int record, String path) {
        return await(done -> directory.find(DevicePath.parse(path).parts(), found -> {
            found.ifPresent(entry -> DiscService.write(memory, record & 0x1F_FFFF, entry));
            done.accept(found.isPresent() ? 1 : 0);
        }));
    }

    /** sceCdTrayReq: 0 opens, 1 closes, 2 tells whether it has been open since the last time. */
    private int tray(int mode, int count) {
        int command = mode == 2 ? DriveRegisters.S_TRAY_STATE : DriveRegisters.S_TRAY;
        int[] parameters = mode == 2 ? new int[0] : new int[] {mode};
        return await(done -> commands.run(command, parameters, answer -> {
            if (count != 0) {
                memory.word(count & 0x1F_FFFC, answer.isEmpty() ? 0 : answer.getFirst());
            }
            done.accept(1);
        }));
    }

    private int clock(int destination) {
        return await(done -> commands.run(DriveRegisters.S_READ_CLOCK, new int[0], answer -> {
            for (int i = 0; i < answer.size() && i < 8; i++) {
                memory.ram().write8((destination & 0x1F_FFFF) + i, answer.get(i));
            }
            done.accept(1);
        }));
    }

    private int toSector(int position) {
        int at = position & 0x1F_FFFF;
        int minute = binary(memory.ram().read8(at));
        int second = binary(memory.ram().read8(at + 1));
        return (minute * SECONDS_PER_MINUTE + second) * FRAMES_PER_SECOND
                + binary(memory.ram().read8(at + 2))
                - LEAD_IN;
    }

    private int toPosition(int lsn, int position) {
        int at = position & 0x1F_FFFF;
        int frames = lsn + LEAD_IN;
        memory.ram().write8(at, decimal(frames / FRAMES_PER_SECOND / SECONDS_PER_MINUTE));
        memory.ram().write8(at + 1, decimal(frames / FRAMES_PER_SECOND % SECONDS_PER_MINUTE));
        memory.ram().write8(at + 2, decimal(frames % FRAMES_PER_SECOND));
        return position;
    }

    private static int binary(int decimal) {
        return (decimal >> 4) * 10 + (decimal & 0xF);
    }

    private static int decimal(int binary) {
        return binary / 10 << 4 | binary % 10;
    }

    /** The end of a command, for the callback and those who wait. */
    private class Ended implements DiscReader.Consumer {
        private final int reason;

        Ended(int reason) {
            this.reason = reason;
        }

        @Override
        public void sectors(int address, int count, Runnable release) {
            release.run();
        }

        @Override
        public void finished(int error) {
            ended(reason);
        }
    }

    /** Sectors of a DVD come in blocks with headers, from which their bytes are copied. */
    private class Copy extends Ended {
        private int destination;

        Copy(int destination) {
            super(READ);
            this.destination = destination;
        }

        @Override
        public void sectors(int address, int count, Runnable release) {
            memory.move(destination, address, count * DiscReader.SECTOR);
            destination += count * DiscReader.SECTOR;
            release.run();
        }
    }
}
