package dcluster.checker.history;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values that stand in histories, as Java's own. */
final class Json {
    private static final int MOST_DIGITS = 1000;

    private Json() {}

    /** The value that begins at the parser's present token. */
    static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case START_ARRAY -> list(parser);
            case START_OBJECT -> map(parser);
            default -> throw new IOException("a value expected, not " + parser.currentToken());
        };
    }

    private static Object integer(JsonParser parser) throws IOException {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? whole(parser.getBigIntegerValue())
                : (Object) parser.getLongValue();
    }

    private static Object whole(BigInteger number) {
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }

    /**
     * Numbers of one value are equal, however they are written: {@code 1e2} and {@code 100.0} are the whole number 100.
     * A few letters may name a number that takes gigabytes as soon as somebody adds one to it.
     */
    private static Object decimal(JsonParser parser) throws IOException {
        var number = parser.getDecimalValue();
        if (Math.abs((long) number.scale()) > MOST_DIGITS) {
            throw new IOException("a number of more than " + MOST_DIGITS + " digits: " + parser.getText());
        }
        var shortest = number.stripTrailingZeros();
        return shortest.scale() <= 0 ? whole(shortest.toBigIntegerExact()) : shortest;
    }

    private static Object list(JsonParser parser) throws IOException {
        var list = new ArrayList<@Nullable Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser));
        }
        return list.isEmpty() ? List.of() : Collections.unmodifiableList(list);
    }

    private static Object map(JsonParser parser) throws IOException {
        var map = new LinkedHashMap<String, @Nullable Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            parser.nextToken();
            map.put(name, value(parser));
        }
        return Collections.unmodifiableMap(map);
    }
}
