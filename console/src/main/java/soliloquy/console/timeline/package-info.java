/** What happened when, in guest time: timelines of the console's parts, and the last instructions of the EE. */
package soliloquy.console.timeline;
