package dcluster.runtime.gateway;

import dcluster.spi.Bytes;
import dcluster.spi.Limits;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** The words of one request, the command's name first; each is checked when it is asked for. */
record Words(List<Bytes> list) {
    int count() {
        return list.size();
    }

    /** The word as it is. A parser lets none pass that is larger than a value may be. */
    Bytes value(int index) {
        return list.get(index);
    }

    /** The word as a key; throws a {@link Refusal} if it is too large for one. */
    Bytes key(int index) {
        var key = list.get(index);
        if (key.size() > Limits.MAX_KEY_BYTES) {
            throw new Refusal("ERR a key of " + key.size() + " bytes is above the limit of " + Limits.MAX_KEY_BYTES);
        }
        return key;
    }

    /** All words from an index on as keys; throws a {@link Refusal} if one is too large. */
    List<Bytes> keysFrom(int index) {
        for (int i = index; i < list.size(); i++) {
            key(i);
        }
        return from(index);
    }

    /** All words from an index on. */
    List<Bytes> from(int index) {
        return list.subList(index, list.size());
    }

    /** The number that a word is; throws a {@link Refusal} if it is not one in the range of a {@code long} */
    long integer(int index) {
        return parse(list.get(index)).orElseThrow(() -> new Refusal("ERR value is not an integer or out of range"));
    }

    /**
     * The word in capitals, as names of commands and options are compared; what is not ASCII stays as it is, or is
     * lost.
     */
    String name(int index) {
        return list.get(index).toUtf8().toUpperCase(Locale.ROOT);
    }

    /** Only the one way in which a number is printed: no plus, no zero in front, no blank. */
    private static OptionalLong parse(Bytes word) {
        boolean negative = word.size() > 0 && word.at(0) == '-';
        int first = negative ? 1 : 0;
        int digits = word.size() - first;
        if (digits < 1 || digits > 19 || (word.at(first) == '0' && (negative || digits > 1))) {
            return OptionalLong.empty();
        }
        long number = 0;
        for (int i = first; i < word.size(); i++) {
            int digit = word.at(i) - '0';
            // Counted down from zero, as the negative numbers reach further by one.
            if (digit < 0 || digit > 9 || number < (Long.MIN_VALUE + digit) / 10) {
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
