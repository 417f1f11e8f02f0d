package soliloquy.cdvd;

/**
 * The spiral of sectors on a disc, all of the same length: where a sector lies on the radius, and at which angle. A disc whose
 * {@code trackPitch} is 0 does not turn. The angle of LSN 0 is 0.
 *
 * @param innerRadius millimetres from the centre to LSN 0
 * @param outerRadius millimetres to the end of a full disc
 * @param trackPitch millimetres from one turn of the spiral to the next
 * @param sectors of a full disc
 */
public record DiscGeometry(double innerRadius, double outerRadius, double trackPitch, int sectors) {
    /**
     * A CD of 80 minutes. Radii: ECMA-130, 8 (information area). The pitch is the least the standard allows (1.6 µm less 0.1
     * µm): with it 80 minutes fit at a linear velocity of 1.195 m/s, the least allowed too.
     */
    public static final DiscGeometry CD = new DiscGeometry(25, 58, 1.5e-3, 360_000);

    /**
     * A DVD with one layer. Radii and pitch: ECMA-267, 12 and 14. The sectors are those of PCSX2; they give a linear velocity
     * of 3.48 m/s at 1x, where the standard says 3.49.
     */
    public static final DiscGeometry DVD = new DiscGeometry(24, 58, 0.74e-3, 2_298_496);

    /** A disc that does not turn: every sector is everywhere at once. */
    static final DiscGeometry NONE = new DiscGeometry(1, 1, 0, 2_298_496);

    /** True if sectors have an angle, and come by once in a turn. */
    boolean turns() {
        return trackPitch > 0;
    }

    /** Millimetres from the centre to the start of {@code lsn}, which may lie between two sectors. */
    public double radius(double lsn) {
        double inner = innerRadius * innerRadius;
        double share = Math.clamp(lsn / sectors, 0, 1);
        return Math.sqrt(inner + (outerRadius * outerRadius - inner) * share);
    }

    /** Turns of the spiral from LSN 0 to {@code lsn}; the fraction is the angle of the sector. */
    public double turns(double lsn) {
        return turns() ? (radius(lsn) - innerRadius) / trackPitch : 0;
    }

    /** The place, as a number of sectors, at which the spiral is {@code radius} millimetres from the centre. */
    double lsnAt(double radius) {
        double inner = innerRadius * innerRadius;
        double span = outerRadius * outerRadius - inner;
        return span == 0 ? 0 : Math.clamp((radius * radius - inner) / span, 0, 1) * sectors;
    }

    /** Sectors in one turn of the spiral at {@code lsn}; 0 on a disc that does not turn. */
    public double sectorsPerTurn(double lsn) {
        return turns()
                ? 2 * radius(lsn) * trackPitch * sectors / (outerRadius * outerRadius - innerRadius * innerRadius)
                : 0;
    }
}
