package soliloquy.bios.iop;

import java.io.IOException;
import java.nio.file.Path;
import soliloquy.bios.irx.IopKernel;
import soliloquy.bios.irx.IopTime;
import soliloquy.iop.IopBus;
import soliloquy.machine.Notices;
import soliloquy.machine.TextOutput;

/**
 * The software of the IOP as it is after boot, beside its kernel: SIF commands and RPC, FILEIO, the heap, LOADFILE, the disc and the
 * pads. Map all devices, then {@link #start} it.
 */
public final class IopServices {
    private final IopKernel kernel;
    private final SifCommands commands;
    private final SifRpc rpc;
    private final DiscReader reader;
    private final FileOpener opener;
    private final FileService files;
    private final MemoryCard card;
    private final Pads pads;
    private final ModuleFiles moduleFiles;

    /**
     * @param kernel runs what modules the program loads
     * @param bus RAM and devices of the IOP; devices may be mapped later, but before {@link #start}
     * @param text takes what programs print through FILEIO
     */
    public IopServices(IopKernel kernel, IopBus bus, TextOutput text, Notices notices) {
        this.kernel = kernel;
        IopMemory memory = new IopMemory(bus);
        IopTime time = kernel.time();
        SifTransfers transfers = new SifTransfers(memory);
        commands = new SifCommands(kernel, memory, transfers, time, notices);
        rpc = new SifRpc(memory, transfers, commands, time, notices);
        ModuleRpc moduleRpc = new ModuleRpc(kernel, memory, transfers, commands);
        rpc.connect(moduleRpc);
        commands.connect(rpc, this::reset);
        kernel.add(new Sifman(kernel, memory, transfers));
        kernel.add(new Sifcmd(kernel, commands, moduleRpc));
        reader = new DiscReader(memory, time);
        DriveCommands driveCommands = new DriveCommands(bus, time);
        DiscDirectory directory = new DiscDirectory(memory, reader);
        opener = new FileOpener(directory, text, notices);
        files = new FileService(memory, transfers, rpc, reader, opener, new ModuleFileCalls(kernel, memory), notices);
        pads = new Pads(memory, transfers, notices);
        moduleFiles = new ModuleFiles(memory, reader, directory);
        Sio2man.State sio2 = new Sio2man.State();
        kernel.add(new Sio2man(kernel, memory, sio2, 0x0102));
        kernel.add(new Sio2man(kernel, memory, sio2, 0x0204));
        kernel.add(MissingLibrary.sound(notices));
        card = new MemoryCard(notices);
        kernel.add(new Mcman(kernel, memory, card, 0x0101, notices));
        kernel.add(new Mcman(kernel, memory, card, 0x0203, notices));
        kernel.add(new Padman(pads));
        kernel.add(MissingLibrary.keys(notices));
        ModuleStarter modules = new ModuleStarter(kernel, memory, moduleFiles, notices);
        ProgramLoader programs = new ProgramLoader(kernel, memory, transfers, modules, notices);
        LoadFileService loadFile = new LoadFileService(memory, modules, programs, notices);
        kernel.add(new Cdvdman(kernel, memory, reader, directory, driveCommands));
        DeviceFiles deviceFiles = new DeviceFiles(kernel, memory, opener, reader, directory);
        kernel.add(new Ioman(deviceFiles));
        kernel.add(new IomanX(kernel, deviceFiles));
        kernel.add(new Modload(kernel, modules));
        rpc.register(FileService.ID, files);
        rpc.register(HeapService.ID, new HeapService(kernel, memory, notices));
        rpc.register(LoadFileService.ID, loadFile);
        rpc.register(CardService.ID, new CardService(memory, transfers, rpc, card));
        PadService padService = new PadService(memory, pads, notices);
        rpc.register(PadService.ID, padService);
        rpc.register(PadService.ID_SECOND, padService);
        new DiscService(memory, transfers, reader, directory, driveCommands, time, notices).register(rpc);
    }

    /** Boots: registers interrupts, arms SIF1 and tells the EE that the IOP is ready. */
    public void start() {
        commands.start();
        reader.start(kernel);
        pads.start(kernel);
        kernel.boot();
    }

    /**
     * Shows a folder of the host to the guest as {@code host:}.
     *
     * @param writable true to let the guest change what is in it
     * @throws soliloquy.machine.InputException if there is no such folder
     */
    public void hostFolder(Path folder, boolean writable) throws IOException {
        HostFolder host = new HostFolder(folder, writable);
        opener.hostFolder(host);
        moduleFiles.hostFolder(host);
    }

    /**
     * Puts a memory card into the first slot whose files are those of a folder of the host.
     *
     * @param writable true to let the guest change what is in it
     * @throws soliloquy.machine.InputException if there is no such folder
     */
    public void memoryCard(Path folder, boolean writable) throws IOException {
        card.insert(new HostFolder(folder, writable));
    }

    private void reset() {
        kernel.reset();
        rpc.reset();
        files.reset();
        card.reset();
        pads.reset();
    }
}
