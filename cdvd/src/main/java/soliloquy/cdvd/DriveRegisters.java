package soliloquy.cdvd;

import soliloquy.machine.Notices;
import soliloquy.machine.Notices.Kind;
import soliloquy.machine.Scheduler;

/** The drive's registers, one case for each; all are one byte wide. Source: ps2tek "CDVD Drive", facts of cdvdman. */
final class DriveRegisters {
    /** Spindle code of the speed register that PCSX2 adds for a DVD. */
    private static final int DVD_SPEED = 0x0F;

    private final Scheduler scheduler;
    private final Notices notices;
    private final NCommands commands;
    private final SCommands systemCommands;
    private final DiscBay bay;
    private final Mechanism mechanism;
    private int howTo;
    private int whereSelect;

    DriveRegisters(
            Scheduler scheduler,
            Notices notices,
            NCommands commands,
            SCommands systemCommands,
            DiscBay bay,
            Mechanism mechanism) {
        this.scheduler = scheduler;
        this.notices = notices;
        this.commands = commands;
        this.systemCommands = systemCommands;
        this.bay = bay;
        this.mechanism = mechanism;
    }

    int read(int address) {
        return switch (address - Drive.BASE) {
            case 0x06 -> commands.takeError();
            case 0x18 -> systemCommands.takeResult();
            default -> {
                int value = peek(address);
                if (value < 0) {
                    notices.report(
                            Kind.UNHANDLED, "CDVD", 0, "There is no drive register 0x%08X to read.".formatted(address));
                    yield 0;
                }
                yield value;
            }
        };
    }

    /** Reads without side effects; -1 where there is no register. */
    int peek(int address) {
        return switch (address - Drive.BASE) {
            case 0x04 -> commands.commandCode();
            case 0x05 -> commands.status();
            case 0x06 -> commands.peekError();
            case 0x07 -> 0;
            case 0x08 -> commands.interruptStatus();
            case 0x09 -> whereSelect;
            case 0x0A -> commands.driveStatus();
            case 0x0B -> commands.stickyStatus();
            case 0x0C -> Bcd.minute(position());
            case 0x0D -> Bcd.second(position());
            case 0x0E -> Bcd.frame(position());
            case 0x0F -> bay.typeCode();
            case 0x13 -> speed();
            case 0x15 -> 0;
            case 0x16 -> systemCommands.commandCode();
            case 0x17 -> systemCommands.status();
            case 0x18 -> systemCommands.peekResult();
            // Disc key and its flags: no key has been read.
            case 0x20, 0x21, 0x22, 0x23, 0x24, 0x28, 0x29, 0x2A, 0x2B, 0x2C -> 0;
            case 0x30, 0x31, 0x32, 0x33, 0x34, 0x38, 0x39 -> 0;
            case 0x3A -> commands.decryption();
            default -> -1;
        };
    }

    void write(int address, int value) {
        switch (address - Drive.BASE) {
            case 0x04 -> commands.start(value);
            case 0x05 -> commands.parameter(value);
            // Block size of the DMA in words and a bit 7; the block sizes of BCR decide here.
            case 0x06 -> howTo = value;
            case 0x07 -> commands.abort();
            case 0x08 -> commands.acknowledge(value);
            // Which clock 0x0C to 0x0E show (0 CD, 1 CD-ROM, 2 DVD, PCSX2); here always the one of the disc.
            case 0x09 -> whereSelect = value;
            case 0x16 -> systemCommands.start(value);
            case 0x17 -> systemCommands.parameter(value);
            case 0x3A -> commands.decryption(value);
            default ->
                notices.report(
                        Kind.UNHANDLED,
                        "CDVD",
                        0,
                        "There is no drive register 0x%08X to write (0x%02X).".formatted(address, value));
        }
    }

    /** The last value of the DMA mode register. */
    int howTo() {
        return howTo;
    }

    private int position() {
        return mechanism.head(scheduler.now());
    }

    /** Spindle code of the last read, the maximum written out; 0 without a turning disc (PCSX2, cdvdRead13). */
    private int speed() {
        if (bay.disc() == null || bay.trayOpen() || !mechanism.spinning()) {
            return 0;
        }
        boolean dvd = bay.disc().type() == DiscType.PS2_DVD;
        int code = mechanism.control() & 0x3F;
        if (code == 0) {
            code = dvd ? 3 : 5;
        }
        return dvd ? code + DVD_SPEED : code - 1;
    }
}
