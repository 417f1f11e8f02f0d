/** The forward-pass stepper: stops the engine between its operations and shows what they did, by its symbols and its map. */
package soliloquy.console.step;
