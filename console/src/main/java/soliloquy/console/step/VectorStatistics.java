package soliloquy.console.step;

/**
 * A vector in a few numbers.
 *
 * @param largestAt index of the number of the largest magnitude
 * @param deviation standard deviation
 * @param rms root of the mean of squares
 */
record VectorStatistics(
        int count,
        double minimum,
        double maximum,
        double mean,
        double deviation,
        double rms,
        int zeros,
        int largestAt) {
    /** Those of {@code vector}, which is not empty. */
    static VectorStatistics of(GuestVector vector) {
        int count = vector.length();
        double minimum = Double.POSITIVE_INFINITY;
        double maximum = Double.NEGATIVE_INFINITY;
        double sum = 0;
        double squares = 0;
        int zeros = 0;
        int largestAt = 0;
        for (int i = 0; i < count; i++) {
            double value = vector.value(i);
            minimum = Math.min(minimum, value);
            maximum = Math.max(maximum, value);
            sum += value;
            squares += value * value;
            zeros += value == 0 ? 1 : 0;
            largestAt = Math.abs(value) > Math.abs(vector.value(largestAt)) ? i : largestAt;
        }
        double mean = sum / count;
        double deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
        return new VectorStatistics(
                count, minimum, maximum, mean, deviation, Math.sqrt(squares / count), zeros, largestAt);
    }
}
