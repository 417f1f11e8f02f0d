package soliloquy.ee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import soliloquy.machine.GraphicsPort;
import soliloquy.machine.Notices;
import soliloquy.machine.Ram;
import soliloquy.machine.Scheduler;
import soliloquy.machine.SifFifo;

/** Channels, chains and conditions. Expected values: ps2tek and the records of ps2autotests {@code dma}. */
class DmacTest {
    private static final int STAT = 0x1000E010;
    private static final int PCR = 0x1000E020;
    private static final int GIF = 0x1000A000;
    private static final int SIF0 = 0x1000C000;
    private static final int SIF1 = 0x1000C400;
    private static final int FROM_SPR = 0x1000D000;
    private static final int TO_SPR = 0x1000D400;
    private static final int CHAIN = 0x105;
    private static final int TIE = 0x80;

    private final Ram ram = new Ram(0x200_0000, EeBus.ROOM);
    private final Notices notices = new Notices(notice -> {});
    private final EeBus bus = new EeBus(ram, notices);
    private final Ram scratchpad = bus.scratchpad();
    private final Scheduler scheduler = new Scheduler();
    private final List<Long> images = new ArrayList<>();
    private final SifFifo sif0 = new SifFifo();
    private final SifFifo sif1 = new SifFifo();
    private boolean int1;
    private final Dmac dmac = new Dmac(
            bus, scheduler, asserted -> int1 = asserted, new Gif(new ImageRecorder(), notices), sif0, sif1, notices);

    /** Keeps the first doubleword of each quadword of image data. */
    private final class ImageRecorder implements GraphicsPort {
        @Override
        public void writeRegister(int register, long value) {}

        @Override
        public void setQ(int floatBits) {}

        @Override
        public void transferImage(byte[] data, int offset, int length) {
            for (int i = 0; i < length; i += 16) {
                images.add((data[offset + i] & 0xFFL));
            }
        }
    }

    private void set(int address, int value) {
        dmac.write(address, 4, value & 0xFFFF_FFFFL);
    }

    private int get(int address) {
        return (int) dmac.read(address, 4);
    }

    private void settle() {
        while (scheduler.nextEventTime() != Scheduler.NEVER) {
            scheduler.advanceTo(scheduler.nextEventTime());
            scheduler.fireDue();
        }
        scheduler.advanceTo(scheduler.now() + 0x2_0000); // the scratchpad's channels end without an event
    }

    private void tag(int address, int id, int quadwords, int target) {
        ram.write32(address, id << 28 | quadwords);
        ram.write32(address + 4, target);
    }

    /** Fills quadwords so that the first byte of each numbers it. */
    private void data(int address, int first, int quadwords) {
        for (int i = 0; i < quadwords; i++) {
            ram.write8(address + 16 * i, first + i);
        }
    }

    /** A GIF tag that makes the next {@code quadwords} image data. */
    private void expectImage(int quadwords) {
        ram.write64(0x8_0000, 0x0800_0000_0000_8000L | quadwords);
        set(GIF + 0x10, 0x8_0000);
        set(GIF + 0x20, 1);
        set(GIF, 0x101);
        settle();
    }

    private void runChain(int tadr, int chcr) {
        set(GIF + 0x30, tadr);
        set(GIF + 0x20, 0);
        set(GIF, chcr);
        settle();
    }

    @Test
    void conditionFollowsTheRecordedSequence() {
        assertThat(dmac.condition()).isTrue();
        set(PCR, 0x200);
        assertThat(dmac.condition()).isFalse();
        set(TO_SPR + 0x10, 0x10_0000);
        set(TO_SPR + 0x20, 1);
        set(TO_SPR, 0x101);
        settle();
        assertThat(dmac.condition()).isTrue();
        set(STAT, 0x200);
        assertThat(dmac.condition()).isFalse();
        set(PCR, 0);
        assertThat(dmac.condition()).isTrue();
    }

    @Test
    void endIsVisibleOnlyAfterItsTime() {
        set(TO_SPR + 0x10, 0x10_0000);
        set(TO_SPR + 0x20, 100);
        set(TO_SPR, 0x101);
        assertThat(get(TO_SPR) & 0x100).isEqualTo(0x100);
        scheduler.advanceTo(223);
        scheduler.fireDue();
        assertThat(get(TO_SPR) & 0x100).isEqualTo(0x100);
        scheduler.advanceTo(224);
        scheduler.fireDue();
        assertThat(get(TO_SPR) & 0x100).isZero();
        assertThat(get(TO_SPR + 0x20)).isZero();
        assertThat(get(TO_SPR + 0x10)).isEqualTo(0x10_0640);
    }

    @Test
    void statusFlagsClearAndMasksToggle() {
        set(STAT, 0x0200_0000);
        set(TO_SPR + 0x20, 1);
        set(TO_SPR, 0x101);
        assertThat(int1).isFalse();
        settle();
        assertThat(get(STAT)).isEqualTo(0x0200_0200);
        assertThat(int1).isTrue();
        set(STAT, 0x200);
        assertThat(get(STAT)).isEqualTo(0x0200_0000);
        assertThat(int1).isFalse();
        set(STAT, 0x0200_0000);
        assertThat(get(STAT)).isZero();
    }

    @Test
    void scratchpadRegistersKeepWhatTheRecordsSay() {
        set(TO_SPR + 0x10, 0x8000_0010);
        assertThat(get(TO_SPR + 0x10)).isEqualTo(0x10);
        set(TO_SPR + 0x80, 0xFFFF_FFFF);
        assertThat(get(TO_SPR + 0x80)).isEqualTo(0x3FF0);
        data(0x10_0000, 1, 2);
        set(TO_SPR + 0x10, 0x10_0000);
        set(TO_SPR + 0x20, 2);
        set(TO_SPR, 0x101);
        settle();
        assertThat(scratchpad.read8(0x3FF0)).isEqualTo(1);
        assertThat(scratchpad.read8(0)).isEqualTo(2);
        assertThat(get(TO_SPR + 0x80)).isEqualTo(0x10);
    }

    @Test
    void interleaveSkipsOnTheMemorySide() {
        data(0x10_0000, 1, 8);
        set(0x1000E030, 2 << 16 | 1);
        set(TO_SPR + 0x10, 0x10_0000);
        set(TO_SPR + 0x20, 4);
        set(TO_SPR, 0x109);
        settle();
        assertThat(scratchpad.read8(0x10)).isEqualTo(2);
        assertThat(scratchpad.read8(0x20)).isEqualTo(4);
        assertThat(scratchpad.read8(0x30)).isEqualTo(5);
    }

    @Test
    void fromScratchpadTakesDestinationTags() {
        scratchpad.write32(0, 1 << 28 | 1);
        scratchpad.write32(4, 0x10_0000);
        scratchpad.write64(0x10, 0x1111);
        scratchpad.write32(0x20, 7 << 28 | 1);
        scratchpad.write32(0x24, 0x10_1000);
        scratchpad.write64(0x30, 0x2222);
        set(FROM_SPR, 0x104);
        settle();
        assertThat(ram.read64(0x10_0000)).isEqualTo(0x1111);
        assertThat(ram.read64(0x10_1000)).isEqualTo(0x2222);
        assertThat(get(FROM_SPR) & 0x100).isZero();
    }

    @Test
    void eachKindOfSourceTagFindsItsDataAndSuccessor() {
        expectImage(7);
        tag(0x10_0000, 1, 1, 0); // cnt
        data(0x10_0010, 1, 1);
        tag(0x10_0020, 2, 1, 0x10_0100); // next
        data(0x10_0030, 2, 1);
        tag(0x10_0100, 3, 1, 0x11_0000); // ref
        data(0x11_0000, 3, 1);
        tag(0x10_0110, 5, 1, 0x10_0200); // call
        data(0x10_0120, 4, 1);
        tag(0x10_0200, 6, 1, 0); // ret
        data(0x10_0210, 5, 1);
        tag(0x10_0130, 4, 1, 0x11_0010); // refs
        data(0x11_0010, 6, 1);
        tag(0x10_0140, 7, 1, 0); // end
        data(0x10_0150, 7, 1);
        runChain(0x10_0000, CHAIN);
        assertThat(images).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(get(GIF) & 0x130).isZero();
        assertThat(get(GIF) >>> 28).isEqualTo(7);
    }

    @Test
    void refeEndsAfterDataElsewhere() {
        expectImage(1);
        tag(0x10_0000, 0, 1, 0x11_0000);
        data(0x11_0000, 9, 1);
        runChain(0x10_0000, CHAIN);
        assertThat(images).containsExactly(9L);
    }

    @Test
    void interruptTagStopsTheChannelAtTheNextTag() {
        expectImage(2);
        tag(0x10_0000, 8 | 1, 1, 0); // cnt with IRQ
        data(0x10_0010, 1, 1);
        tag(0x10_0020, 7, 1, 0);
        data(0x10_0030, 2, 1);
        runChain(0x10_0000, CHAIN | TIE);
        assertThat(images).containsExactly(1L);
        assertThat(get(GIF)).isEqualTo(0x9000_0085);
        assertThat(get(GIF + 0x30)).isEqualTo(0x10_0020);
        set(GIF, CHAIN | TIE);
        settle();
        assertThat(images).containsExactly(1L, 2L);
    }

    @Test
    void wordsInQwcGoFirst() {
        expectImage(2);
        data(0x11_0000, 5, 1);
        tag(0x10_0000, 7, 1, 0);
        data(0x10_0010, 6, 1);
        set(GIF + 0x10, 0x11_0000);
        set(GIF + 0x30, 0x10_0000);
        set(GIF + 0x20, 1);
        set(GIF, 0x1000_0105); // TAG says cnt
        settle();
        assertThat(images).containsExactly(5L, 6L);
    }

    @Test
    void endlessChainDoesNotHangTheHost() {
        tag(0x10_0000, 2, 0, 0x10_0000);
        set(GIF + 0x30, 0x10_0000);
        set(GIF, CHAIN);
        scheduler.advanceTo(1_000_000);
        scheduler.fireDue();
        assertThat(get(GIF) & 0x100).isEqualTo(0x100);
        set(GIF, 0);
        assertThat(scheduler.nextEventTime()).isEqualTo(Scheduler.NEVER);
    }

    @Test
    void suspendedControllerWaits() {
        assertThat(get(0x1000F520)).isEqualTo(0x1201);
        set(0x1000F590, 0x1_1201);
        set(TO_SPR + 0x20, 1);
        set(TO_SPR, 0x101);
        settle();
        assertThat(get(TO_SPR) & 0x100).isEqualTo(0x100);
        set(0x1000F590, 0x1201);
        settle();
        assertThat(get(TO_SPR) & 0x100).isZero();
    }

    @Test
    void sif1WaitsForRoomAndSendsInOrder() {
        for (int i = 0; i < 64; i++) {
            ram.write32(0x10_0000 + 4 * i, i);
        }
        tag(0x12_0000, 0, 16, 0x10_0000);
        set(SIF1 + 0x30, 0x12_0000);
        set(SIF1, CHAIN);
        assertThat(sif1.count()).isEqualTo(32);
        for (int i = 0; i < 64; i++) {
            assertThat(sif1.take()).isEqualTo(i);
            sif1.signalRoom();
        }
        settle();
        assertThat(get(SIF1) & 0x100).isZero();
        assertThat(get(STAT) & 0x40).isEqualTo(0x40);
    }

    @Test
    void sif0TakesTagsFromTheFifo() {
        set(SIF0, 0x184);
        int[] words = {0x9000_0001, 0x10_0000, 0, 0, 11, 12, 13, 14, 0x1000_0001};
        for (int word : words) {
            sif0.put(word);
        }
        sif0.signalData();
        settle();
        assertThat(ram.read32(0x10_0000)).isEqualTo(11);
        assertThat(ram.read32(0x10_000C)).isEqualTo(14);
        assertThat(get(SIF0)).isEqualTo(0x9000_0084);
        assertThat(sif0.count()).isEqualTo(1);
    }

    @Test
    void missingDevicesAreReportedAndEnd() {
        set(0x1000_8020, 4);
        set(0x1000_8000, 0x101);
        settle();
        assertThat(get(0x1000_8000) & 0x100).isZero();
        assertThat(notices.all()).extracting(Notices.Notice::kind).containsExactly(Notices.Kind.UNIMPLEMENTED);
    }
}
