/**
 * The DualShock 2 on a port of SIO2, the mapping of host keys and gamepads to its buttons, and recorded input. Depends on
 * the machine module only: a window gives it plain key codes.
 */
package soliloquy.pad;
