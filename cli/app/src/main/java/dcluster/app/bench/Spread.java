package dcluster.app.bench;

import java.util.List;
import java.util.Locale;

/** The same measurement of several rounds: the middle one, and how far they lie apart. */
record Spread(List<Double> sorted) {
    /** Those that are no number are left out. */
    static Spread of(List<Double> numbers) {
        return new Spread(
                numbers.stream().filter(number -> !number.isNaN()).sorted().toList());
    }

    /** Of an even number the lower middle; not a number if there is none. */
    double median() {
        return sorted.isEmpty() ? Double.NaN : sorted.get((sorted.size() - 1) / 2);
    }

    /** As {@code 1,204}, with so many digits behind the point. */
    String median(int digits) {
        return sorted.isEmpty() ? "-" : shown(median(), digits);
    }

    /** Not a number if there is none. */
    double least() {
        return sorted.isEmpty() ? Double.NaN : sorted.get(0);
    }

    /** Not a number if there is none. */
    double most() {
        return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() - 1);
    }

    String least(int digits) {
        return sorted.isEmpty() ? "-" : shown(least(), digits);
    }

    String most(int digits) {
        return sorted.isEmpty() ? "-" : shown(most(), digits);
    }

    /** As {@code 980-1,310}. */
    String range(int digits) {
        return sorted.isEmpty() ? "-" : least(digits) + "-" + most(digits);
    }

    private static String shown(double number, int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", number);
    }
}
