package soliloquy.gs.window;

import static org.lwjgl.opengl.GL33C.*;

/** Makes programs of OpenGL 3.3. */
final class Shaders {
    private Shaders() {}

    /** The program of two shaders' sources. */
    static int link(String vertexSource, String fragmentSource) throws WindowException {
        int program = glCreateProgram();
        int vertex = compile(GL_VERTEX_SHADER, vertexSource);
        int fragment = compile(GL_FRAGMENT_SHADER, fragmentSource);
        glAttachShader(program, vertex);
        glAttachShader(program, fragment);
        glLinkProgram(program);
        if (glGetProgrami(program, GL_LINK_STATUS) == 0) {
            throw new WindowException(
                    "the graphics driver did not link the window's shader: " + glGetProgramInfoLog(program));
        }
        glDeleteShader(vertex);
        glDeleteShader(fragment);
        return program;
    }

    private static int compile(int type, String source) throws WindowException {
        int shader = glCreateShader(type);
        glShaderSource(shader, source);
        glCompileShader(shader);
        if (glGetShaderi(shader, GL_COMPILE_STATUS) == 0) {
            throw new WindowException(
                    "the graphics driver did not compile the window's shader: " + glGetShaderInfoLog(shader));
        }
        return shader;
    }
}
