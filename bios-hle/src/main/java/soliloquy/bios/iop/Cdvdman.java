package soliloquy.bios.iop;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import soliloquy.bios.DevicePath;
import soliloquy.bios.irx.IopKernel;
import soliloquy.bios.irx.Library;
import soliloquy.bios.irx.ModuleCall;
import soliloquy.bios.irx.WaitQueue;

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

    private final IopKernel kernel;
    private final IopMemory memory;
    private final DiscReader reader;
    private final DiscDirectory directory;
    private final DriveCommands commands;
    private WaitQueue synchronising = newQueue();
    private int underWay;
    private int callback;

    Cdvdman(IopKernel kernel, IopMemory memory, DiscReader reader, DiscDirectory directory, DriveCommands commands) {
        this.kernel = kernel;
        this.memory = memory;
        this.reader = reader;
        this.directory = directory;
        this.commands = commands;
    }

    private static WaitQueue newQueue() {
        return new WaitQueue(WaitQueue.EVENT_FLAG, 0, false);
    }

    @Override
    public void reset() {
        synchronising = newQueue();
        underWay = 0;
        callback = 0;
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
        return ordinal >= 4 && ordinal <= 8
                || ordinal >= 10 && ordinal <= 17
                || ordinal == 21
                || ordinal == 24
                || ordinal == 28
                || ordinal == 37
                || ordinal == 38
                || ordinal == 46
                || ordinal == 62
                || ordinal == 75
                || ordinal == 81;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        int first = call.argument(0);
        return switch (ordinal) {
            case 5 -> command(DriveRegisters.N_STANDBY, STANDBY);
            case 6, 62 -> read(call); // sceCdRead, sceCdRead0
            case 7 -> command(DriveRegisters.N_SEEK, SEEK, first, first >> 8, first >> 16, first >> 24);
            case 8 -> reader.lastError();
            case 10 -> search(first, path(call, call.argument(1)));
            case 11 -> synchronise(first);
            case 12 -> reader.discType();
            case 13 -> diskReady(first);
            case 14 -> tray(first, call.argument(1));
            case 15 -> command(DriveRegisters.N_STOP, STOP);
            case 16 -> toSector(first);
            case 17 -> toPosition(first, call.argument(1));
            case 21 -> underWay == 0 ? 1 : 0; // sceCdCheckCmd
            case 24 -> clock(first);
            case 28 -> reader.driveStatus();
            case 37 -> { // sceCdCallback
                int before = callback;
                callback = first;
                yield before;
            }
            case 38 -> command(DriveRegisters.N_PAUSE, PAUSE);
            default -> 1; // sceCdInit, sceCdNop, sceCdMmode, sceCdSetTimeout: the drive is ready for any disc
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
        if (dvd) {
            reader.read(lsn, count, mode & 0xFF, mode >> 8 & 0xFF, new Copy(buffer));
        } else {
            reader.readCd(lsn, count, buffer, mode & 0xFF, mode >> 8 & 0xFF, pattern, new Ended(READ));
        }
        return 1;
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
    private final class Copy extends Ended {
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
