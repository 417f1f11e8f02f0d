/** Where guest time goes: samples of the guest's call stack, and what they come to. */
package soliloquy.console.profile;
