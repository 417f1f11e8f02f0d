/** The console plugged together ({@link soliloquy.console.Console}), the run loop, and what a run reports. */
package soliloquy.console;
