package dcluster.app.command;

import dcluster.app.client.Outcome;
import dcluster.app.client.Reply;
import dcluster.app.terminal.Exit;
import dcluster.spi.Bytes;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Shows how a request on a key ended: what was found on the standard output, the outcome in words on the standard
 * error, and in the exit code. A value's bytes are printed as they are, with a line end after each.
 */
final class KvResult {
    /** What is told of a request that could not be served, unless an earlier attempt may have been. */
    static final String UNSERVED = "not served, and nothing was changed";

    private final Session session;
    private final FormatOption format;
    private final @Nullable String key;
    private final String unserved;

    /** Of a request that is on no key. */
    KvResult(Session session, FormatOption format) {
        this(session, format, null, UNSERVED);
    }

    /** {@code unserved} is what is told if it could not be served. */
    KvResult(Session session, FormatOption format, @Nullable String key, String unserved) {
        this.session = session;
        this.format = format;
        this.key = key;
        this.unserved = unserved;
    }

    /**
     * What an answer says.
     *
     * @param exit {@link Exit#OK} or {@link Exit#NO}
     * @param words for people
     * @param value {@link Bytes}, a list of these, {@link KvSiblings}, a {@code Long}, or null if there is nothing to
     *     show
     */
    record Reading(int exit, String words, @Nullable Object value) {
        static Reading ok(@Nullable Object value) {
            return new Reading(Exit.OK, "", value);
        }

        static Reading no(String words) {
            return new Reading(Exit.NO, words, null);
        }
    }

    /** Shows an outcome and returns the exit code for it. */
    int show(Outcome outcome, Function<Reply, Reading> reader) {
        if (outcome instanceof Outcome.Answered answered) {
            var reading = reader.apply(answered.reply());
            return show(reading.exit() == Exit.OK ? "ok" : "no", reading);
        }
        if (outcome instanceof Outcome.Refused refused) {
            return show("refused", Reading.no("refused, and nothing was changed: " + refused.message()));
        }
        if (outcome instanceof Outcome.Unknown unknown) {
            var words = "the outcome is unknown: it may have happened, or may yet: " + unknown.message();
            return show("unknown", new Reading(Exit.UNKNOWN, words, null));
        }
        var message = outcome instanceof Outcome.Unavailable unavailable
                ? unavailable.message()
                : ((Outcome.Unreachable) outcome).message();
        return show("unavailable", new Reading(Exit.UNHEALTHY, unserved + ": " + message, null));
    }

    private int show(String outcome, Reading reading) {
        var output = format.in(session);
        if (!output.isTable()) {
            output.object(json(outcome, reading));
        } else {
            lines(reading.value()).forEach(this::printLine);
        }
        if (!reading.words().isEmpty()) {
            session.say(reading.words());
        }
        return reading.exit();
    }

    private static List<?> lines(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        if (value instanceof KvSiblings siblings) {
            return siblings.lines();
        }
        return value instanceof List<?> list ? list : List.of(value);
    }

    private void printLine(Object value) {
        format.in(session).bytes((value instanceof Bytes bytes ? bytes : Bytes.utf8(value.toString())).toArray());
        format.in(session).line("");
    }

    private Map<String, @Nullable Object> json(String outcome, Reading reading) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        if (key != null) {
            json.put("key", key);
        }
        json.put("outcome", outcome);
        if (reading.value() instanceof KvSiblings siblings) {
            json.put("context", jsonValue(siblings.found().context()));
            json.put("values", jsonValues(siblings.found().values()));
        } else if (reading.value() instanceof List<?> list) {
            json.put("values", jsonValues(list));
        } else if (reading.value() != null) {
            json.put("value", jsonValue(reading.value()));
        }
        if (!reading.words().isEmpty()) {
            json.put("message", reading.words());
        }
        return json;
    }

    private static List<Object> jsonValues(List<?> values) {
        return values.stream().map(KvResult::jsonValue).toList();
    }

    /** Text as text; bytes that are none as {@code {"base64": ...}}, for JSON has no other place for them. */
    static Object jsonValue(Object value) {
        if (!(value instanceof Bytes bytes)) {
            return value;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.asByteBuffer())
                    .toString();
        } catch (CharacterCodingException e) {
            var wrapped = new LinkedHashMap<String, Object>();
            wrapped.put("base64", Base64.getEncoder().encodeToString(bytes.toArray()));
            return wrapped;
        }
    }
}
