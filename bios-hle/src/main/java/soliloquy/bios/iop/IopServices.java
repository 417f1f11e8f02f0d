package soliloquy.bios.iop;

import java.io.IOException;
import java.nio.file.Path;
import soliloquy.iop.IopBus;
import soliloquy.machine.InterruptPin;
import soliloquy.machine.Notices;
import soliloquy.machine.Scheduler;
import soliloquy.machine.TextOutput;

/**
 * The software of the IOP as it is after boot: SIF commands and RPC, FILEIO, the heap, LOADFILE, the disc and the pads. Wire its
 * {@link #interruptPin} to the IOP's interrupt controller, map all devices, then {@link #start} it.
 */
public final class IopServices {
    private final IopInterrupts interrupts;
    private final SifCommands commands;
    private final SifRpc rpc;
    private final DiscReader reader;
    private final FileService files;
    private final HeapService heap;
    private final PadService pads;

    /**
     * @param bus RAM and devices of the IOP; devices may be mapped later, but before {@link #start}
     * @param text takes what programs print through FILEIO
     */
    public IopServices(IopBus bus, Scheduler scheduler, TextOutput text, Notices notices) {
        IopMemory memory = new IopMemory(bus);
        IopTime time = new IopTime(scheduler);
        interrupts = new IopInterrupts(bus, time);
        SifTransfers transfers = new SifTransfers(memory);
        commands = new SifCommands(memory, transfers, time, notices);
        rpc = new SifRpc(memory, transfers, commands, time, notices);
        commands.connect(rpc, this::reset);
        reader = new DiscReader(memory, time);
        DiscDirectory directory = new DiscDirectory(memory, reader);
        files = new FileService(memory, transfers, rpc, reader, directory, text, notices);
        heap = new HeapService(memory, notices);
        pads = new PadService(memory, transfers, notices);
        rpc.register(FileService.ID, files);
        rpc.register(HeapService.ID, heap);
        rpc.register(LoadFileService.ID, new LoadFileService(memory, notices));
        rpc.register(PadService.ID, pads);
        rpc.register(PadService.ID_SECOND, pads);
        new DiscService(memory, transfers, reader, directory, time, notices).register(rpc);
    }

    /** The interrupt input of the processor that this software stands for. */
    public InterruptPin interruptPin() {
        return interrupts;
    }

    /** Boots: registers interrupts, arms SIF1 and tells the EE that the IOP is ready. */
    public void start() {
        commands.start(interrupts);
        reader.start(interrupts);
        pads.start(interrupts);
        interrupts.enable();
    }

    /**
     * Shows a folder of the host to the guest as {@code host:}.
     *
     * @throws IOException if there is no such folder
     */
    public void hostFolder(Path folder) throws IOException {
        files.hostFolder(new HostFolder(folder));
    }

    private void reset() {
        rpc.reset();
        files.reset();
        heap.reset();
        pads.reset();
    }
}
