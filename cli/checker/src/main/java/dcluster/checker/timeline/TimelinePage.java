package dcluster.checker.timeline;

import dcluster.checker.history.History;
import dcluster.checker.verdict.Texts;
import dcluster.checker.verdict.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A history and its verdict as one page of HTML, with all that it needs. */
public final class TimelinePage {
    private static final Pattern PLACE = Pattern.compile("@(title|style|script|data)@");

    private TimelinePage() {}

    /** The page. {@code name} is the history's. */
    public static String html(String name, History history, Verdict verdict) {
        var data = PageData.json(name, history, verdict);
        return PLACE.matcher(resource("page.html")).replaceAll(place -> {
            var content = switch (place.group(1)) {
                case "title" ->
                    escaped(Texts.visible(name) + ": " + verdict.answer().word());
                case "style" -> resource("page.css");
                case "script" -> resource("page.js");
                // Within a text of JSON this is the same; but no text can end the element that it stands in.
                default -> data.replace("<", "\\u003c");
            };
            return Matcher.quoteReplacement(content);
        });
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static String resource(String name) {
        try (var in = TimelinePage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
