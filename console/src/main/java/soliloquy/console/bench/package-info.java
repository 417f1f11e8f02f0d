/** Measures the emulator's processor on kernels compiled for guest and host. */
package soliloquy.console.bench;
