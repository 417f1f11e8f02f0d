package soliloquy.cdvd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import soliloquy.machine.InputException;

/** The places of everything on a disc and the sectors before the first file: descriptors, path tables, directories. */
final class IsoPlan {
    private static final int SECTOR = DiscImage.SECTOR_BYTES;
    private static final int PRIMARY_VOLUME = 16;

    /** On a DVD cdvdman looks for the path table here, whatever the descriptor says (ps2sdk cdvdman.c, CD_newmedia). */
    private static final int PATH_TABLE = 257;

    /** Sectors after the last file, as mastering tools add, so that a drive reading ahead stays on the disc. */
    private static final int POST_GAP = 150;

    /** Level 1 records end here: 33 bytes and an identifier of up to 14, padded to even length. */
    private static final int RECORD_BYTES = 33;

    /** The day the console was first sold; fixed, so that equal contents give equal images. */
    private static final byte[] RECORD_DATE = {100, 3, 4, 0, 0, 0, 0};

    private static final String VOLUME_DATE = "2000030400000000\0";
    private static final String NO_DATE = "0000000000000000\0";

    private final List<IsoTree.Directory> directories;
    private final byte[] metadata;
    private final int sectorCount;

    IsoPlan(String volume, IsoTree tree) throws InputException {
        directories = tree.directories();
        int tableBytes = 0;
        for (int i = 0; i < directories.size(); i++) {
            IsoTree.Directory directory = directories.get(i);
            directory.number = i + 1;
            directory.size = directoryBytes(directory);
            tableBytes += tableRecordBytes(directory);
        }
        int tableSectors = sectors(tableBytes);
        long next = PATH_TABLE + 2L * tableSectors;
        for (IsoTree.Directory directory : directories) {
            directory.lsn = (int) next;
            next += directory.size / SECTOR;
        }
        int firstFile = (int) next;
        for (IsoTree.File file : tree.files) {
            file.lsn = (int) next;
            next += (file.size() + SECTOR - 1) / SECTOR;
            if (next + POST_GAP > DriveProfile.DVD4.totalSectors()) {
                throw new InputException("The files up to " + file.path() + " need " + next
                        + " sectors of 2048 bytes; a single-layer DVD holds " + DriveProfile.DVD4.totalSectors()
                        + ".");
            }
        }
        sectorCount = (int) next + POST_GAP;
        metadata = new byte[firstFile * SECTOR];
        putPrimaryVolume(volume, tableBytes, tableSectors, tree.root);
        putTerminator();
        putPathTable(PATH_TABLE, ByteOrder.LITTLE_ENDIAN);
        putPathTable(PATH_TABLE + tableSectors, ByteOrder.BIG_ENDIAN);
        for (IsoTree.Directory directory : directories) {
            putDirectory(directory);
        }
    }

    /** Everything from sector 0 to the first file. */
    byte[] metadata() {
        return metadata;
    }

    List<IsoTree.Directory> directories() {
        return directories;
    }

    int sectorCount() {
        return sectorCount;
    }

    private static int sectors(long bytes) {
        return (int) ((bytes + SECTOR - 1) / SECTOR);
    }

    private static int recordBytes(int identifierBytes) {
        return (RECORD_BYTES + identifierBytes + 1) & ~1;
    }

    private static int tableRecordBytes(IsoTree.Directory directory) {
        return (8 + Math.max(1, directory.identifier().length()) + 1) & ~1;
    }

    private static int directoryBytes(IsoTree.Directory directory) {
        int position = 2 * recordBytes(1);
        for (IsoTree.Node child : directory.children) {
            position = place(position, recordBytes(child.identifier().length()))
                    + recordBytes(child.identifier().length());
        }
        return sectors(position) * SECTOR;
    }

    /** Where a record goes: at {@code position}, or in the next sector if it would cross into it. */
    private static int place(int position, int bytes) {
        return position % SECTOR + bytes > SECTOR ? (position / SECTOR + 1) * SECTOR : position;
    }

    /** Descriptor as in ECMA-119, 8.4. */
    private void putPrimaryVolume(String volume, int tableBytes, int tableSectors, IsoTree.Directory root) {
        int base = PRIMARY_VOLUME * SECTOR;
        metadata[base] = 1;
        putText(base + 1, 5, "CD001");
        metadata[base + 6] = 1;
        putText(base + 8, 32, "PLAYSTATION");
        putText(base + 40, 32, volume);
        putBoth32(base + 80, sectorCount);
        putBoth16(base + 120, 1);
        putBoth16(base + 124, 1);
        putBoth16(base + 128, SECTOR);
        putBoth32(base + 132, tableBytes);
        at(base + 140, ByteOrder.LITTLE_ENDIAN).putInt(PATH_TABLE);
        at(base + 148, ByteOrder.BIG_ENDIAN).putInt(PATH_TABLE + tableSectors);
        putRecord(base + 156, root, "\0");
        putText(base + 190, 128, "");
        putText(base + 318, 128, "");
        putText(base + 446, 128, "SOLILOQUY");
        putText(base + 574, 128, "PLAYSTATION");
        putText(base + 702, 111, "");
        putText(base + 813, 17, VOLUME_DATE);
        putText(base + 830, 17, VOLUME_DATE);
        putText(base + 847, 17, NO_DATE);
        putText(base + 864, 17, NO_DATE);
        metadata[base + 881] = 1;
    }

    private void putTerminator() {
        int base = (PRIMARY_VOLUME + 1) * SECTOR;
        metadata[base] = (byte) 255;
        putText(base + 1, 5, "CD001");
        metadata[base + 6] = 1;
    }

    /** Path table as in ECMA-119, 9.4. */
    private void putPathTable(int lsn, ByteOrder order) {
        int position = lsn * SECTOR;
        for (IsoTree.Directory directory : directories) {
            String identifier = directory.parent() == null ? "\0" : directory.identifier();
            int parent = directory.parent() == null ? 1 : directory.parent().number;
            at(position, order)
                    .put((byte) identifier.length())
                    .put((byte) 0)
                    .putInt(directory.lsn)
                    .putShort((short) parent)
                    .put(identifier.getBytes(StandardCharsets.ISO_8859_1));
            position += tableRecordBytes(directory);
        }
    }

    private void putDirectory(IsoTree.Directory directory) {
        int base = directory.lsn * SECTOR;
        int position = 0;
        putRecord(base, directory, "\0");
        position += recordBytes(1);
        putRecord(base + position, directory.parent() == null ? directory : directory.parent(), "\1");
        position += recordBytes(1);
        for (IsoTree.Node child : directory.children) {
            int bytes = recordBytes(child.identifier().length());
            position = place(position, bytes);
            putRecord(base + position, child, child.identifier());
            position += bytes;
        }
    }

    /** Directory record as in ECMA-119, 9.1. */
    private void putRecord(int position, IsoTree.Node node, String identifier) {
        metadata[position] = (byte) recordBytes(identifier.length());
        putBoth32(position + 2, node.lsn());
        putBoth32(position + 10, (int) node.size());
        System.arraycopy(RECORD_DATE, 0, metadata, position + 18, RECORD_DATE.length);
        metadata[position + 25] = (byte) (node instanceof IsoTree.Directory ? 2 : 0);
        putBoth16(position + 28, 1);
        metadata[position + 32] = (byte) identifier.length();
        putText(position + 33, identifier.length(), identifier);
    }

    private ByteBuffer at(int position, ByteOrder order) {
        return ByteBuffer.wrap(metadata).position(position).order(order);
    }

    private void putBoth16(int position, int value) {
        at(position, ByteOrder.LITTLE_ENDIAN).putShort((short) value);
        at(position + 2, ByteOrder.BIG_ENDIAN).putShort((short) value);
    }

    private void putBoth32(int position, int value) {
        at(position, ByteOrder.LITTLE_ENDIAN).putInt(value);
        at(position + 4, ByteOrder.BIG_ENDIAN).putInt(value);
    }

    private void putText(int position, int length, String text) {
        for (int i = 0; i < length; i++) {
            metadata[position + i] = (byte) (i < text.length() ? text.charAt(i) : ' ');
        }
    }
}
