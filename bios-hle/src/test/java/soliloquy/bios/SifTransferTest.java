package soliloquy.bios;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import soliloquy.ee.Dmac;
import soliloquy.ee.EeBus;
import soliloquy.ee.Gif;
import soliloquy.iop.IopBus;
import soliloquy.iop.IopDma;
import soliloquy.iop.IopIntc;
import soliloquy.iop.Sio2;
import soliloquy.machine.DmaSource;
import soliloquy.machine.GraphicsPort;
import soliloquy.machine.Notices;
import soliloquy.machine.Ram;
import soliloquy.machine.Scheduler;
import soliloquy.machine.SifFifo;

/** Both ends of the subsystem interface: what one side's DMA sends arrives in the other side's memory, byte for byte. */
class SifTransferTest {
    private static final int EE_DATA = 0x10_0000;
    private static final int EE_TAGS = 0x0F_0000;
    private static final int IOP_DATA = 0x1_0000;
    private static final int IOP_TAGS = 0x1000;
    private static final int EE_END = 7 << 28;
    private static final int EE_REF = 3 << 28;
    private static final int LAST = 1 << 31;

    /** A drawing surface and a drive that are not there. */
    private static final class Nothing implements GraphicsPort, DmaSource {
        @Override
        public void writeRegister(int register, long value) {}

        @Override
        public void setQ(int floatBits) {}

        @Override
        public void transferImage(byte[] data, int offset, int length) {}

        @Override
        public int available() {
            return 0;
        }

        @Override
        public void read(byte[] destination, int offset, int length) {}

        @Override
        public void onAvailable(Runnable channel) {}
    }

    private final Notices notices = new Notices(notice -> {});
    private final Scheduler scheduler = new Scheduler();
    private final Ram eeRam = new Ram(0x200_0000, EeBus.ROOM);
    private final Ram iopRam = new Ram(IopBus.RAM_SIZE);
    private final IopBus iopBus = new IopBus(iopRam, notices);
    private final IopIntc iopIntc = new IopIntc(asserted -> {});
    private final Dmac dmac;
    private boolean int1;

    SifTransferTest() {
        SifFifo sif0 = new SifFifo();
        SifFifo sif1 = new SifFifo();
        Nothing nothing = new Nothing();
        dmac = new Dmac(
                new EeBus(eeRam, notices),
                scheduler,
                asserted -> int1 = asserted,
                new Gif(nothing, notices),
                sif0,
                sif1,
                notices);
        IopDma dma = new IopDma(
                iopBus,
                scheduler,
                iopIntc.line(IopIntc.DMA),
                nothing,
                sif0,
                sif1,
                new Sio2(scheduler, iopIntc.line(IopIntc.SIO2)),
                notices);
        iopBus.map(IopDma.BASE2, IopDma.SIZE2, dma);
        iopBus.write32(0x1F801570, 0x0777_FF77);
        iopBus.write32(0x1F801574, 0xC << 16);
        dmac.write(0x1000E010, 4, 0x60_0000); // masks of channels 5 and 6
    }

    private void settle() {
        while (scheduler.nextEventTime() != Scheduler.NEVER) {
            scheduler.advanceTo(scheduler.nextEventTime());
            scheduler.fireDue();
        }
    }

    private static void fill(Ram ram, int start, int length, int seed) {
        for (int i = 0; i < length; i++) {
            ram.write8(start + i, seed + i * 31 + (i >> 8));
        }
    }

    private void startEeToIop(int quadwords) {
        eeRam.write32(EE_TAGS, EE_REF | quadwords + 1);
        eeRam.write32(EE_TAGS + 4, EE_DATA - 16);
        eeRam.write32(EE_TAGS + 16, EE_END);
        dmac.write(0x1000C430, 4, EE_TAGS);
        dmac.write(0x1000C420, 4, 0);
        dmac.write(0x1000C400, 4, 0x105);
    }

    @Property(tries = 60)
    void eeToIop(@ForAll @IntRange(min = 1, max = 5000) int words, @ForAll boolean receiverFirst) {
        int quadwords = words + 3 >> 2;
        fill(eeRam, EE_DATA, 4 * words, words);
        eeRam.write32(EE_DATA - 16, LAST | IOP_DATA);
        eeRam.write32(EE_DATA - 12, words);
        iopRam.write32(IOP_DATA + 4 * words, 0x5A5A_5A5A);
        if (receiverFirst) {
            iopBus.write32(0x1F801538, 0x41000300);
            startEeToIop(quadwords);
        } else {
            startEeToIop(quadwords);
            iopBus.write32(0x1F801538, 0x41000300);
        }
        settle();
        for (int i = 0; i < 4 * words; i++) {
            assertThat(iopRam.bytes[IOP_DATA + i]).isEqualTo(eeRam.bytes[EE_DATA + i]);
        }
        assertThat(iopRam.read32(IOP_DATA + 4 * words)).isEqualTo(0x5A5A_5A5A);
        assertThat(dmac.read(0x1000C400, 4) & 0x100).isZero();
        assertThat(iopBus.read32(0x1F801538) & 1 << 24).isZero();
        assertThat(iopBus.read32(0x1F801574) >>> 24).isEqualTo(8);
        assertThat(int1).isTrue();
        // A word in each IOP cycle is eight EE cycles; nothing may arrive faster.
        assertThat(scheduler.now()).isGreaterThanOrEqualTo(8L * words);
    }

    @Property(tries = 60)
    void iopToEe(@ForAll @IntRange(min = 1, max = 5000) int words, @ForAll boolean receiverFirst) {
        int quadwords = words + 3 >> 2;
        fill(iopRam, IOP_DATA, 16 * quadwords, words);
        iopRam.write32(IOP_TAGS, LAST | IOP_DATA);
        iopRam.write32(IOP_TAGS + 4, words);
        iopRam.write32(IOP_TAGS + 8, 0x9000_0000 | quadwords);
        iopRam.write32(IOP_TAGS + 12, EE_DATA);
        iopBus.write32(0x1F80152C, IOP_TAGS);
        if (receiverFirst) {
            dmac.write(0x1000C000, 4, 0x184);
            iopBus.write32(0x1F801528, 0x01000701);
        } else {
            iopBus.write32(0x1F801528, 0x01000701);
            dmac.write(0x1000C000, 4, 0x184);
        }
        settle();
        for (int i = 0; i < 16 * quadwords; i++) {
            assertThat(eeRam.bytes[EE_DATA + i]).isEqualTo(iopRam.bytes[IOP_DATA + i]);
        }
        assertThat(dmac.read(0x1000C000, 4) & 0x100).isZero();
        assertThat(iopBus.read32(0x1F801528) & 1 << 24).isZero();
        assertThat(iopBus.read32(0x1F801574) >>> 24).isEqualTo(4);
        assertThat(int1).isTrue();
    }

    @Test
    void endlessChainsDoNotStopTheHost() {
        dmac.write(0x1000C000, 4, 0x184);
        iopBus.write32(0x1F80152C, 0x10_0000); // zeros: tags without data and without end
        iopBus.write32(0x1F801528, 0x01000701);
        iopBus.write32(0x1F801538, 0x41000300);
        eeRam.write32(EE_TAGS, 2 << 28 | 0xFFFF);
        eeRam.write32(EE_TAGS + 4, EE_TAGS);
        dmac.write(0x1000C430, 4, EE_TAGS);
        dmac.write(0x1000C400, 4, 0x105);
        scheduler.advanceTo(1_000_000);
        scheduler.fireDue();
        assertThat(dmac.read(0x1000C000, 4) & 0x100).isNotZero();
        assertThat(dmac.read(0x1000C400, 4) & 0x100).isNotZero();
    }
}
