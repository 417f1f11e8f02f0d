package soliloquy.gs.window;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlacementTest {
    @Test
    void scalesByWholeNumbersAndCentres() {
        assertThat(Placement.of(640, 448, 1280, 960)).isEqualTo(new Placement(0, 32, 1280, 896));
        assertThat(Placement.of(640, 448, 1279, 960)).isEqualTo(new Placement(319, 256, 640, 448));
    }

    @Test
    void shrinksAtFourToThreeWhereOnePixelForOneDoesNotFit() {
        assertThat(Placement.of(640, 448, 320, 400)).isEqualTo(new Placement(0, 80, 320, 240));
    }

    @Test
    void aFieldAloneIsTwiceAsHigh() {
        assertThat(Placement.of(640, 224, 640, 480)).isEqualTo(new Placement(0, 16, 640, 448));
    }
}
