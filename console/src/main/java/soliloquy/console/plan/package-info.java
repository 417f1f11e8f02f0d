/** The guest engine's memory plan for people: as text, as a picture, as JSON, and what it asks of the drive. */
package soliloquy.console.plan;
