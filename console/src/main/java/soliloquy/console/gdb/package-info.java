/** The remote serial protocol of GDB, one server for each processor. Source: the GDB manual, "Remote Protocol". */
package soliloquy.console.gdb;
