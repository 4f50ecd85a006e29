package dcluster.toolkit;

import dcluster.spi.Bytes;
import java.util.OptionalLong;

/** Whole numbers as the store writes them: digits with no zero before them, a minus at most, in the range of a long. */
final class Decimal {
    static final int LONGEST = Long.toString(Long.MIN_VALUE).length();

    private Decimal() {}

    /** The number of a text, empty if this class would have written it differently or not at all. */
    static OptionalLong parse(Bytes text) {
        boolean negative = text.size() > 1 && text.at(0) == '-';
        int start = negative ? 1 : 0;
        if (text.size() == start || text.size() > LONGEST) {
            return OptionalLong.empty();
        }
        // Summed up below zero, where the range reaches further by one.
        long number = 0;
        for (int i = start; i < text.size(); i++) {
            int digit = text.at(i) - '0';
            boolean leadingZero = i == start && digit == 0 && text.size() > 1;
            if (digit < 0 || digit > 9 || leadingZero || number < (Long.MIN_VALUE + digit) / 10) {
                return OptionalLong.empty();
            }
            number = number * 10 - digit;
        }
        if (negative) {
            return OptionalLong.of(number);
        }
        return number == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(-number);
    }
}
