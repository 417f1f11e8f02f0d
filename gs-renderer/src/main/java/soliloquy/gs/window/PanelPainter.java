package soliloquy.gs.window;

import static org.lwjgl.nuklear.Nuklear.*;
import static org.lwjgl.opengl.GL33C.*;

import java.nio.ByteBuffer;
import org.lwjgl.nuklear.NkAllocator;
import org.lwjgl.nuklear.NkBuffer;
import org.lwjgl.nuklear.NkContext;
import org.lwjgl.nuklear.NkConvertConfig;
import org.lwjgl.nuklear.NkDrawCommand;
import org.lwjgl.nuklear.NkDrawVertexLayoutElement;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;

/** Draws what Nuklear laid out with OpenGL 3.3. */
final class PanelPainter implements AutoCloseable {
    private static final String VERTEX = """
            #version 330 core
            layout(location = 0) in vec2 place;
            layout(location = 1) in vec2 texel;
            layout(location = 2) in vec4 tint;
            uniform vec2 size;
            out vec2 at;
            out vec4 shade;
            void main() {
                at = texel;
                shade = tint;
                gl_Position = vec4(place.x / size.x * 2.0 - 1.0, 1.0 - place.y / size.y * 2.0, 0.0, 1.0);
            }
            """;
    private static final String FRAGMENT = """
            #version 330 core
            in vec2 at;
            in vec4 shade;
            out vec4 colour;
            uniform sampler2D glyphs;
            void main() {
                colour = shade * texture(glyphs, at);
            }
            """;
    /** Bytes of a vertex: place and texel as two floats each, colour as four bytes. */
    private static final int VERTEX_BYTES = 20;

    private static final int TEXEL = 8;
    private static final int TINT = 16;
    /** Indices have sixteen bits, so there can be no more vertices. */
    private static final int MOST_VERTICES = 1 << 16;

    private static final int MOST_INDICES = 3 * MOST_VERTICES;

    private final int program;
    private final int size;
    private final int vertexArray = glGenVertexArrays();
    private final int vertexBuffer = glGenBuffers();
    private final int indexBuffer = glGenBuffers();
    private final ByteBuffer vertices = MemoryUtil.memAlloc(MOST_VERTICES * VERTEX_BYTES);
    private final ByteBuffer indices = MemoryUtil.memAlloc(MOST_INDICES * Short.BYTES);
    private final NkBuffer commands = NkBuffer.create();
    private final NkDrawVertexLayoutElement.Buffer layout = NkDrawVertexLayoutElement.create(4);
    private final NkConvertConfig config = NkConvertConfig.create();

    PanelPainter(PanelFont font, NkAllocator allocator) throws WindowException {
        program = Shaders.link(VERTEX, FRAGMENT);
        size = glGetUniformLocation(program, "size");
        glBindVertexArray(vertexArray);
        glBindBuffer(GL_ARRAY_BUFFER, vertexBuffer);
        glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, indexBuffer);
        glEnableVertexAttribArray(0);
        glEnableVertexAttribArray(1);
        glEnableVertexAttribArray(2);
        glVertexAttribPointer(0, 2, GL_FLOAT, false, VERTEX_BYTES, 0);
        glVertexAttribPointer(1, 2, GL_FLOAT, false, VERTEX_BYTES, TEXEL);
        glVertexAttribPointer(2, 4, GL_UNSIGNED_BYTE, true, VERTEX_BYTES, TINT);
        glBindVertexArray(0);
        nk_buffer_init(commands, allocator, 4096);
        layout.get(0).set(NK_VERTEX_POSITION, NK_FORMAT_FLOAT, 0);
        layout.get(1).set(NK_VERTEX_TEXCOORD, NK_FORMAT_FLOAT, TEXEL);
        layout.get(2).set(NK_VERTEX_COLOR, NK_FORMAT_R8G8B8A8, TINT);
        layout.get(3).set(NK_VERTEX_ATTRIBUTE_COUNT, NK_FORMAT_COUNT, 0);
        config.vertex_layout(layout)
                .vertex_size(VERTEX_BYTES)
                .vertex_alignment(Float.BYTES)
                .circle_segment_count(22)
                .curve_segment_count(22)
                .arc_segment_count(22)
                .global_alpha(1)
                .shape_AA(NK_ANTI_ALIASING_OFF)
                .line_AA(NK_ANTI_ALIASING_OFF);
        config.tex_null(white -> {
            font.whiteTexture(white.texture());
            white.uv().set(0.5f, font.white());
        });
    }

    /** Draws into a framebuffer of this size. */
    void paint(NkContext context, int width, int height, int scale) {
        convert(context);
        glViewport(0, 0, width, height);
        glUseProgram(program);
        glUniform2f(size, (float) width / scale, (float) height / scale);
        glBindVertexArray(vertexArray);
        glBindBuffer(GL_ARRAY_BUFFER, vertexBuffer);
        glBufferData(GL_ARRAY_BUFFER, vertices, GL_STREAM_DRAW);
        glBufferData(GL_ELEMENT_ARRAY_BUFFER, indices, GL_STREAM_DRAW);
        glEnable(GL_BLEND);
        glBlendFunc(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA);
        glEnable(GL_SCISSOR_TEST);
        long offset = 0;
        for (NkDrawCommand command = nk__draw_begin(context, commands);
                command != null;
                command = nk__draw_next(command, commands, context)) {
            if (command.elem_count() > 0) {
                glBindTexture(GL_TEXTURE_2D, command.texture().id());
                glScissor(
                        (int) (command.clip_rect().x() * scale),
                        height
                                - (int) ((command.clip_rect().y()
                                                + command.clip_rect().h())
                                        * scale),
                        (int) (command.clip_rect().w() * scale),
                        (int) (command.clip_rect().h() * scale));
                glDrawElements(GL_TRIANGLES, command.elem_count(), GL_UNSIGNED_SHORT, offset);
                offset += (long) command.elem_count() * Short.BYTES;
            }
        }
        nk_buffer_clear(commands);
        glDisable(GL_SCISSOR_TEST);
        glDisable(GL_BLEND);
    }

    private void convert(NkContext context) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            NkBuffer vertexTarget = NkBuffer.malloc(stack);
            NkBuffer indexTarget = NkBuffer.malloc(stack);
            nk_buffer_init_fixed(vertexTarget, vertices);
            nk_buffer_init_fixed(indexTarget, indices);
            nk_convert(context, commands, vertexTarget, indexTarget, config);
        }
    }

    @Override
    public void close() {
        nk_buffer_free(commands);
        MemoryUtil.memFree(vertices);
        MemoryUtil.memFree(indices);
        glDeleteBuffers(vertexBuffer);
        glDeleteBuffers(indexBuffer);
        glDeleteVertexArrays(vertexArray);
        glDeleteProgram(program);
    }
}
