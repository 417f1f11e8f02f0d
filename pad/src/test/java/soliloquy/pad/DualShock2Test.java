package soliloquy.pad;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The bytes on the wire; expected values from the controller pages of ps2tek and from ps2sdk's libpad.h. */
class DualShock2Test {
    private int pressed;
    private final DualShock2 pad = new DualShock2(() -> pressed);

    private int[] send(int... bytes) {
        pad.select();
        int[] reply = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reply[i] = pad.exchange(bytes[i]);
        }
        return reply;
    }

    private void configure(boolean enter) {
        send(0x01, 0x43, 0, enter ? 1 : 0, 0, 0, 0, 0, 0);
    }

    @Test
    void digitalPollReportsButtonsActiveLow() {
        assertThat(send(0x01, 0x42, 0, 0, 0)).containsExactly(0xFF, 0x41, 0x5A, 0xFF, 0xFF);
        pressed = Button.maskOf(Button.START, Button.CROSS);
        assertThat(send(0x01, 0x42, 0, 0, 0)).containsExactly(0xFF, 0x41, 0x5A, 0xF7, 0xBF);
        pressed = Button.maskOf(Button.LEFT, Button.L2);
        assertThat(send(0x01, 0x42, 0, 0, 0)).containsExactly(0xFF, 0x41, 0x5A, 0x7F, 0xFE);
    }

    @Test
    void otherAddressesAndUnknownCommandsAreNotAnswered() {
        assertThat(send(0x81, 0x42, 0, 0, 0)).containsOnly(0xFF);
        assertThat(send(0x01, 0x99, 0, 0, 0)).containsExactly(0xFF, 0x41, 0xFF, 0xFF, 0xFF);
        assertThat(send(0x01, 0x45, 0, 0, 0)).containsExactly(0xFF, 0x41, 0xFF, 0xFF, 0xFF);
    }

    @Test
    void configurationModeAnswersQueries() {
        configure(true);
        assertThat(send(0x01, 0x45, 0, 0x5A, 0x5A, 0x5A, 0x5A, 0x5A, 0x5A))
                .containsExactly(0xFF, 0xF3, 0x5A, 3, 2, 0, 2, 1, 0);
        assertThat(send(0x01, 0x46, 0, 0, 0, 0, 0, 0, 0)).containsExactly(0xFF, 0xF3, 0x5A, 0, 0, 1, 2, 0, 0x0A);
        assertThat(send(0x01, 0x46, 0, 1, 0, 0, 0, 0, 0)).containsExactly(0xFF, 0xF3, 0x5A, 0, 0, 1, 1, 1, 0x14);
        assertThat(send(0x01, 0x47, 0, 0, 0, 0, 0, 0, 0)).containsExactly(0xFF, 0xF3, 0x5A, 0, 0, 2, 0, 1, 0);
        assertThat(send(0x01, 0x4C, 0, 0, 0, 0, 0, 0, 0)).containsExactly(0xFF, 0xF3, 0x5A, 0, 0, 0, 4, 0, 0);
        assertThat(send(0x01, 0x4C, 0, 1, 0, 0, 0, 0, 0)).containsExactly(0xFF, 0xF3, 0x5A, 0, 0, 0, 7, 0, 0);
        assertThat(send(0x01, 0x41, 0, 0, 0, 0, 0, 0, 0)).containsExactly(0xFF, 0xF3, 0x5A, 0, 0, 0, 0, 0, 0);
        configure(false);
        assertThat(send(0x01, 0x42, 0, 0, 0)[1]).isEqualTo(0x41);
    }

    @Test
    void actuatorMapReturnsTheOldValues() {
        configure(true);
        assertThat(send(0x01, 0x4D, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF))
                .containsExactly(0xFF, 0xF3, 0x5A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF);
        assertThat(send(0x01, 0x4D, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF))
                .containsExactly(0xFF, 0xF3, 0x5A, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF);
    }

    @Test
    void analogueModeAndPressures() {
        configure(true);
        send(0x01, 0x44, 0, 1, 3, 0, 0, 0, 0);
        assertThat(send(0x01, 0x41, 0, 0, 0, 0, 0, 0, 0)).containsExactly(0xFF, 0xF3, 0x5A, 0xFF, 0xFF, 3, 0, 0, 0x5A);
        configure(false);
        assertThat(send(0x01, 0x42, 0, 0, 0, 0, 0, 0, 0))
                .containsExactly(0xFF, 0x73, 0x5A, 0xFF, 0xFF, 0x80, 0x80, 0x80, 0x80);
        configure(true);
        assertThat(send(0x01, 0x4F, 0, 0xFF, 0xFF, 3, 0, 0, 0)).endsWith(0x5A);
        configure(false);
        pressed = Button.CROSS.mask();
        int[] reply = send(new int[] {1, 0x42, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        assertThat(reply[1]).isEqualTo(0x79);
        assertThat(reply[9 + 6]).isEqualTo(0xFF);
        assertThat(reply[9]).isZero();
    }

    @Test
    void liveInputChangesOnlyWhenTaken() {
        PadInput input = new PadInput();
        input.press(Button.UP);
        assertThat(input.pressed()).isZero();
        input.take();
        assertThat(input.pressed()).isEqualTo(0x10);
        input.release(Button.UP);
        input.take();
        assertThat(input.pressed()).isZero();
    }

    @Test
    void recordedInputFollowsGuestTime() {
        long[] now = {0};
        RecordedInput input = new RecordedInput(
                List.of(new RecordedInput.Change(100, 0x4000), new RecordedInput.Change(200, 0)), () -> now[0]);
        assertThat(input.pressed()).isZero();
        now[0] = 150;
        assertThat(input.pressed()).isEqualTo(0x4000);
        now[0] = 1000;
        assertThat(input.pressed()).isZero();
    }

    @Test
    void hostKeysAndGamepadsMapToButtons() {
        assertThat(KeyboardMapping.button(257)).contains(Button.START);
        assertThat(KeyboardMapping.button(265)).contains(Button.UP);
        assertThat(KeyboardMapping.button('Z')).contains(Button.CROSS);
        assertThat(KeyboardMapping.button(1)).isEmpty();
        byte[] buttons = new byte[15];
        buttons[0] = 1;
        buttons[14] = 1;
        assertThat(GamepadMapping.pressed(buttons, new float[] {0, 0, 0, 0, -1, 1}))
                .isEqualTo(Button.maskOf(Button.CROSS, Button.LEFT, Button.R2));
    }
}
