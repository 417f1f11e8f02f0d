package soliloquy.machine;

import static org.assertj.core.api.Assertions.assertThat;

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
}
