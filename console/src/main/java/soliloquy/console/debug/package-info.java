/** The debug port: requests from outside, answered by the emulation thread between two instructions of the guest. */
package soliloquy.console.debug;
