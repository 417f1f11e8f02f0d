package soliloquy.gs.window;

import static org.lwjgl.opengl.GL33C.*;

import java.nio.IntBuffer;
import org.lwjgl.system.MemoryUtil;
import soliloquy.machine.Frame;

/** Draws frames with OpenGL 3.3: one texture on one triangle that covers the placement. */
final class FramePainter implements AutoCloseable {
    private static final String VERTEX = """
            #version 330 core
            out vec2 position;
            void main() {
                vec2 corner = vec2(float((gl_VertexID << 1) & 2), float(gl_VertexID & 2));
                position = vec2(corner.x, 1.0 - corner.y);
                gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
            }
            """;
    private static final String FRAGMENT = """
            #version 330 core
            in vec2 position;
            out vec4 colour;
            uniform sampler2D frame;
            void main() {
                colour = vec4(texture(frame, position).rgb, 1.0);
            }
            """;

    private final int program;
    private final int texture;
    private final int vertexArray;
    private IntBuffer pixels = MemoryUtil.memAllocInt(1);
    private int width;
    private int height;

    FramePainter() throws WindowException {
        program = Shaders.link(VERTEX, FRAGMENT);
        vertexArray = glGenVertexArrays();
        texture = glGenTextures();
        glBindTexture(GL_TEXTURE_2D, texture);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    }

    /** Takes over the pixels of {@code frame}. */
    void upload(Frame frame) {
        int count = frame.width * frame.height;
        if (pixels.capacity() < count) {
            MemoryUtil.memFree(pixels);
            pixels = MemoryUtil.memAllocInt(count);
        }
        pixels.clear();
        pixels.put(frame.pixels, 0, count).flip();
        glBindTexture(GL_TEXTURE_2D, texture);
        if (frame.width != width || frame.height != height) {
            width = frame.width;
            height = frame.height;
            glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_BGRA, GL_UNSIGNED_INT_8_8_8_8_REV, pixels);
        } else {
            glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, width, height, GL_BGRA, GL_UNSIGNED_INT_8_8_8_8_REV, pixels);
        }
    }

    /** Blackens a framebuffer of this size. */
    void clear(int framebufferWidth, int framebufferHeight) {
        glViewport(0, 0, framebufferWidth, framebufferHeight);
        glClearColor(0, 0, 0, 1);
        glClear(GL_COLOR_BUFFER_BIT);
    }

    /** Draws the last frame into a part of the framebuffer, of which this is the lower left corner and the size. */
    void paint(int left, int bottom, int partWidth, int partHeight) {
        if (width == 0 || height == 0) {
            return;
        }
        Placement placement = Placement.of(width, height, partWidth, partHeight);
        glViewport(left + placement.x(), bottom + placement.y(), placement.width(), placement.height());
        glUseProgram(program);
        glBindVertexArray(vertexArray);
        glBindTexture(GL_TEXTURE_2D, texture);
        // One triangle twice the size of the viewport covers it.
        glDrawArrays(GL_TRIANGLES, 0, 3);
    }

    @Override
    public void close() {
        MemoryUtil.memFree(pixels);
        glDeleteTextures(texture);
        glDeleteVertexArrays(vertexArray);
        glDeleteProgram(program);
    }
}
