package dcluster.config;

import dcluster.config.Yaml.Entry;
import dcluster.config.Yaml.Mapping;
import dcluster.config.Yaml.Nothing;
import dcluster.config.Yaml.Sequence;
import dcluster.config.Yaml.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Makes a tree of a text by pulling the parser's events one by one, which is where tags, anchors, depth and repeated
 * keys can be refused at their place, before anything is built of them. The part of YAML that is left needs no more:
 * mappings, lists and scalars, in one document.
 */
final class YamlReader {
    /** How deep mappings and lists may stand in one another. */
    static final int MAX_DEPTH = 20;

    /** How many values one text may hold: ten times what a hundred nodes can need. */
    private static final int MAX_VALUES = 10_000;

    private static final String NOT_YAML = "this is not YAML: ";
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    private final StreamReader reader;
    private final ParserImpl parser;
    private final Function<Mark, Place> places;
    private final Problems problems;
    private int valueCount;

    private YamlReader(String text, Function<Mark, Place> places, Problems problems) {
        this.reader = new StreamReader(text);
        this.parser = new ParserImpl(reader, new LoaderOptions());
        this.places = places;
        this.problems = problems;
    }

    /**
     * Reads the text of a file. Of a key that is given twice the first value counts, and it is among the problems;
     * whatever is worse ends the reading with an exception.
     */
    static Yaml readFile(String name, String text, Problems problems) {
        Function<Mark, Place> places = mark -> new Place(name, mark.getLine() + 1, mark.getColumn() + 1);
        return new YamlReader(text, places, problems).read();
    }

    /** Reads a value that stands at one place as a whole, such as a flag's. */
    static Yaml readValue(Place place, String text) {
        var problems = new Problems();
        var value = new YamlReader(text, mark -> place, problems).read();
        problems.throwIfAny();
        return value;
    }

    private Yaml read() {
        var start = places.apply(reader.getMark());
        try {
            return document().orElseGet(() -> new Nothing(start));
        } catch (MarkedYAMLException e) {
            var at = e.getProblemMark() == null ? reader.getMark() : e.getProblemMark();
            throw new ConfigException(places.apply(at), NOT_YAML + Words.oneLine(e.getProblem()));
        } catch (YAMLException | NumberFormatException e) {
            // A number out of range, as in "\UFFFFFFFF", escapes from the parser as what it is.
            var why = Words.oneLine(String.valueOf(e.getMessage()));
            throw new ConfigException(places.apply(reader.getMark()), NOT_YAML + why);
        }
    }

    private Optional<Yaml> document() {
        expect(Event.ID.StreamStart);
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            return Optional.empty();
        }
        expect(Event.ID.DocumentStart);
        var root = value(0);
        expect(Event.ID.DocumentEnd);
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            problems.add(place(parser.peekEvent()), "a second document begins here, and only one is read");
        }
        return Optional.of(root);
    }

    private Yaml value(int depth) {
        var event = parser.getEvent();
        refuseAnchor(event);
        if (++valueCount > MAX_VALUES) {
            throw new ConfigException(
                    place(event), "a file holds " + MAX_VALUES + " values at most, and this is one more");
        }
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar);
        }
        if (depth == MAX_DEPTH) {
            throw new ConfigException(place(event), "this is nested deeper than " + MAX_DEPTH + " levels");
        }
        refuseTag(((CollectionStartEvent) event).getTag(), event);
        return event.is(Event.ID.MappingStart) ? mapping(event, depth) : sequence(event, depth);
    }

    private Yaml scalar(ScalarEvent event) {
        refuseTag(event.getTag(), event);
        if (event.isPlain() && NULLS.contains(event.getValue())) {
            return new Nothing(place(event));
        }
        return new Text(place(event), event.getValue(), !event.isPlain());
    }

    private Yaml sequence(Event start, int depth) {
        var elements = new ArrayList<Yaml>();
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            elements.add(value(depth + 1));
        }
        parser.getEvent();
        return new Sequence(place(start), elements);
    }

    private Yaml mapping(Event start, int depth) {
        var entries = new LinkedHashMap<String, Entry>();
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            var key = key();
            var entry = new Entry(place(key), value(depth + 1));
            var earlier = entries.putIfAbsent(key.getValue(), entry);
            if (earlier != null) {
                var before = entry.place().equals(earlier.place()) ? "" : " at " + earlier.place();
                problems.add(entry.place(), "the key " + Words.quote(key.getValue()) + " was given before" + before);
            }
        }
        parser.getEvent();
        return new Mapping(place(start), entries);
    }

    private ScalarEvent key() {
        var event = parser.getEvent();
        refuseAnchor(event);
        if (event instanceof ScalarEvent scalar) {
            refuseTag(scalar.getTag(), event);
            return scalar;
        }
        throw new ConfigException(place(event), "a key is a plain word, not a list or mapping");
    }

    private void refuseAnchor(Event event) {
        if (event instanceof AliasEvent || (event instanceof NodeEvent node && node.getAnchor() != null)) {
            throw new ConfigException(
                    place(event), "anchors and aliases (& and *) are not supported here; write the value out");
        }
    }

    private void refuseTag(String tag, Event event) {
        if (tag != null) {
            throw new ConfigException(
                    place(event),
                    "tags, as " + Words.quote(tag.replace("tag:yaml.org,2002:", "!!"))
                            + ", are not supported here; take it away");
        }
    }

    private void expect(Event.ID id) {
        var event = parser.getEvent();
        if (!event.is(id)) {
            throw new ConfigException(place(event), "this is not YAML that can be read here");
        }
    }

    private Place place(Event event) {
        return places.apply(Objects.requireNonNull(event.getStartMark()));
    }
}
