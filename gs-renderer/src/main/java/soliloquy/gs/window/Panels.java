package soliloquy.gs.window;

import static org.lwjgl.glfw.GLFW.*;
import static org.lwjgl.nuklear.Nuklear.*;

import java.util.List;
import org.lwjgl.nuklear.NkAllocator;
import org.lwjgl.nuklear.NkColor;
import org.lwjgl.nuklear.NkCommandBuffer;
import org.lwjgl.nuklear.NkContext;
import org.lwjgl.nuklear.NkRect;
import org.lwjgl.nuklear.NkVec2;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;

/** The panels of a window, laid out with Nuklear. Keys stay the pad's; panels take the mouse. */
final class Panels implements AutoCloseable {
    private static final int GLYPH_ROWS = 16;
    private static final int LINE = GLYPH_ROWS + 2;
    private static final int BUTTON = 24;
    private static final int CELL = 8;
    private static final int FLAGS =
            NK_WINDOW_BORDER | NK_WINDOW_TITLE | NK_WINDOW_MOVABLE | NK_WINDOW_MINIMIZABLE | NK_WINDOW_SCALABLE;

    private final PanelSource source;
    private final PanelFont font;
    private final PanelPainter painter;
    private final NkAllocator allocator = NkAllocator.create();
    private final NkContext context = NkContext.create();
    private double wheel;

    /** @param glyphs rows of the font's glyphs from the space on, sixteen bytes each */
    Panels(PanelSource source, byte[] glyphs) throws WindowException {
        this.source = source;
        font = new PanelFont(glyphs, GLYPH_ROWS);
        allocator
                .alloc((handle, old, size) -> MemoryUtil.nmemAllocChecked(size))
                .mfree((handle, pointer) -> MemoryUtil.nmemFree(pointer));
        if (!nk_init(context, allocator, font.font())) {
            throw new WindowException("the panels' context could not be made; run without --window");
        }
        context.style().window().spacing().set(4, 0);
        painter = new PanelPainter(font, allocator);
    }

    /** The mouse's wheel was turned. */
    void scrolled(double lines) {
        wheel += lines;
    }

    /** Takes the mouse, lays the panels out and draws them; {@code scale} framebuffer pixels are one of a panel. */
    void show(long window, int framebufferWidth, int framebufferHeight, int scale) {
        takeMouse(window, framebufferWidth, scale);
        buttons(source.buttonPanel());
        for (Panel panel : source.panels()) {
            panel(panel);
        }
        painter.paint(context, framebufferWidth, framebufferHeight, scale);
        nk_clear(context);
    }

    private void takeMouse(long window, int framebufferWidth, int scale) {
        double[] x = new double[1];
        double[] y = new double[1];
        int[] width = new int[1];
        glfwGetCursorPos(window, x, y);
        glfwGetWindowSize(window, width, null);
        double perUnit = (double) framebufferWidth / Math.max(1, width[0]) / scale;
        int column = (int) (x[0] * perUnit);
        int row = (int) (y[0] * perUnit);
        boolean down = glfwGetMouseButton(window, GLFW_MOUSE_BUTTON_LEFT) == GLFW_PRESS;
        nk_input_begin(context);
        nk_input_motion(context, column, row);
        nk_input_button(context, NK_BUTTON_LEFT, column, row, down);
        try (MemoryStack stack = MemoryStack.stackPush()) {
            nk_input_scroll(context, NkVec2.malloc(stack).set(0, (float) wheel));
        }
        wheel = 0;
        nk_input_end(context);
    }

    private boolean begin(Panel panel, MemoryStack stack) {
        NkRect place = NkRect.malloc(stack).set(panel.x(), panel.y(), panel.width(), panel.height());
        return nk_begin(context, panel.title(), place, FLAGS);
    }

    private void buttons(Panel panel) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            if (begin(panel, stack)) {
                text(panel);
                List<String> labels = source.buttons();
                nk_layout_row_dynamic(context, BUTTON, labels.size());
                for (String label : labels) {
                    if (nk_button_label(context, label)) {
                        source.pressed(label);
                    }
                }
            }
            nk_end(context);
        }
    }

    private void panel(Panel panel) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            if (begin(panel, stack)) {
                if (panel.heat() != null) {
                    heat(panel.heat(), stack);
                }
                text(panel);
            }
            nk_end(context);
        }
    }

    private void text(Panel panel) {
        nk_layout_row_dynamic(context, LINE, 1);
        panel.text().lines().forEach(line -> nk_label(context, line, NK_TEXT_LEFT));
    }

    private void heat(Panel.Heat heat, MemoryStack stack) {
        nk_layout_row_dynamic(context, heat.rows() * CELL + 2, 1);
        NkRect all = NkRect.malloc(stack);
        nk_widget(all, context);
        NkCommandBuffer canvas = nk_window_get_canvas(context);
        NkRect cell = NkRect.malloc(stack);
        NkColor colour = NkColor.malloc(stack);
        float width = Math.min(CELL, all.w() / heat.columns());
        for (int i = 0; i < heat.count() && canvas != null; i++) {
            cell.set(all.x() + i % heat.columns() * width, all.y() + i / heat.columns() * CELL, width, CELL);
            shade(heat.magnitude(i), colour);
            nk_fill_rect(canvas, cell, 0, colour);
        }
    }

    /** From dark blue over red and yellow to white. */
    private static void shade(float magnitude, NkColor colour) {
        float m = Math.clamp(magnitude, 0, 1);
        int red = Math.round(255 * Math.min(1, 2 * m));
        int green = Math.round(255 * Math.clamp(2 * m - 0.7f, 0, 1));
        int blue = Math.round(255 * Math.max(0.25f * (1 - m), Math.clamp(4 * m - 3, 0, 1)));
        colour.set((byte) red, (byte) green, (byte) blue, (byte) 0xFF);
    }

    @Override
    public void close() {
        painter.close();
        nk_free(context);
        font.close();
        allocator.alloc().free();
        allocator.mfree().free();
    }
}
