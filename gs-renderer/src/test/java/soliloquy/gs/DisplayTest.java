package soliloquy.gs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import soliloquy.machine.EventType;
import soliloquy.machine.Frame;
import soliloquy.machine.InputException;
import soliloquy.machine.Scheduler;

class DisplayTest {
    private static final int PMODE = 0x12000000;
    private static final int SMODE1 = 0x12000010;
    private static final int SMODE2 = 0x12000020;
    private static final int CSR = 0x12001000;
    private static final int IMR = 0x12001010;

    private final GsFixture gs = new GsFixture();
    private final Frame frame = new Frame();

    private void set(int address, long value) {
        gs.gs.write(address, 8, value);
    }

    private void display(int circuit, int x, int y, int w, int h, int magnifyY) {
        long value = x | (long) y << 12 | 3L << 23 | (long) magnifyY << 27 | (w * 4L - 1) << 32 | (h - 1L) << 44;
        set(circuit == 1 ? 0x12000080 : 0x120000A0, value);
    }

    /** What SetGsCrt(interlaced, NTSC) and a program's display set-up write. */
    private void fieldMode() {
        set(SMODE1, 0x740814504L);
        set(SMODE2, 1);
        set(0x12000070, 10 << 9);
        display(1, 636, 50, 640, 448, 0);
        set(PMODE, 1 | 1 << 2 | 1 << 5 | 1 << 7 | 0xFF << 8);
    }

    @Test
    void fieldModeShowsEveryLineOfTheBuffer() {
        fieldMode();
        gs.rectangle(0, 0, 640, 448, 0x00102030);
        gs.rectangle(639, 447, 640, 448, 0x00AABBCC);
        gs.gs.frame(frame);
        assertThat(frame.width).isEqualTo(640);
        assertThat(frame.height).isEqualTo(448);
        assertThat(frame.pixels[0]).isEqualTo(0xFF302010);
        assertThat(frame.pixels[640 * 448 - 2]).isEqualTo(0xFF302010);
        assertThat(frame.pixels[640 * 448 - 1]).isEqualTo(0xFFCCBBAA);
    }

    /** In FRAME mode both fields show the same 224 lines. */
    @Test
    void frameModeShowsEveryLineTwice() {
        fieldMode();
        set(SMODE2, 3);
        gs.rectangle(0, 1, 640, 2, 0x00FFFFFF);
        gs.gs.frame(frame);
        for (int y = 0; y < 5; y++) {
            assertThat(frame.pixels[y * 640]).isEqualTo(y == 2 || y == 3 ? 0xFFFFFFFF : 0xFF000000);
        }
    }

    /** The text console of ps2sdk: circuit 2 with MAGV 2. */
    @Test
    void theSecondCircuitAloneMagnified() {
        set(SMODE2, 1);
        set(0x12000090, 0x1400);
        set(0x120000A0, 0x001BF9FF0983227CL);
        set(PMODE, 0xFF62);
        gs.rectangle(5, 3, 6, 4, 0x00FFFFFF);
        gs.gs.frame(frame);
        assertThat(frame.width * 10_000 + frame.height).isEqualTo(6400448);
        assertThat(frame.pixels[6 * 640 + 5]).isEqualTo(0xFFFFFFFF);
        assertThat(frame.pixels[7 * 640 + 5]).isEqualTo(0xFFFFFFFF);
        assertThat(frame.pixels[5 * 640 + 5] & frame.pixels[8 * 640 + 5]).isEqualTo(0xFF000000);
    }

    /** Circuit 1's alpha of 0x40 is a half of 0x80; ALP of 0x33 is a fifth of 0xFF. */
    @Test
    void circuitsAreMixedByAlpha() {
        fieldMode();
        set(0x12000090, 10 << 9 | 70);
        display(2, 636, 50, 640, 448, 0);
        gs.rectangle(0, 0, 1, 1, 0x400000C8);
        gs.gs.memory().write(PixelFormat.CT32, 70 * 32, 10, 0, 0, 0x00006400);
        set(PMODE, 3 | 1 << 2);
        gs.gs.frame(frame);
        int red = 0xC8 * 0x80 / 255;
        int green = 0x64 * 0x7F / 255;
        assertThat(frame.pixels[0]).isEqualTo(0xFF000000 | red << 16 | green << 8);
        set(PMODE, 3 | 1 << 2 | 1 << 5 | 0x33 << 8);
        gs.gs.frame(frame);
        assertThat(frame.pixels[0]).isEqualTo(0xFF000000 | 40 << 16 | 80 << 8);
    }

    @Test
    void displayFormats() {
        fieldMode();
        gs.frame(GsFixture.CT16, 0);
        gs.rectangle(0, 0, 1, 1, 0x00F8A008);
        set(0x12000070, 10 << 9 | 2 << 15);
        gs.gs.frame(frame);
        assertThat(frame.pixels[0]).isEqualTo(0xFF08A0F8);
    }

    @Test
    void vblanksComeAtTheMeasuredTimes() {
        fieldMode();
        gs.advance(2 * 4_920_115L);
        assertThat(gs.interrupts)
                .containsExactly("START@4497920", "END@4920115", "START@" + (4_497_920 + 4_920_115), "END@9840230");
        assertThat(gs.gs.fields()).isEqualTo(2);
    }

    @Test
    void progressiveFieldsAreLonger() {
        set(SMODE1, 0x740814504L);
        set(SMODE2, 0);
        gs.advance(20_000_000);
        assertThat(gs.interrupts).contains("START@" + (4_497_920 + 4_929_024)).contains("END@" + (4_497_920 + 431_104));
    }

    @Test
    void csrTellsFieldsAfterTheBlankBegan() {
        set(IMR, 0x7F00 & ~0x800);
        gs.advance(4_497_920 + 65_621);
        assertThat(gs.gs.read(CSR, 8)).isEqualTo(0x551B4004L);
        gs.advance(4_497_920 + 65_622);
        assertThat(gs.gs.read(CSR, 4)).isEqualTo(0x551B600CL);
        assertThat(gs.interrupts).containsExactly("START@4497920", "GS@4563542");
        set(CSR, 8);
        assertThat(gs.gs.read(CSR, 8) & 8).isZero();
    }

    /** End of line {@code line} of a signal of 525 lines in two fields. */
    private static long lineEnd(long line) {
        return line * 4_920_115 * 2 / 525;
    }

    @Test
    void linesThatNobodyCountsEndWithoutAnEvent() {
        fieldMode();
        assertThat(gs.scheduler.timeOf(EventType.HBLANK)).isEqualTo(Scheduler.NEVER);
        gs.advance(lineEnd(1) - 1);
        assertThat(gs.gs.read(CSR, 8) & 4).isZero();
        gs.advance(lineEnd(1));
        assertThat(gs.gs.read(CSR, 8) & 4).isEqualTo(4);
        set(CSR, 4);
        gs.advance(lineEnd(2) - 1);
        assertThat(gs.gs.read(CSR, 8) & 4).isZero();
        gs.advance(lineEnd(40));
        set(CSR, 4);
        assertThat(gs.gs.read(CSR, 8) & 4).isZero();
        assertThat(gs.lines).isEmpty();
    }

    @Test
    void theLineUnderWayIsTheFirstThatHasNotEnded() {
        for (VideoMode mode : VideoMode.values()) {
            for (long line = 1; line < 3000; line++) {
                assertThat(mode.lineAt(mode.lineEnd(line) - 1)).isEqualTo(line);
                assertThat(mode.lineAt(mode.lineEnd(line))).isEqualTo(line + 1);
            }
        }
    }

    @Test
    void linesAreToldFromWhenTheyAreCounted() {
        fieldMode();
        gs.advance(lineEnd(7) + 3);
        gs.counting = true;
        gs.gs.linesCounted();
        gs.advance(lineEnd(10));
        assertThat(gs.lines).containsExactly(lineEnd(8), lineEnd(9), lineEnd(10));
        gs.counting = false;
        gs.advance(lineEnd(20));
        assertThat(gs.lines).hasSize(4);
    }

    @Test
    void linesInterruptWhereTheyAreNotMasked() {
        fieldMode();
        gs.advance(lineEnd(3) + 1);
        set(CSR, 4);
        set(IMR, 0x7F00 & ~0x400);
        gs.advance(lineEnd(5));
        assertThat(gs.interrupts).containsExactly("GS@" + lineEnd(4));
    }

    /** Rows of ps2autotests gs/signal and gs/label: bits of the id where the mask is set. */
    @Test
    void signalFinishAndLabel() {
        set(IMR, 0x7C00);
        gs.gs.writeRegister(0x60, 0xFFFFFFFF_12345678L);
        assertThat(gs.gs.read(0x12001080, 8)).isEqualTo(0x12345678L);
        assertThat(gs.gs.read(CSR, 8) & 3).isEqualTo(1);
        gs.gs.writeRegister(0x60, 0x0000FFFF_FFFFFFFFL);
        assertThat(gs.gs.read(0x12001080, 8)).isEqualTo(0x12345678L);
        set(CSR, 1);
        assertThat(gs.gs.read(0x12001080, 8)).isEqualTo(0x1234FFFFL);
        assertThat(gs.gs.read(CSR, 8) & 3).isEqualTo(1);
        gs.gs.writeRegister(0x62, 0xFF00FF00_AABBCCDDL);
        assertThat(gs.gs.read(0x12001084, 4)).isEqualTo(0xAA00CC00L);
        gs.gs.writeRegister(0x61, 0);
        assertThat(gs.gs.read(CSR, 8) & 3).isEqualTo(3);
        assertThat(gs.interrupts).hasSize(3);
    }

    @Test
    void pngHoldsTheFrame(@TempDir Path folder) throws Exception {
        fieldMode();
        gs.rectangle(3, 2, 4, 3, 0x00112233);
        gs.gs.frame(frame);
        Path file = folder.resolve("frame.png");
        PngWriter.write(frame, file);
        assertThat(ImageIO.read(file.toFile()).getRGB(3, 2)).isEqualTo(0xFF332211);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
        Path missing = folder.resolve("none" + File.separator + "frame.png");
        Assertions.assertThatThrownBy(() -> PngWriter.write(frame, missing))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("there is no folder");
    }
}
