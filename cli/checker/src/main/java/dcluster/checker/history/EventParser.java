package dcluster.checker.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads one line at a time, and refuses what is not exactly an event. */
final class EventParser {
    /** What is wrong with a line, without the place; what people need not read to the end is cut. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;
        private static final int LONGEST = 400;

        Refused(String what) {
            super(what.length() > LONGEST ? what.substring(0, LONGEST) + "..." : what);
        }
    }

    private static final int DEEPEST = 16;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(Lines.LONGEST)
                    .build())
            .build();

    /** Keys and nodes are few and come again and again. */
    private final Map<String, String> names = new HashMap<>();

    private @Nullable Object process;
    private @Nullable EventType type;
    private @Nullable String word;
    private @Nullable String key;
    private @Nullable String node;
    private @Nullable Object value;
    private @Nullable Siblings siblings;
    private @Nullable Long time;
    private @Nullable Boolean applied;

    /** The event of a line. */
    Event parse(Lines line) throws Refused {
        clear();
        try (var parser = FACTORY.createParser(line.buffer(), line.from(), line.length())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Refused("an event is an object: {\"process\":...}");
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                field(parser.currentName(), parser);
            }
            if (parser.nextToken() != null) {
                throw new Refused("more than one event");
            }
        } catch (JsonProcessingException e) {
            throw new Refused("not JSON: " + e.getOriginalMessage().replaceAll("\\s+", " "));
        } catch (IOException e) {
            throw new Refused(String.valueOf(e.getMessage()));
        }
        return event(line.number());
    }

    private void clear() {
        process = null;
        type = null;
        word = null;
        key = null;
        node = null;
        value = null;
        siblings = null;
        time = null;
        applied = null;
    }

    private void field(String name, JsonParser parser) throws IOException, Refused {
        parser.nextToken();
        switch (name) {
            case "process" -> process = process(parser);
            case "type" -> type = type(text(name, parser));
            case "f" -> word = text(name, parser);
            case "key" -> key = key(parser);
            case "node" -> node = shared(text(name, parser));
            case "value" -> value = Json.value(parser);
            case "siblings" -> siblings = siblings(Json.value(parser));
            case "time" -> time = number(name, parser);
            case "applied" -> applied = truth(name, parser);
            default ->
                throw new Refused("unknown field \"" + name
                        + "\"; an event has process, type, f, key, value, siblings, time, node, applied");
        }
    }

    private static Object process(JsonParser parser) throws IOException, Refused {
        var found = Json.value(parser);
        if (found instanceof String || (found instanceof Long number && number >= 0)) {
            return found;
        }
        throw new Refused("\"process\" is the number of a client, or the name of who leaves a note, not " + found);
    }

    private static EventType type(String word) throws Refused {
        var type = EventType.of(word);
        if (type == null) {
            throw new Refused("unknown type \"" + word + "\"; there are invoke, ok, fail, info");
        }
        return type;
    }

    /** A number as a key is its digits. */
    private String key(JsonParser parser) throws IOException, Refused {
        var found = Json.value(parser);
        if (found instanceof String || found instanceof Long) {
            return shared(found.toString());
        }
        throw new Refused("\"key\" is a text or a whole number, not " + found);
    }

    private String shared(String name) {
        var known = names.putIfAbsent(name, name);
        return known == null ? name : known;
    }

    private static String text(String field, JsonParser parser) throws IOException, Refused {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new Refused("\"" + field + "\" is a text");
        }
        return parser.getText();
    }

    private static long number(String field, JsonParser parser) throws IOException, Refused {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw new Refused("\"" + field + "\" is a whole number");
        }
        return parser.getLongValue();
    }

    private static boolean truth(String field, JsonParser parser) throws IOException, Refused {
        if (!parser.currentToken().isBoolean()) {
            throw new Refused("\"" + field + "\" is true or false");
        }
        return parser.getBooleanValue();
    }

    private static Siblings siblings(@Nullable Object found) throws Refused {
        if (found instanceof List<?> list
                && list.size() > 1
                && list.stream().allMatch(Objects::nonNull)
                && list.stream().distinct().count() == list.size()) {
            return Siblings.of(list);
        }
        throw new Refused("\"siblings\" is a list of two values or more, each another and none null, not " + found);
    }

    private @Nullable Object seen() throws Refused {
        if (siblings != null && value != null) {
            throw new Refused("a read has \"siblings\" in place of \"value\", not both");
        }
        return siblings == null ? value : siblings;
    }

    private Event event(int line) throws Refused {
        var who = there("process", process);
        var what = there("f", word);
        var function = Function.of(what);
        if (function == null && !(who instanceof String)) {
            throw new Refused("unknown function \"" + what + "\"");
        }
        return new Event(
                line,
                who,
                there("type", type),
                function,
                what,
                key,
                seen(),
                applied == null || applied,
                there("time", time),
                node);
    }

    private static <T> T there(String field, @Nullable T found) throws Refused {
        if (found == null) {
            throw new Refused("\"" + field + "\" is missing");
        }
        return found;
    }
}
