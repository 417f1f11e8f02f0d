package soliloquy.bios.iop;

/** One FILEIO read of a file on the disc: whole sectors from the drive, of which the wanted bytes go to the EE. */
final class DiscFileRead implements DiscReader.Consumer {
    private final DiscReader reader;
    private final OpenFile.OnDisc file;
    private final EeStream stream;
    private final int structure;
    private final RpcCall call;
    private final int count;
    private int skip;

    DiscFileRead(DiscReader reader, OpenFile.OnDisc file, EeStream stream, int structure, RpcCall call, int count) {
        this.reader = reader;
        this.file = file;
        this.stream = stream;
        this.structure = structure;
        this.call = call;
        this.count = count;
    }

    void start() {
        skip = file.position % DiscReader.SECTOR;
        int first = file.lsn + file.position / DiscReader.SECTOR;
        int sectors = (int) (((long) skip + count + DiscReader.SECTOR - 1) / DiscReader.SECTOR);
        reader.read(first, sectors, 0, 0, this);
    }

    @Override
    public void sectors(int address, int number, Runnable release) {
        int from = address + skip;
        int bytes = Math.min(number * DiscReader.SECTOR - skip, count - stream.position());
        skip = 0;
        stream.data(from, bytes, release);
    }

    @Override
    public void finished(int error) {
        stream.finish(structure);
        if (error == 0) {
            file.position += count;
            call.complete(count);
        } else {
            call.complete(Errno.EIO);
        }
    }
}
