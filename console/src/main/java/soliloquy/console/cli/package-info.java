/** The command line: one class for each command, and the sentences it says when something is wrong. */
package soliloquy.console.cli;
