package soliloquy.iop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import soliloquy.machine.DmaSource;
import soliloquy.machine.Notices;
import soliloquy.machine.Ram;
import soliloquy.machine.Scheduler;
import soliloquy.machine.SerialDevice;
import soliloquy.machine.SifFifo;

/** Channels of the IOP's DMA controller, registers as ps2tek gives them. */
class IopDmaTest {
    private static final int CDVD = 0x1F8010B0;
    private static final int SIF0 = 0x1F801520;
    private static final int SIF1 = 0x1F801530;
    private static final int SIO2_IN = 0x1F801540;
    private static final int SIO2_OUT = 0x1F801550;
    private static final int DPCR = 0x1F8010F0;
    private static final int DICR = 0x1F8010F4;
    private static final int DPCR2 = 0x1F801570;
    private static final int DICR2 = 0x1F801574;
    private static final int BUSY = 1 << 24;

    private final Ram ram = new Ram(IopBus.RAM_SIZE);
    private final Notices notices = new Notices(notice -> {});
    private final IopBus bus = new IopBus(ram, notices);
    private final Scheduler scheduler = new Scheduler();
    private final IopIntc intc = new IopIntc(asserted -> {});
    private final FakeDrive drive = new FakeDrive();
    private final SifFifo sif0 = new SifFifo();
    private final SifFifo sif1 = new SifFifo();
    private final Sio2 sio2 = new Sio2(scheduler, intc.line(IopIntc.SIO2));
    private final IopDma dma = new IopDma(bus, scheduler, intc.line(IopIntc.DMA), drive, sif0, sif1, sio2, notices);

    /** Gives bytes that count up. */
    private static final class FakeDrive implements DmaSource {
        private int available;
        private int next;
        private Runnable channel;

        @Override
        public int available() {
            return available;
        }

        @Override
        public void read(byte[] destination, int offset, int length) {
            for (int i = 0; i < length; i++) {
                destination[offset + i] = (byte) next++;
            }
            available -= length;
        }

        @Override
        public void onAvailable(Runnable listener) {
            channel = listener;
        }

        void give(int bytes) {
            available += bytes;
            channel.run();
        }
    }

    @BeforeEach
    void map() {
        bus.map(IopDma.BASE, IopDma.SIZE, dma);
        bus.map(IopDma.BASE2, IopDma.SIZE2, dma);
        bus.map(IopIntc.BASE, IopIntc.SIZE, intc);
        bus.map(Sio2.BASE, Sio2.SIZE, sio2);
        bus.write32(DPCR, 0x0777_F777);
        bus.write32(DPCR2, 0x07FF_FF77);
        bus.write32(DICR, 1 << 23 | 1 << 19);
        bus.write32(DICR2, 0xC << 16);
    }

    private void settle() {
        while (scheduler.nextEventTime() != Scheduler.NEVER) {
            scheduler.advanceTo(scheduler.nextEventTime());
            scheduler.fireDue();
        }
    }

    private boolean interrupted() {
        boolean was = (intc.status() & 8) != 0;
        bus.write32(0x1F801070, ~8);
        return was;
    }

    @Test
    void driveDataWaitForTheDrive() {
        bus.write32(CDVD, 0x1000);
        bus.write32(CDVD + 4, 2 << 16 | 512);
        bus.write32(CDVD + 8, 0x41000200);
        settle();
        assertThat(bus.read32(CDVD + 8) & BUSY).isNotZero();
        drive.give(2048);
        settle();
        assertThat(bus.read32(CDVD + 8) & BUSY).isNotZero();
        assertThat(bus.read32(CDVD)).isEqualTo(0x1800);
        assertThat(bus.read32(CDVD + 4)).isEqualTo(1 << 16 | 512);
        drive.give(4096);
        settle();
        assertThat(bus.read32(CDVD + 8)).isEqualTo(0x40000200);
        for (int i = 0; i < 4096; i++) {
            assertThat(ram.read8(0x1000 + i)).isEqualTo(i & 0xFF);
        }
        assertThat(ram.read32(0x2000)).isZero();
        assertThat(drive.available).isEqualTo(2048);
        assertThat(bus.read32(DICR)).isEqualTo(1 << 31 | 1 << 27 | 1 << 23 | 1 << 19);
        assertThat(interrupted()).isTrue();
    }

    @Test
    void channelThatIsNotEnabledWaits() {
        bus.write32(DPCR, 0x0777_7777);
        drive.give(2048);
        bus.write32(CDVD + 4, 1 << 16 | 512);
        bus.write32(CDVD + 8, 0x41000200);
        settle();
        assertThat(drive.available).isEqualTo(2048);
        bus.write32(DPCR, 0x0777_F777);
        settle();
        assertThat(drive.available).isZero();
        assertThat(notices.all()).hasSize(1);
    }

    @Test
    void flagsSetOnlyIfMaskedInAndClearByWritingOne() {
        bus.write32(DICR, 1 << 23);
        drive.give(64);
        bus.write32(CDVD + 4, 1 << 16 | 16);
        bus.write32(CDVD + 8, 0x41000200);
        settle();
        assertThat(bus.read32(DICR)).isEqualTo(1 << 23);
        assertThat(interrupted()).isFalse();
        bus.write32(DICR, 1 << 23 | 1 << 19);
        drive.give(64);
        bus.write32(CDVD + 4, 1 << 16 | 16);
        bus.write32(CDVD + 8, 0x41000200);
        settle();
        assertThat(interrupted()).isTrue();
        bus.write32(DICR, 1 << 27 | 1 << 23 | 1 << 19);
        assertThat(bus.read32(DICR)).isEqualTo(1 << 23 | 1 << 19);
    }

    @Test
    void sif0SendsTheTagForTheEeAndWholeQuadwords() {
        int[] tags = {0x2000, 4, 0x1000_0001, 0x10_0000, 0x8000_3000, 5, 0x9000_0002, 0x10_1000};
        for (int i = 0; i < tags.length; i++) {
            ram.write32(0x1000 + 4 * i, tags[i]);
        }
        for (int i = 0; i < 8; i++) {
            ram.write32(0x2000 + 4 * i, 100 + i);
            ram.write32(0x3000 + 4 * i, 200 + i);
        }
        bus.write32(SIF0 + 12, 0x1000);
        bus.write32(SIF0 + 8, 0x01000701);
        assertThat(take(sif0, 8)).containsExactly(0x1000_0001, 0x10_0000, 0, 0, 100, 101, 102, 103);
        assertThat(take(sif0, 9)).containsExactly(0x9000_0002, 0x10_1000, 0, 0, 200, 201, 202, 203, 204);
        assertThat(sif0.count()).isEqualTo(3);
        settle();
        assertThat(bus.read32(SIF0 + 8)).isEqualTo(0x701);
        assertThat(bus.read32(DICR2)).isEqualTo(0xC << 16 | 1 << 26);
        assertThat(interrupted()).isTrue();
    }

    private static int[] take(SifFifo fifo, int words) {
        int[] taken = new int[words];
        for (int i = 0; i < words; i++) {
            taken[i] = fifo.take();
            fifo.signalRoom();
        }
        return taken;
    }

    @Test
    void sif1PutsCountedWordsWhereTheTagSays() {
        bus.write32(SIF1 + 8, 0x41000300);
        int[] words = {0x2000, 5, 0, 0, 1, 2, 3, 4, 5, 99, 99, 99, 0xC000_3000, 1, 0, 0, 6, 99, 99, 99};
        for (int word : words) {
            sif1.put(word);
        }
        sif1.signalData();
        settle();
        assertThat(ram.read32(0x2000)).isEqualTo(1);
        assertThat(ram.read32(0x2010)).isEqualTo(5);
        assertThat(ram.read32(0x2014)).isZero();
        assertThat(ram.read32(0x3000)).isEqualTo(6);
        assertThat(ram.read32(0x3004)).isZero();
        assertThat(sif1.count()).isZero();
        assertThat(bus.read32(SIF1 + 8) & BUSY).isZero();
        assertThat(bus.read32(DICR2) >>> 24).isEqualTo(8);
    }

    @Test
    void serialExchangeByDma() {
        sio2.connect(1, new Echo());
        byte[] command = {0x01, 0x42, 0x00, 0x00};
        System.arraycopy(command, 0, ram.bytes, 0x1000, 4);
        bus.write32(0x1F808268, 0x3BC);
        bus.write32(0x1F808200, 1 | 4 << 8 | 4 << 18);
        bus.write32(0x1F808204, 0);
        bus.write32(SIO2_IN, 0x1000);
        bus.write32(SIO2_IN + 4, 1 << 16 | 1);
        bus.write32(SIO2_IN + 8, 0x01000201);
        bus.write32(0x1F808268, 0x3B1);
        assertThat(intc.status() & 1 << 17).isZero();
        settle();
        assertThat(intc.status() & 1 << 17).isNotZero();
        assertThat(bus.read32(0x1F80826C)).isEqualTo(0x1100);
        bus.write32(SIO2_OUT, 0x2000);
        bus.write32(SIO2_OUT + 4, 1 << 16 | 1);
        bus.write32(SIO2_OUT + 8, 0x01000200);
        assertThat(ram.read32(0x2000)).isEqualTo(0xFFFF_BDFE);
    }

    /** sio2man.c starts both channels before the transfer. */
    @Test
    void repliesAreTakenWhenTheTransferEnds() {
        sio2.connect(1, new Echo());
        bus.write32(SIO2_OUT, 0x2000);
        bus.write32(SIO2_OUT + 4, 1 << 16 | 1);
        bus.write32(SIO2_OUT + 8, 0x01000200);
        assertThat(bus.read32(SIO2_OUT + 8) & BUSY).isNotZero();
        bus.write32(0x1F808268, 0x3BC);
        bus.write32(0x1F808200, 1 | 4 << 8 | 4 << 18);
        bus.write32(0x1F808204, 0);
        for (int octet : new int[] {0x01, 0x42, 0x00, 0x00}) {
            bus.write8(0x1F808260, octet);
        }
        bus.write32(0x1F808268, 0x3B1);
        assertThat(bus.read32(SIO2_OUT + 8) & BUSY).isNotZero();
        assertThat(ram.read32(0x2000)).isZero();
        settle();
        assertThat(bus.read32(SIO2_OUT + 8) & BUSY).isZero();
        assertThat(ram.read32(0x2000)).isEqualTo(0xFFFF_BDFE);
    }

    @Test
    void absentDeviceIsReported() {
        bus.write32(0x1F808200, 5 << 8);
        bus.write8(0x1F808260, 1);
        bus.write32(0x1F808268, 1);
        settle();
        assertThat(bus.read32(0x1F80826C)).isEqualTo(0x1D100);
        assertThat(bus.read8(0x1F808264)).isEqualTo(0xFF);
    }

    /** Answers each byte with its complement. */
    private static final class Echo implements SerialDevice {
        @Override
        public void select() {}

        @Override
        public int exchange(int command) {
            return ~command & 0xFF;
        }

        @Override
        public boolean present() {
            return true;
        }
    }
}
