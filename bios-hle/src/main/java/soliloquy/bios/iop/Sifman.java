package soliloquy.bios.iop;

import soliloquy.bios.irx.IopKernel;
import soliloquy.bios.irx.Library;
import soliloquy.bios.irx.ModuleCall;
import soliloquy.iop.IopSifRegisters;

/** The library sifman: DMA to EE memory and the registers between the processors. Source: ps2sdk {@code iop/system/sifman}. */
final class Sifman implements Library {
    private static final int MSCOM = IopSifRegisters.BASE;
    private static final int SMCOM = IopSifRegisters.BASE + 0x10;
    private static final int MSFLG = IopSifRegisters.BASE + 0x20;
    private static final int SMFLG = IopSifRegisters.BASE + 0x30;

    /** The transfer is over, or never was. */
    private static final int ENDED = -1;

    private static final int WAITING = 0;
    /** Most transfers of one call: the tags that sifman has. */
    private static final int MOST = 32;

    private static final int DESCRIPTOR_BYTES = 16;
    /** Attribute of a transfer after which the EE's channel stops and interrupts. */
    private static final int INTERRUPT_EE = 4;

    private final IopKernel kernel;
    private final IopMemory memory;
    private final SifTransfers transfers;

    Sifman(IopKernel kernel, IopMemory memory, SifTransfers transfers) {
        this.kernel = kernel;
        this.memory = memory;
        this.transfers = transfers;
    }

    @Override
    public String name() {
        return "sifman";
    }

    @Override
    public int functions() {
        return 36;
    }

    @Override
    public boolean has(int ordinal) {
        return ordinal >= 4 && ordinal <= 8
                || ordinal == 10
                || ordinal == 11
                || ordinal >= 22 && ordinal <= 27
                || ordinal == 29
                || ordinal == 32;
    }

    @Override
    public int call(int ordinal, ModuleCall call) {
        return switch (ordinal) {
            case 7 -> send(call, 0, 0); // sceSifSetDma
            case 8 -> transfers.done(call.argument(0)) ? ENDED : WAITING; // sceSifDmaStat
            case 11 -> 0; // sceSifIsSending: blocks are queued
            case 22 -> memory.bus().read32(MSFLG);
            case 23 -> set(MSFLG, call.argument(0));
            case 24 -> memory.bus().read32(SMFLG);
            case 25 -> set(SMFLG, call.argument(0));
            case 26 -> memory.bus().read32(MSCOM);
            case 27 -> memory.bus().read32(SMCOM);
            case 29 -> 1; // sceSifCheckInit
            case 32 -> send(call, call.argument(2), call.argument(3)); // sceSifSetDmaIntr
            default -> 0; // sceSifInit, sceSifDma2Init, sceSifSetDChain, sceSifSendSync: done at boot
        };
    }

    private int set(int register, int value) {
        memory.bus().write32(register, value);
        return memory.bus().read32(register);
    }

    /** Sends what an array of descriptors asks for; {@code function} runs as an interrupt when all of it has gone, if not 0. */
    private int send(ModuleCall call, int function, int argument) {
        int count = call.argument(1);
        int number = 0;
        if (count <= 0 || count > MOST) {
            return 0;
        }
        for (int i = 0; i < count; i++) {
            int descriptor = call.argument(0) + i * DESCRIPTOR_BYTES;
            int source = call.word(descriptor) & 0x1FFF_FFFF;
            int destination = call.word(descriptor + 4);
            int size = call.word(descriptor + 8);
            if (size < 0 || !SifRpc.inEeMemory(destination, size)) {
                continue;
            }
            Runnable sent = function == 0 || i < count - 1
                    ? () -> {}
                    : () -> kernel.interrupt(function, result -> {}, argument, 0);
            number = (call.word(descriptor + 12) & INTERRUPT_EE) != 0
                    ? transfers.sendPacket(source, destination, size, sent)
                    : transfers.send(source, destination, size, sent);
        }
        return number;
    }
}
