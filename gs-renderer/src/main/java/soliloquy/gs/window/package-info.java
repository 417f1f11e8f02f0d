/**
 * The window: frames on the screen by GLFW and OpenGL, keys and gamepads to the pad. No other package touches a display library,
 * and none is loaded unless {@link soliloquy.gs.window.Window} is used.
 */
package soliloquy.gs.window;
