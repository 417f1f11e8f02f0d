package soliloquy.console;

import java.util.Map;
import java.util.TreeMap;
import soliloquy.cdvd.DiscGeometry;
import soliloquy.cdvd.DiscImage;
import soliloquy.cdvd.DriveProfile;
import soliloquy.cdvd.SeekCurve;

/** The plots of docs/drive.md, drawn from the model that the drive follows. */
public final class DriveCurves {
    /** Spindle bytes: constant angular velocity, and codes of constant linear velocity. */
    private static final int CAV = 0x80;

    private DriveCurves() {}

    /** Names of files and what is in them. */
    public static Map<String, String> all() {
        Map<String, String> plots = new TreeMap<>();
        plots.put("drive-seek.svg", seek());
        plots.put("drive-rate-cd24.svg", cd());
        plots.put("drive-rate-dvd4.svg", dvd());
        return plots;
    }

    private static String seek() {
        SvgPlot plot = new SvgPlot("Seek time over distance", "distance on the radius, mm", 34, 2, "ms", 180, 20);
        add(plot, "CD", DriveProfile.CD24);
        add(plot, "DVD", DriveProfile.DVD4);
        return plot.text();
    }

    private static void add(SvgPlot plot, String name, DriveProfile profile) {
        SeekCurve seek = profile.seek();
        DiscGeometry geometry = profile.geometry();
        plot.curve(
                name + " (points: its anchors)",
                geometry.outerRadius() - geometry.innerRadius(),
                distance -> seek.seconds(distance) * 1000);
        plot.mark(seek.nearMillimetres(), seek.nearSeconds() * 1000);
        plot.mark(seek.farMillimetres(), seek.farSeconds() * 1000);
    }

    private static String cd() {
        SvgPlot plot = new SvgPlot("Rate over LSN, CD 24x", "LSN, thousands of sectors", 360, 40, "MB/s", 4, 0.5);
        add(plot, "24x, constant angular velocity", DriveProfile.CD24, CAV | 5);
        add(plot, "12x, constant linear velocity", DriveProfile.CD24, 4);
        add(plot, "4x, constant linear velocity", DriveProfile.CD24, 3);
        return plot.text();
    }

    private static String dvd() {
        SvgPlot plot = new SvgPlot("Rate over LSN, DVD 4x", "LSN, thousands of sectors", 2300, 250, "MB/s", 6, 1);
        add(plot, "4x, constant angular velocity", DriveProfile.DVD4, CAV | 3);
        add(plot, "2x, constant linear velocity", DriveProfile.DVD4, 2);
        add(plot, "1x, constant linear velocity", DriveProfile.DVD4, 1);
        return plot.text();
    }

    private static void add(SvgPlot plot, String name, DriveProfile profile, int spindle) {
        plot.curve(
                name,
                profile.totalSectors() / 1000.0,
                thousands -> profile.rate(spindle, thousands * 1000) * DiscImage.SECTOR_BYTES * 1e-6);
    }
}
