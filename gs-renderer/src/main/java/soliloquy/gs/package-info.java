/**
 * The Graphics Synthesizer: local memory and its swizzles, the registers, drawing, video timing and the display output. Cores know
 * no display library; the window lives in {@link soliloquy.gs.window}. Sources: ps2tek "GS", ps2sdk, DobieStation.
 */
package soliloquy.gs;
