package soliloquy.gs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PixelFormatTest {
    @ParameterizedTest
    @EnumSource(PixelFormat.class)
    void everyPixelOfAPageHasItsOwnUnit(PixelFormat format) {
        BitSet used = new BitSet();
        for (int position : format.positions) {
            assertThat(used.get(position)).isFalse();
            used.set(position);
        }
        assertThat(used.cardinality()).isEqualTo(8192 * 8 / format.unitBits);
        assertThat(used.length()).isEqualTo(used.cardinality());
    }

    /** Block orders as the manual draws them: the first pixel of each block. Unit numbers are blocks of 256 bytes. */
    @ParameterizedTest
    @CsvSource({
        "CT32, 8, 0, 1",
        "CT32, 0, 8, 2",
        "CT32, 56, 0, 21",
        "CT32, 24, 16, 13",
        "CT32, 56, 24, 31",
        "Z32, 0, 0, 24",
        "Z32, 8, 0, 25",
        "Z32, 56, 24, 7",
        "Z24, 32, 0, 8",
        "CT16, 16, 0, 2",
        "CT16, 0, 8, 1",
        "CT16, 48, 0, 10",
        "CT16, 0, 32, 16",
        "CT16, 48, 56, 31",
        "CT16S, 16, 0, 2",
        "CT16S, 32, 0, 16",
        "CT16S, 0, 16, 8",
        "CT16S, 0, 32, 4",
        "CT16S, 48, 56, 31",
        "Z16, 0, 0, 24",
        "Z16S, 0, 0, 24",
        "Z16S, 32, 0, 8",
        "T8, 16, 0, 1",
        "T8, 0, 16, 2",
        "T8, 112, 48, 31",
        "T4, 32, 0, 2",
        "T4, 0, 16, 1",
        "T4, 96, 112, 31"
    })
    void blocksLieInTheOrderOfTheManual(PixelFormat format, int x, int y, int block) {
        int units = 2048 / format.unitBits;
        int position = format.positions[y << format.pageWidthLog | x];
        assertThat(position / units).isEqualTo(block);
        assertThat(position % units).isZero();
    }

    /** The first column as the manual draws it: words 0 1 4 5 8 9 12 13 over 2 3 6 7 10 11 14 15. */
    @Test
    void aColumnOfWords() {
        int[] rows = {0, 1, 4, 5, 8, 9, 12, 13, 2, 3, 6, 7, 10, 11, 14, 15};
        for (int i = 0; i < 16; i++) {
            assertThat(PixelFormat.CT32.positions[i >> 3 << 6 | i & 7]).isEqualTo(rows[i]);
        }
    }

    /** In 16-bit columns the left eight pixels are the low halves. In 8-bit ones rows 2 and 3 start at the fifth word. */
    @Test
    void columnsOfSmallerPixels() {
        assertThat(PixelFormat.CT16.positions[8]).isEqualTo(1);
        assertThat(PixelFormat.CT16.positions[1]).isEqualTo(2);
        assertThat(PixelFormat.T8.positions[8]).isEqualTo(2);
        assertThat(PixelFormat.T8.positions[2 << 7]).isEqualTo(4 * 8 + 1);
        assertThat(PixelFormat.T8.positions[4 << 7]).isEqualTo(64 + 4 * 8);
        assertThat(PixelFormat.T4.positions[8]).isEqualTo(2);
        assertThat(PixelFormat.T4.positions[2 << 7]).isEqualTo(8 * 8 + 1);
    }

    @Test
    void basesAndWidthsMovePixels() {
        LocalMemory memory = new LocalMemory();
        memory.write(PixelFormat.CT32, 3, 10, 64, 32, 0x12345678);
        assertThat(memory.words[3 * 64 + 11 * 2048]).isEqualTo(0x12345678);
        memory.write(PixelFormat.T4HH, 3, 10, 64, 32, 0xF);
        memory.write(PixelFormat.T4HL, 3, 10, 64, 32, 0xE);
        assertThat(memory.words[3 * 64 + 11 * 2048]).isEqualTo(0xFE345678);
        memory.write(PixelFormat.CT24, 3, 10, 64, 32, -1);
        assertThat(memory.read(PixelFormat.CT32, 3, 10, 64, 32)).isEqualTo(0xFEFFFFFF);
        memory.write(PixelFormat.CT32, 0x3FFF, 10, 63, 31, 7);
        assertThat(memory.pixel(0, 0x3FFF, 10, 63, 31)).isEqualTo(7);
        assertThat(memory.words[30 * 64 + 63]).isEqualTo(7);
    }
}
