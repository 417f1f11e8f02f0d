package soliloquy.console.step;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import soliloquy.gs.window.Panel;
import soliloquy.llm.sample.Mode;
import soliloquy.machine.InputException;

/** The stepper's views as panels of the window. */
final class PanelTexts {
    static final int WIDTH = 1280;
    static final int HEIGHT = 960;
    private static final int PICTURE_HEIGHT = 480;
    private static final int HALF = WIDTH / 2;
    /** Below the buttons. */
    private static final int RIGHT_TOP = 94;

    private PanelTexts() {}

    /** What a view shows, or why it cannot. */
    @FunctionalInterface
    private interface View {
        String text() throws IOException;
    }

    /** The place of the buttons; {@code text} stands above them. */
    static Panel buttons(String text) {
        return new Panel("Step", HALF, 0, HALF, RIGHT_TOP, text, null);
    }

    /** All other panels; to be made while the EE stands. */
    static List<Panel> of(StepState state) throws IOException {
        List<Panel> panels = new ArrayList<>();
        VectorView vector = new VectorView(state);
        AttentionWeights attention = state.attention();
        add(panels, 0, "Time", PICTURE_HEIGHT, 270, text(() -> new CyclesView(state).text()), null);
        add(
                panels,
                0,
                "Attention",
                PICTURE_HEIGHT + 270,
                HEIGHT - PICTURE_HEIGHT - 270,
                text(() -> new AttentionView(state).summary()),
                attention.heads().isEmpty() ? null : HeatMap.rows(attention.heads()));
        int top = RIGHT_TOP;
        add(panels, HALF, "Operation", top, 182, text(() -> new WhereView(state).text()), null);
        add(panels, HALF, "Matrix", top + 182, 142, text(() -> new MatrixView(state).text()), null);
        add(panels, HALF, "Drive", top + 324, 142, new DriveView(state).text(), null);
        String result = text(() -> vector.statistics() + vector.difference(Mode.EE) + vector.difference(Mode.IEEE));
        boolean hasVector = !state.atStart() && state.run().call().count() > 0;
        add(panels, HALF, "Result", top + 466, 208, result, hasVector ? HeatMap.cells(state.vector()) : null);
        int below = top + 672;
        add(panels, HALF, "Logits", below, HEIGHT - below, text(() -> new LogitsView(state).text(-1)), null);
        return List.copyOf(panels);
    }

    private static void add(List<Panel> panels, int x, String title, int y, int height, String text, Panel.Heat heat) {
        panels.add(new Panel(title, x, y, HALF, height, text, heat));
    }

    private static String text(View view) throws IOException {
        try {
            return view.text();
        } catch (InputException e) {
            return e.getMessage();
        }
    }
}
