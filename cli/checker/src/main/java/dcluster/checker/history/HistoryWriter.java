package dcluster.checker.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a history as it happens. When {@link #write} returns the operating system has the line, so that the death of
 * this process does not lose it: an invocation is written before its request leaves. Safe for use by any thread; the
 * order of the lines is the order of the calls.
 */
public final class HistoryWriter implements Closeable {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** No channel: that would be closed for all when one thread that writes is interrupted. */
    private final FileOutputStream file;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);

    private HistoryWriter(FileOutputStream file) {
        this.file = file;
    }

    /** Begins a file, which must not exist. */
    public static HistoryWriter create(Path file) throws IOException {
        Files.createFile(file);
        return new HistoryWriter(new FileOutputStream(file.toFile()));
    }

    /** Appends an event; its line number is not looked at. */
    public synchronized void write(Event event) throws IOException {
        line.reset();
        try (var json = FACTORY.createGenerator(line)) {
            put(json, event);
        }
        line.write('\n');
        line.writeTo(file);
    }

    private static void put(JsonGenerator json, Event event) throws IOException {
        json.writeStartObject();
        json.writeFieldName("process");
        value(json, event.process());
        json.writeStringField("type", event.type().word());
        json.writeStringField("f", event.word());
        if (event.key() != null) {
            json.writeStringField("key", event.key());
        }
        seen(json, event.value());
        if (!event.applied()) {
            json.writeBooleanField("applied", false);
        }
        json.writeNumberField("time", event.time());
        if (event.node() != null) {
            json.writeStringField("node", event.node());
        }
        json.writeEndObject();
    }

    private static void seen(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value instanceof Siblings siblings) {
            json.writeFieldName("siblings");
            value(json, List.copyOf(siblings.values()));
        } else {
            json.writeFieldName("value");
            value(json, value);
        }
    }

    private static void value(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value instanceof List<?> list) {
            json.writeStartArray();
            for (var element : list) {
                value(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (var entry : map.entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                value(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value == null) {
            json.writeNull();
        } else if (value instanceof Number number) {
            json.writeNumber(number.toString());
        } else {
            json.writeString(value.toString());
        }
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
