package dcluster.lab.diagram;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dcluster.checker.history.Operation;
import dcluster.lab.diagram.SpaceTimePage.Subject;
import dcluster.simulation.Trace.Event;
import dcluster.spi.NodeId;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the page draws, as JSON. Moments are nanoseconds of virtual time; nodes and kinds of messages are numbers. Most of
 * it are arrays of arrays, since there are many.
 */
final class DiagramData {
    /** A browser draws so many without effort; those nearest the end are kept. */
    private static final int MOST_ARROWS = 40_000;

    private static final int LONGEST_TEXT = 400;
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator json;
    private final Subject subject;
    private final SpaceTime run;
    private final List<Arrow> arrows;
    private final Map<String, Integer> kinds = new LinkedHashMap<>();

    private DiagramData(JsonGenerator json, Subject subject, SpaceTime run) {
        this.json = json;
        this.subject = subject;
        this.run = run;
        var all = run.arrows();
        arrows = all.subList(Math.max(0, all.size() - MOST_ARROWS), all.size());
        arrows.forEach(arrow -> kinds.putIfAbsent(kind(arrow), kinds.size()));
    }

    static String json(Subject subject, SpaceTime run) {
        var text = new StringWriter();
        try (var json = FACTORY.createGenerator(text)) {
            new DiagramData(json, subject, run).write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static String kind(Arrow arrow) {
        return arrow.message().content().getClass().getSimpleName();
    }

    private void write() throws IOException {
        json.writeStartObject();
        json.writeStringField("title", subject.title());
        json.writeStringField("command", subject.command());
        json.writeNumberField("end", end());
        json.writeNumberField("leftOut", run.arrows().size() - arrows.size());
        violation();
        names("nodes", subject.nodes().stream().map(NodeId::name).toList());
        names("kinds", List.copyOf(kinds.keySet()));
        list("messages", arrows, this::arrow);
        list("roles", run.roles(), role -> row(role.at(), number(role.node()), role.word(), role.text()));
        list("events", run.happenings(), each -> row(each.at(), number(each.node()), word(each.event()), each.what()));
        list("faults", run.bands(), this::band);
        list("operations", subject.operations(), this::operation);
        json.writeEndObject();
    }

    private void violation() throws IOException {
        if (subject.violation().isPresent()) {
            json.writeObjectFieldStart("violation");
            json.writeNumberField("at", end());
            json.writeStringField(
                    "text", String.valueOf(subject.violation().get().getMessage()));
            json.writeEndObject();
        }
    }

    /** When the last thing happened, or was answered. */
    private long end() {
        return subject.operations().stream().mapToLong(Operation::endTime).reduce(run.end(), Math::max);
    }

    private interface Writer<T> {
        void write(T one) throws IOException;
    }

    private <T> void list(String name, List<T> all, Writer<T> writer) throws IOException {
        json.writeArrayFieldStart(name);
        for (var one : all) {
            writer.write(one);
        }
        json.writeEndArray();
    }

    private void names(String name, List<String> all) throws IOException {
        list(name, all, json::writeString);
    }

    private void row(Object... cells) throws IOException {
        json.writeStartArray();
        for (var cell : cells) {
            if (cell instanceof Number number) {
                json.writeNumber(number.longValue());
            } else {
                json.writeString(cut(String.valueOf(cell)));
            }
        }
        json.writeEndArray();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
    }

    private void arrow(Arrow arrow) throws IOException {
        var message = arrow.message();
        row(
                arrow.sent(),
                arrow.ended(),
                number(message.link().from()),
                number(message.link().to()),
                kinds.getOrDefault(kind(arrow), 0),
                message.number(),
                arrow.fate().name().toLowerCase(Locale.ROOT),
                (arrow.isRepeated() ? 1 : 0) + (arrow.isDelayed() ? 2 : 0),
                message.content());
    }

    private void band(SpaceTime.Band band) throws IOException {
        row(band.from(), band.to(), band.kind(), band.text(), band.target(), band.cuts());
    }

    private void operation(Operation operation) throws IOException {
        boolean isOpen = operation.ended() == Operation.NEVER;
        row(
                operation.invokeTime(),
                isOpen ? Arrow.UNDER_WAY : operation.endTime(),
                operation.client(),
                operation.outcome().name().toLowerCase(Locale.ROOT),
                String.valueOf(operation.node()),
                operation);
    }

    private static String word(Event event) {
        return event.name().toLowerCase(Locale.ROOT);
    }

    private int number(NodeId node) {
        return subject.nodes().indexOf(node);
    }
}
