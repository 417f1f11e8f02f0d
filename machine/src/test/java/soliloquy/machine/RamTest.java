package soliloquy.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What memory holds before anybody writes. */
class RamTest {
    @Test
    void memoryOfAConsoleStartsWithThePattern() {
        Ram ram = Ram.switchedOn(4096);
        assertThat(ram.size()).isEqualTo(4096);
        assertThat(ram.bytes).containsOnly((byte) 0xD5);
        assertThat(ram.read32(4092)).isEqualTo(0xD5D5_D5D5);
    }

    @Test
    void memoryOfAChipStartsClear() {
        assertThat(new Ram(64).bytes).containsOnly((byte) 0);
    }

    @Test
    void memoryBehindAnotherIsInItsArrayAndWrapsByItself() {
        Ram ram = new Ram(64, 32);
        Ram behind = ram.behind(16);
        assertThat(ram.size()).isEqualTo(64);
        assertThat(behind.size()).isEqualTo(16);
        behind.write32(4 + 16, 0x1234_5678);
        assertThat(behind.read32(4)).isEqualTo(0x1234_5678);
        assertThat(ram.bytes[68]).isEqualTo((byte) 0x78);
        ram.write8(64, 1);
        assertThat(ram.bytes[0]).isEqualTo((byte) 1);
        assertThat(behind.read8(0)).isZero();
        assertThatThrownBy(() -> ram.behind(64)).isInstanceOf(IllegalArgumentException.class);
    }
}
