package soliloquy.gs.window;

import static org.lwjgl.glfw.GLFW.*;

import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.lwjgl.glfw.GLFWErrorCallback;
import org.lwjgl.glfw.GLFWGamepadState;
import org.lwjgl.opengl.GL;
import soliloquy.machine.Frame;

/**
 * The window. Lives on the main thread, as GLFW and macOS want it; frames come through a {@link FrameQueue}. Resizable; a frame is
 * scaled by whole numbers in framebuffer pixels, so high-density screens show it sharp.
 */
public final class Window implements AutoCloseable {
    private static final double POLL_SECONDS = 1.0 / 60;

    private final long handle;
    private final FrameQueue frames;
    private final InputListener input;
    private final FramePainter painter;
    private final int pictureWidth;
    private final int pictureHeight;
    private Panels panels;
    private final byte[] buttons = new byte[15];
    private final float[] axes = new float[6];

    /**
     * Opens the window.
     *
     * @param title of the window
     * @param width of the frames expected; the window opens with room for them at the screen's scale
     * @throws WindowException where there is no display or no OpenGL 3.3
     */
    public Window(String title, int width, int height, FrameQueue frames, InputListener input) throws WindowException {
        this(title, width, height, width, height, frames, input);
    }

    /**
     * Opens a window with panels beside the picture.
     *
     * @param width of the frames expected; they are in the upper left corner
     * @param glyphs rows of the panels' glyphs from the space on, sixteen bytes each, the leftmost pixel in the highest bit
     * @throws WindowException where there is no display or no OpenGL 3.3
     */
    public Window(
            String title,
            int width,
            int height,
            FrameQueue frames,
            InputListener input,
            PanelSource panelSource,
            byte[] glyphs)
            throws WindowException {
        this(title, panelSource.width(), panelSource.height(), width, height, frames, input);
        panels = new Panels(panelSource, glyphs);
        glfwSetScrollCallback(handle, (window, x, y) -> panels.scrolled(y));
    }

    private Window(
            String title,
            int width,
            int height,
            int pictureWidth,
            int pictureHeight,
            FrameQueue frames,
            InputListener input)
            throws WindowException {
        this.pictureWidth = pictureWidth;
        this.pictureHeight = pictureHeight;
        this.frames = frames;
        this.input = input;
        requireFirstThread();
        StringBuilder errors = new StringBuilder();
        glfwSetErrorCallback(GLFWErrorCallback.create((code, text) ->
                errors.append(errors.isEmpty() ? "" : "; ").append(GLFWErrorCallback.getDescription(text))));
        if (!glfwInit()) {
            throw new WindowException("no window can be opened (" + errors + "); run with --headless");
        }
        glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
        glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
        glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
        glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
        glfwWindowHint(GLFW_RESIZABLE, GLFW_TRUE);
        glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
        handle = glfwCreateWindow(width, height, title, 0, 0);
        if (handle == 0) {
            glfwTerminate();
            throw new WindowException("no window with OpenGL 3.3 can be opened (" + errors + "); run with --headless");
        }
        glfwMakeContextCurrent(handle);
        glfwSwapInterval(0);
        GL.createCapabilities();
        painter = new FramePainter();
        glfwSetKeyCallback(handle, (window, key, scancode, action, modifiers) -> key(key, action));
    }

    /** On macOS windows belong to the process's first thread; Java tells by a variable whether its main thread is that one. */
    private static void requireFirstThread() throws WindowException {
        boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
        String variable =
                "JAVA_STARTED_ON_FIRST_THREAD_" + ProcessHandle.current().pid();
        if (mac && !"1".equals(System.getenv(variable))) {
            throw new WindowException(
                    "no window can be opened: on macOS start Java with -XstartOnFirstThread as the launcher does, or run with --headless");
        }
    }

    private void key(int key, int action) {
        if (key == GLFW_KEY_ESCAPE && action == GLFW_PRESS) {
            glfwSetWindowShouldClose(handle, true);
        } else if (action != GLFW_REPEAT) {
            input.key(key, action == GLFW_PRESS);
        }
    }

    /** Shows frames and takes input until the user closes the window (true) or {@code finished} says so (false). */
    public boolean runUntil(BooleanSupplier finished) {
        try (GLFWGamepadState gamepad = GLFWGamepadState.calloc()) {
            while (!glfwWindowShouldClose(handle)) {
                if (finished.getAsBoolean()) {
                    show();
                    return false;
                }
                pollGamepad(gamepad);
                show();
                glfwWaitEventsTimeout(POLL_SECONDS);
            }
        }
        return true;
    }

    /** Sets the title; call it on the window's thread. */
    public void title(String title) {
        glfwSetWindowTitle(handle, title);
    }

    private void show() {
        Frame frame = frames.newest();
        if (frame != null) {
            painter.upload(frame);
            frames.giveBack(frame);
        }
        int[] width = new int[1];
        int[] height = new int[1];
        glfwGetFramebufferSize(handle, width, height);
        if (width[0] > 0 && height[0] > 0) {
            paint(width[0], height[0]);
            glfwSwapBuffers(handle);
        }
    }

    private void paint(int width, int height) {
        painter.clear(width, height);
        if (panels == null) {
            painter.paint(0, 0, width, height);
            return;
        }
        float[] contentScale = new float[1];
        glfwGetWindowContentScale(handle, contentScale, null);
        int scale = Math.max(1, Math.round(contentScale[0]));
        painter.paint(0, height - pictureHeight * scale, pictureWidth * scale, pictureHeight * scale);
        panels.show(handle, width, height, scale);
    }

    private void pollGamepad(GLFWGamepadState state) {
        for (int joystick = GLFW_JOYSTICK_1; joystick <= GLFW_JOYSTICK_LAST; joystick++) {
            if (glfwJoystickIsGamepad(joystick) && glfwGetGamepadState(joystick, state)) {
                for (int i = 0; i < buttons.length; i++) {
                    buttons[i] = state.buttons(i);
                }
                for (int i = 0; i < axes.length; i++) {
                    axes[i] = state.axes(i);
                }
                input.gamepad(buttons, axes);
                return;
            }
        }
    }

    @Override
    public void close() {
        if (panels != null) {
            panels.close();
        }
        painter.close();
        glfwDestroyWindow(handle);
        glfwTerminate();
        GLFWErrorCallback callback = glfwSetErrorCallback(null);
        if (callback != null) {
            callback.free();
        }
    }
}
