package dcluster.checker.timeline;

import dcluster.checker.history.History;
import dcluster.checker.page.Page;
import dcluster.checker.verdict.Texts;
import dcluster.checker.verdict.Verdict;
import java.util.List;

/** A history and its verdict as one page of HTML, with all that it needs. */
public final class TimelinePage {
    private static final Page PAGE = new Page(TimelinePage.class, "page.html", "page.css", List.of("page.js"));

    private TimelinePage() {}

    /** The page. {@code name} is the history's. */
    public static String html(String name, History history, Verdict verdict) {
        var title = Texts.visible(name) + ": " + verdict.answer().word();
        return PAGE.html(title, PageData.json(name, history, verdict));
    }
}
