package soliloquy.console.step;

/**
 * The guest's numbers against those of the reference engine at the same point.
 *
 * @param count how many were compared
 * @param differing how many are not the same bits
 * @param maximum largest absolute difference
 * @param maximumAt index of that number
 * @param mean mean absolute difference
 */
record Difference(int count, int differing, double maximum, int maximumAt, double mean) {
    /** Compares {@code guest} with as many {@code expected} numbers of the same kind. */
    static Difference of(GuestVector guest, int[] expected) {
        int differing = 0;
        double maximum = 0;
        int maximumAt = 0;
        double sum = 0;
        for (int i = 0; i < expected.length; i++) {
            int number = guest.numbers()[i];
            differing += number == expected[i] ? 0 : 1;
            double distance = guest.codes()
                    ? Math.abs((double) number - expected[i])
                    : Math.abs(GuestVector.real(number) - GuestVector.real(expected[i]));
            sum += distance;
            if (distance > maximum) {
                maximum = distance;
                maximumAt = i;
            }
        }
        return new Difference(expected.length, differing, maximum, maximumAt, sum / expected.length);
    }
}
