package dcluster.checker.timeline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dcluster.checker.history.Event;
import dcluster.checker.history.History;
import dcluster.checker.history.Operation;
import dcluster.checker.verdict.Counts;
import dcluster.checker.verdict.Finding;
import dcluster.checker.verdict.Texts;
import dcluster.checker.verdict.Verdict;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What a page draws, as JSON. Times are nanoseconds since the first of the history, which a browser can count. */
final class PageData {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator json;
    private final History history;
    private final long start;

    private PageData(JsonGenerator json, History history) {
        this.json = json;
        this.history = history;
        start = LongStream.concat(
                        history.operations().stream().mapToLong(Operation::invokeTime),
                        history.notes().stream().mapToLong(Event::time))
                .min()
                .orElse(0);
    }

    static String json(String name, History history, Verdict verdict) {
        var text = new StringWriter();
        try (var json = FACTORY.createGenerator(text)) {
            new PageData(json, history).write(name, verdict);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void write(String name, Verdict verdict) throws IOException {
        json.writeStartObject();
        text("name", name);
        json.writeStringField("model", verdict.check().word());
        json.writeStringField("verdict", verdict.answer().word());
        text("reason", verdict.reason());
        json.writeBooleanField("isCut", history.isCut());
        counts();
        json.writeArrayFieldStart("views");
        for (var finding : verdict.findings()) {
            view(finding, Window.around(finding, history));
        }
        if (verdict.findings().isEmpty()) {
            view(null, Window.beginning(history));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** What comes from a history must not turn around what stands beside it. */
    private void text(String field, String text) throws IOException {
        json.writeStringField(field, Texts.visible(text));
    }

    private void counts() throws IOException {
        var counts = Counts.of(history);
        json.writeObjectFieldStart("counts");
        json.writeNumberField("operations", counts.operations());
        json.writeNumberField("ok", counts.ok());
        json.writeNumberField("fail", counts.fail());
        json.writeNumberField("info", counts.info());
        json.writeNumberField("keys", counts.keys());
        json.writeNumberField("processes", counts.processes());
        json.writeEndObject();
    }

    private void view(@Nullable Finding finding, Window window) throws IOException {
        json.writeStartObject();
        if (finding != null) {
            finding(finding, window);
        }
        json.writeStringField("leftOut", window.leftOut());
        json.writeArrayFieldStart("operations");
        for (var operation : window.operations()) {
            operation(operation);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("notes");
        for (var note : window.notes()) {
            note(note);
        }
        json.writeEndArray();
        bands(window.notes());
        json.writeEndObject();
    }

    private void finding(Finding finding, Window window) throws IOException {
        json.writeStringField("finding", finding.name());
        if (finding.key() != null) {
            text("key", finding.key());
        }
        json.writeBooleanField("isSmallest", finding.isSmallest());
        texts("states", finding.states());
        texts("reasons", finding.reasons());
        json.writeArrayFieldStart("links");
        for (var link : finding.links()) {
            json.writeStartObject();
            json.writeNumberField("from", link.from());
            json.writeNumberField("to", link.to());
            json.writeStringField("relation", link.relation());
            text("reason", link.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("witnesses");
        var drawn = window.lines();
        for (var witness : finding.witnesses()) {
            if (drawn.contains(witness.operation().invoked())) {
                json.writeStartObject();
                json.writeStringField("name", witness.name());
                json.writeNumberField("line", witness.operation().invoked());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private void texts(String field, List<String> texts) throws IOException {
        json.writeArrayFieldStart(field);
        for (var text : texts) {
            json.writeString(Texts.visible(Texts.cut(text)));
        }
        json.writeEndArray();
    }

    private void operation(Operation operation) throws IOException {
        json.writeStartObject();
        json.writeStringField("process", String.valueOf(operation.client()));
        if (operation.node() != null) {
            text("node", Texts.cut(operation.node()));
        }
        json.writeStringField("outcome", operation.outcome().name().toLowerCase(Locale.ROOT));
        text("text", Texts.of(operation));
        place("from", operation.invoked(), operation.invokeTime());
        if (!operation.isIndeterminate()) {
            place("to", operation.ended(), operation.endTime());
        }
        json.writeEndObject();
    }

    private void note(Event note) throws IOException {
        json.writeStartObject();
        text("who", Texts.cut(note.process().toString()));
        text("text", text(note));
        place("at", note.line(), note.time());
        json.writeEndObject();
    }

    private void bands(List<Event> notes) throws IOException {
        json.writeArrayFieldStart("bands");
        for (var band : Bands.of(notes)) {
            json.writeStartObject();
            text("text", text(band.start()));
            place("from", band.start().line(), band.start().time());
            if (band.end() != null) {
                place("to", band.end().line(), band.end().time());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static String text(Event note) {
        return Texts.cut(note.value() == null ? note.word() : note.word() + " " + note.value());
    }

    /** A line, and the time that stands in it. */
    private void place(String field, int line, long time) throws IOException {
        json.writeArrayFieldStart(field);
        json.writeNumber(line);
        json.writeNumber(time - start);
        json.writeEndArray();
    }
}
