package soliloquy.bios.iop;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import soliloquy.bios.DevicePath;
import soliloquy.bios.irx.IopTime;
import soliloquy.iop.IopBus;
import soliloquy.machine.Notices;

/**
 * cdvdfsv: what libcdvd on the EE calls. Reads go through {@link DiscReader} and, with what does not fill 64-byte lines apart,
 * by {@link EeStream} to the EE. Source: ps2sdk {@code libcdvd-rpc.h} and {@code ncmd.c}.
 */
final class DiscService {
    static final int INITIALISE = 0x8000_0592;
    static final int S_COMMANDS = 0x8000_0593;
    static final int N_COMMANDS = 0x8000_0595;
    static final int POWER_OFF = 0x8000_0596;
    static final int SEARCH = 0x8000_0597;
    static final int READY = 0x8000_059A;
    static final int READY_SECOND = 0x8000_059C;

    /** Versions of the modules of late consoles; clients that see them use 64-byte buffers at the ends of reads. */
    private static final int VERSION = 0x0223;

    /** What sceCdDiskReady returns. */
    static final int IS_READY = 2;

    static final int IS_NOT_READY = 6;
    private static final int TRAY_CHECK = 2;
    private static final int MOST_PARAMETERS = 16;
    /** N-commands that want a DMA channel: reads and tables of contents; 0 is none of the reader's. */
    private static final Set<Integer> WITH_DATA = Set.of(0x00, 0x06, 0x07, 0x08, 0x09, 0x0E);

    private static final int UNIT = 64;
    /** IOP cycles between two looks at a disc that is being recognised: a millisecond. */
    static final long POLL_CYCLES = 36_864L;

    private static final int MOST_SECTORS = 0x0200_0000 / DiscReader.SECTOR;

    private final IopMemory memory;
    private final IopBus bus;
    private final SifTransfers transfers;
    private final DiscReader reader;
    private final DiscDirectory directory;
    private final DriveCommands commands;
    private final DiscSettings settings;
    private final IopTime time;
    private final Notices notices;

    DiscService(
            IopMemory memory,
            SifTransfers transfers,
            DiscReader reader,
            DiscDirectory directory,
            DriveCommands commands,
            IopTime time,
            Notices notices) {
        this.memory = memory;
        bus = memory.bus();
        this.transfers = transfers;
        this.reader = reader;
        this.directory = directory;
        this.commands = commands;
        settings = new DiscSettings(memory, commands);
        this.time = time;
        this.notices = notices;
    }

    void register(SifRpc rpc) {
        rpc.register(
                INITIALISE,
                call -> call.result(4, VERSION).result(8, VERSION).result(12, 0).complete(1));
        rpc.register(S_COMMANDS, this::systemCommand);
        rpc.register(N_COMMANDS, this::driveCommand);
        rpc.register(POWER_OFF, call -> call.complete(0));
        rpc.register(SEARCH, this::search);
        rpc.register(READY, this::ready);
        rpc.register(READY_SECOND, this::ready);
    }

    /** Mode 0 waits for a disc that is being recognised; without a disc, and in mode 1, the answer is the state now. */
    private void ready(RpcCall call) {
        if (call.word(0) == 0 && reader.willBeReady()) {
            time.after(POLL_CYCLES, () -> ready(call));
        } else {
            call.complete(reader.ready() ? IS_READY : IS_NOT_READY);
        }
    }

    private void driveCommand(RpcCall call) {
        switch (call.function()) {
            case 0x01 -> read(call);
            case 0x05 -> {
                int lsn = call.word(0);
                drive(call, DriveRegisters.N_SEEK, lsn, lsn >> 8, lsn >> 16, lsn >> 24);
            }
            case 0x06 -> drive(call, DriveRegisters.N_STANDBY);
            case 0x07 -> drive(call, DriveRegisters.N_STOP);
            case 0x08 -> drive(call, DriveRegisters.N_PAUSE);
            case 0x0C -> apply(call);
            case 0x0E -> ready(call);
            default -> missing(call, "N-command");
        }
    }

    private void drive(RpcCall call, int command, int... parameters) {
        reader.command(command, parameters, new DiscReader.Consumer() {
            @Override
            public void sectors(int address, int count, Runnable release) {
                release.run();
            }

            @Override
            public void finished(int error) {
                call.complete(error == 0 ? 1 : 0);
            }
        });
    }

    /** Any N-command without data: its number, of its parameters, and these. */
    private void apply(RpcCall call) {
        int command = call.word(0) & 0xFF;
        int[] parameters = new int[Math.min(call.word(0) >>> 16, MOST_PARAMETERS)];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = memory.ram().read8(call.address(4 + i)) & 0xFF;
        }
        if (WITH_DATA.contains(command)) {
            missing(call, "a transfer of data by sceCdApplyNCmd, N-command");
        } else {
            drive(call, command, parameters);
        }
    }

    private void missing(RpcCall call, String kind) {
        notices.report(
                Notices.Kind.UNIMPLEMENTED,
                "IOP cdvdfsv",
                0,
                "%s 0x%02x is not done; it fails".formatted(kind, call.function()));
        reader.lastError(DriveRegisters.ERROR_COMMAND);
        call.complete(0);
    }

    private void read(RpcCall call) {
        int lsn = call.word(0);
        int sectors = call.word(4);
        int buffer = call.word(8);
        int mode = call.word(12);
        int structure = call.word(16);
        int positionAddress = call.word(20);
        int pattern = mode >> 16 & 0xFF;
        if (pattern != 0) {
            missing(call, "a read of raw sectors by N-command");
            return;
        }
        if (sectors <= 0 || sectors > MOST_SECTORS) {
            reader.lastError(DriveRegisters.ERROR_SECTORS);
            call.complete(0);
            return;
        }
        if (!SifRpc.inEeMemory(buffer, sectors * DiscReader.SECTOR)) {
            reader.lastError(DriveRegisters.ERROR_PARAMETER);
            notices.report(
                    Notices.Kind.UNUSUAL,
                    "IOP cdvdfsv",
                    0,
                    "a read of %d sectors to 0x%08x would leave EE memory; it fails".formatted(sectors, buffer));
            call.complete(0);
            return;
        }
        EeStream stream = new EeStream(memory, transfers, buffer, sectors * DiscReader.SECTOR, UNIT);
        reader.read(lsn, sectors, mode & 0xFF, mode >> 8 & 0xFF, new DiscReader.Consumer() {
            @Override
            public void sectors(int address, int count, Runnable release) {
                stream.data(address, count * DiscReader.SECTOR, release);
                tellPosition(positionAddress, stream.position());
            }

            @Override
            public void finished(int error) {
                stream.finish(structure);
                call.complete(error == 0 ? 1 : 0);
            }
        });
    }

    /** The client's library reads how many bytes have come from a word of its memory. */
    private void tellPosition(int address, int bytes) {
        if (address != 0 && SifRpc.inEeMemory(address, 4)) {
            int block = memory.block();
            memory.word(block, bytes);
            transfers.send(block, address, 4);
        }
    }

    private void systemCommand(RpcCall call) {
        switch (call.function()) {
            case 0x01 ->
                commands.run(DriveRegisters.S_READ_CLOCK, new int[0], answer -> {
                    call.result(0, 1);
                    for (int i = 0; i < 8; i++) {
                        memory.ram().write8(call.resultAddress() + 4 + i, i < answer.size() ? answer.get(i) : 0);
                    }
                    call.complete();
                });
            case 0x03 -> call.complete(reader.discType());
            case 0x04 -> call.complete(reader.lastError());
            case 0x05 -> tray(call);
            case 0x0C -> call.complete(bus.read8(DriveRegisters.DRIVE_STATUS));
            case 0x22 -> call.complete(1);
            case 0x27 -> call.result(4, 0).result(8, 0).complete(1);
            default -> {
                if (!settings.take(call)) {
                    missing(call, "S-command");
                }
            }
        }
    }

    /** Opens (0) or closes (1) the tray, or asks whether it was open since it was last asked (2). */
    private void tray(RpcCall call) {
        int wanted = call.word(0);
        if (wanted == TRAY_CHECK) {
            int opened = bus.read8(DriveRegisters.STICKY_STATUS) & DriveRegisters.STATUS_TRAY_OPEN;
            commands.run(
                    DriveRegisters.S_TRAY_STATE,
                    new int[0],
                    answer -> call.result(4, opened).complete(1));
        } else {
            commands.run(
                    DriveRegisters.S_TRAY,
                    new int[] {wanted},
                    answer -> call.result(4, 0).complete(answer.equals(List.of(0)) ? 1 : 0));
        }
    }

    /** The request is a file record to be filled, the path, and where in EE memory the record goes. */
    private void search(RpcCall call) {
        boolean attributes = call.size() >= 0x128;
        int record = attributes ? 36 : 32;
        String path = call.text(record, 256);
        int destination = call.word(record + 256);
        directory.find(DevicePath.parse(path).parts(), found -> {
            found.ifPresent(entry -> send(entry, record, destination));
            call.complete(found.isPresent() ? 1 : 0);
        });
    }

    private void send(DiscDirectory.Entry entry, int bytes, int destination) {
        if (!SifRpc.inEeMemory(destination, bytes)) {
            return;
        }
        int block = memory.block();
        write(memory, block, entry);
        transfers.send(block, destination, bytes);
    }

    /** Writes sceCdlFILE: position, size, name and date of a file. */
    static void write(IopMemory memory, int block, DiscDirectory.Entry entry) {
        memory.word(block, entry.lsn());
        memory.word(block + 4, entry.size());
        String name =
                Optional.of(entry.name()).filter(text -> text.length() < 16).orElse("");
        for (int i = 0; i < name.length(); i++) {
            memory.ram().write8(block + 8 + i, name.charAt(i));
        }
        // sceCdlFILE's date: a zero, second, minute, hour, day, month, year of four digits; the record has years from
        // 1900.
        int year = 1900 + entry.date(0);
        int[] values = {
            0, entry.date(5), entry.date(4), entry.date(3), entry.date(2), entry.date(1), year & 0xFF, year >> 8
        };
        for (int i = 0; i < values.length; i++) {
            memory.ram().write8(block + 24 + i, values[i]);
        }
    }
}
