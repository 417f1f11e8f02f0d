package soliloquy.cdvd;

/**
 * How long a movement of the head takes, over its length. A body that is accelerated evenly for half of its way and braked for the
 * other half takes a time that grows with the square root of the way. Short ways the lens goes alone; on long ones the sled
 * carries it, and a constant part is left over for starting and settling. The curve is continuous and goes through two points.
 *
 * @param nearMillimetres where the lens reaches its limit
 * @param nearSeconds a movement of that length
 * @param farMillimetres a long movement
 * @param farSeconds its duration
 */
public record SeekCurve(double nearMillimetres, double nearSeconds, double farMillimetres, double farSeconds) {
    /** A head that is everywhere at once. */
    static final SeekCurve NONE = new SeekCurve(1, 0, 2, 0);

    /** Seconds of a movement over {@code millimetres} of the radius, in either direction. */
    public double seconds(double millimetres) {
        if (millimetres <= nearMillimetres) {
            return nearSeconds * Math.sqrt(millimetres / nearMillimetres);
        }
        double start = Math.sqrt(nearMillimetres);
        return nearSeconds
                + (farSeconds - nearSeconds) * (Math.sqrt(millimetres) - start) / (Math.sqrt(farMillimetres) - start);
    }

    /** The curve of a head that takes {@code factor} times as long. */
    SeekCurve slower(double factor) {
        return new SeekCurve(nearMillimetres, nearSeconds * factor, farMillimetres, farSeconds * factor);
    }
}
