package soliloquy.gs.window;

import java.util.List;

/** What a window shows beside the picture. The window asks on its own thread, each time it draws, so answers are made beforehand. */
public interface PanelSource {
    /** Width of the window when it opens, in pixels at scale 1. */
    int width();

    /** Height of the window when it opens. */
    int height();

    /** Where the buttons are and what they are called; the panel's text stands above them. */
    Panel buttonPanel();

    /** Labels of the buttons. */
    List<String> buttons();

    /** A button was pressed. */
    void pressed(String button);

    /** The other panels. */
    List<Panel> panels();
}
