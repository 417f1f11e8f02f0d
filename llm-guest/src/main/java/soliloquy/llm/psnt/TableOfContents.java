package soliloquy.llm.psnt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import soliloquy.machine.InputException;

/** The part of a version 4 file between the shared header fields and the first tensor. */
final class TableOfContents {
    private static final int NAME_BYTES = 28;
    private static final int ROW_TILE = 64;
    private static final int GROUP = 68;
    private static final int COUNT = 72;
    private static final int TOC_OFFSET = 76;
    private static final int ENTRY_SIZE = 80;
    private static final int DATA_OFFSET = 84;
    private static final int FILE_SIZE = 88;
    private static final int TOC_CRC = 92;
    private static final int HEADER_CRC = 96;

    private TableOfContents() {}

    /** Header (128 bytes) and table of contents of a file with these tensors. */
    static ByteBuffer write(PsntHeader header, List<PsntTensor> tensors, long fileBytes) {
        int tocBytes = tensors.size() * PsntLayout.ENTRY_BYTES;
        ByteBuffer toc = ByteBuffer.allocate(tocBytes).order(ByteOrder.LITTLE_ENDIAN);
        for (PsntTensor tensor : tensors) {
            byte[] name = tensor.name().getBytes(StandardCharsets.US_ASCII);
            toc.put(name).put(new byte[NAME_BYTES - name.length]);
            toc.putInt(tensor.kind().code())
                    .putInt(tensor.layer())
                    .putInt(tensor.encoding().code());
            toc.putInt(tensor.group()).putInt(tensor.rows()).putInt(tensor.columns());
            toc.putInt((int) tensor.offset()).putInt((int) tensor.bytes()).putInt((int) tensor.crc32());
        }
        ByteBuffer all = ByteBuffer.allocate(PsntHeader.V4_BYTES + tocBytes).order(ByteOrder.LITTLE_ENDIAN);
        header.write(all);
        all.putInt(ROW_TILE, TileLayout.ROWS);
        all.putInt(GROUP, header.encoding() == PsntEncoding.Q4 ? PsntLayout.Q4_GROUP : 0);
        all.putInt(COUNT, tensors.size()).putInt(TOC_OFFSET, PsntHeader.V4_BYTES);
        all.putInt(ENTRY_SIZE, PsntLayout.ENTRY_BYTES);
        all.putInt(DATA_OFFSET, (int) tensors.getFirst().offset());
        all.putInt(FILE_SIZE, (int) fileBytes);
        all.putInt(TOC_CRC, (int) crc(toc.flip(), tocBytes));
        all.putInt(HEADER_CRC, (int) crc(all, HEADER_CRC));
        all.put(PsntHeader.V4_BYTES, toc, 0, tocBytes);
        return all;
    }

    /**
     * Checks header and table of contents against the layout that the header demands.
     *
     * @return the layout's tensors with their checksums
     */
    static List<PsntTensor> read(String file, ByteBuffer header, ByteBuffer toc, PsntLayout layout)
            throws InputException {
        header.order(ByteOrder.LITTLE_ENDIAN);
        List<PsntTensor> tensors = layout.tensors();
        expect(file, HEADER_CRC, "header CRC-32", header.getInt(HEADER_CRC), (int) crc(header, HEADER_CRC));
        boolean grouped = tensors.stream().anyMatch(tensor -> tensor.group() != 0);
        expect(file, ROW_TILE, "row tile", header.getInt(ROW_TILE), TileLayout.ROWS);
        expect(file, GROUP, "group", header.getInt(GROUP), grouped ? PsntLayout.Q4_GROUP : 0);
        expect(file, COUNT, "tensor count", header.getInt(COUNT), tensors.size());
        expect(file, TOC_OFFSET, "table offset", header.getInt(TOC_OFFSET), PsntHeader.V4_BYTES);
        expect(file, ENTRY_SIZE, "entry size", header.getInt(ENTRY_SIZE), PsntLayout.ENTRY_BYTES);
        long dataOffset = tensors.getFirst().offset();
        expect(file, DATA_OFFSET, "data offset", header.getInt(DATA_OFFSET), (int) dataOffset);
        expect(file, FILE_SIZE, "file size", header.getInt(FILE_SIZE), (int) layout.fileBytes());
        expect(file, TOC_CRC, "table CRC-32", header.getInt(TOC_CRC), (int) crc(toc, toc.limit()));
        long[] checksums = new long[tensors.size()];
        for (int i = 0; i < checksums.length; i++) {
            PsntTensor tensor = tensors.get(i);
            int at = i * PsntLayout.ENTRY_BYTES;
            long place = PsntHeader.V4_BYTES + (long) at;
            String name = PsntFile.text(toc, at, NAME_BYTES);
            if (!name.equals(tensor.name())) {
                throw InputException.at(file, place, "tensor \"" + name + "\"", "\"" + tensor.name() + "\"");
            }
            int[] fields = {
                tensor.kind().code(),
                tensor.layer(),
                tensor.encoding().code(),
                tensor.group(),
                tensor.rows(),
                tensor.columns(),
                (int) tensor.offset(),
                (int) tensor.bytes()
            };
            String[] names = {"kind", "layer", "encoding", "group", "rows", "columns", "offset", "bytes"};
            for (int field = 0; field < fields.length; field++) {
                int inEntry = NAME_BYTES + 4 * field;
                String what = names[field] + " of " + name;
                expect(file, place + inEntry, what, toc.getInt(at + inEntry), fields[field]);
            }
            checksums[i] = Integer.toUnsignedLong(toc.getInt(at + PsntLayout.ENTRY_BYTES - 4));
        }
        return PsntFile.withChecksums(tensors, checksums);
    }

    private static void expect(String file, long offset, String what, int found, int expected) throws InputException {
        if (found != expected) {
            throw InputException.at(
                    file,
                    offset,
                    String.format("%s %d (0x%x)", what, Integer.toUnsignedLong(found), found),
                    String.format("%d (0x%x)", Integer.toUnsignedLong(expected), expected));
        }
    }

    private static long crc(ByteBuffer buffer, int count) {
        CRC32 crc = new CRC32();
        crc.update(buffer.duplicate().position(0).limit(count));
        return crc.getValue();
    }
}
