package soliloquy.iop;

import soliloquy.machine.MemoryMapped;
import soliloquy.machine.Notices;
import soliloquy.machine.Scheduler;

/**
 * The rest of the IOP's I/O page: the timing of the buses, which is kept and changes nothing, and the places of SPU2 and of the USB
 * controller. Source: ps2tek "IOP I/O"; ps2sdk {@code ssbusc}.
 */
public final class IopIo implements MemoryMapped {
    private static final int BUS = 0x1F80_1000;
    private static final int BUS_SIZE = 0x40;
    private static final int BUS2 = 0x1F80_1400;
    private static final int BUS2_SIZE = 0x40;

    private final int[] registers = new int[(BUS_SIZE + BUS2_SIZE) / 4];
    private final Spu2Registers spu2;
    private final UsbHostController usb;

    public IopIo(Scheduler scheduler, Notices notices) {
        spu2 = new Spu2Registers(notices);
        usb = new UsbHostController(scheduler);
    }

    /** Puts these devices at every place they stand for. */
    public void mapOn(IopBus bus) {
        bus.map(BUS, BUS_SIZE, this);
        bus.map(BUS2, BUS2_SIZE, this);
        bus.map(Spu2Registers.BASE, Spu2Registers.SIZE, spu2);
        bus.map(UsbHostController.BASE, UsbHostController.SIZE, usb);
    }

    private static int index(int address) {
        return (address >= BUS2 ? address - BUS2 + BUS_SIZE : address - BUS) / 4;
    }

    @Override
    public long read(int address, int bytes) {
        return registers[index(address)] >>> 8 * (address & 3) & (1L << 8 * bytes) - 1;
    }

    @Override
    public void write(int address, int bytes, long value) {
        int shift = 8 * (address & 3);
        int mask = (int) ((1L << 8 * bytes) - 1) << shift;
        int index = index(address);
        registers[index] = registers[index] & ~mask | (int) value << shift & mask;
    }

    @Override
    public long peek(int address, int bytes) {
        return read(address, bytes);
    }
}
