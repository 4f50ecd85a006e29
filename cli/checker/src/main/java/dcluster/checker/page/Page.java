package dcluster.checker.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page of HTML that opens from a file, with no network, and draws its data by its own script. It is put together from
 * resources that stand beside a class: what is in its body, a style sheet and scripts, which follow those that all pages
 * have in common.
 *
 * @param owner the class beside which the resources stand
 * @param scripts in their order
 */
public record Page(Class<?> owner, String body, String style, List<String> scripts) {
    private static final Pattern PLACE = Pattern.compile("@(title|style|body|script|data)@");

    public Page {
        scripts = List.copyOf(scripts);
    }

    /** The page. {@code data} is JSON; no text in it becomes markup, whatever it holds. */
    public String html(String title, String data) {
        return PLACE.matcher(resource(Page.class, "frame.html")).replaceAll(place -> {
            var content = switch (place.group(1)) {
                case "title" -> escaped(title);
                case "style" -> resource(Page.class, "common.css") + resource(owner, style);
                case "body" -> resource(owner, body).stripTrailing();
                case "script" ->
                    scripts.stream()
                            .map(name -> resource(owner, name))
                            .collect(Collectors.joining("\n", resource(Page.class, "common.js"), ""));
                // Within a text of JSON this is the same; but no text can end the element that it stands in.
                default -> data.replace("<", "\\u003c");
            };
            return Matcher.quoteReplacement(content);
        });
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static String resource(Class<?> beside, String name) {
        try (var in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
