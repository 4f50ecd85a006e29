package dcluster.checker.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dcluster.checker.history.History;
import dcluster.checker.linear.Budget;
import dcluster.checker.testing.Script;
import dcluster.checker.testing.TransactionScript;
import dcluster.checker.verdict.Check;
import dcluster.checker.verdict.Terms;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimelinePageTest {
    private static final Terms TERMS = Terms.of(new Budget(Duration.ofSeconds(30), 1 << 28));

    private static String page(String name, Check check, History history) {
        return TimelinePage.html(name, history, check.judge(history, TERMS));
    }

    @Test
    void aPageNeedsNothingElse() {
        var page = page("h.jsonl", Check.REGISTER, Script.history("a.write:1 a.read=2"));
        assertThat(page)
                .startsWith("<!doctype html>")
                .contains("default-src 'none'", "<title>h.jsonl: invalid</title>")
                .doesNotContainPattern("@(title|style|body|script|data)@")
                .doesNotContainPattern("(src|href)=")
                .doesNotContain("@import");
        assertThat(page.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http:", "https:");
    }

    @Test
    void whatShowsTheFindingIsInIt() {
        var page = page("h.jsonl", Check.REGISTER, Script.history("a.write:1 b.read=1 b.read=2 a[write:3 a?"));
        assertThat(page)
                .contains("\"finding\":\"not linearizable\",\"key\":\"x\"")
                .contains("\"states\":[\"1\"]")
                .contains("\"witnesses\":[{\"name\":\"1\",\"line\":5}]")
                .contains("\"outcome\":\"info\",\"text\":\"write x 3 (outcome unknown)\",\"from\":[7,6000000]}");
    }

    @Test
    void aCycleHasItsLinks() {
        var page = page("h", Check.TXN_LIST_APPEND, TransactionScript.lists("a[x=;y+1 b[y=;x+1 a] b] c.x=1;y=1"));
        assertThat(page).contains("\"links\":[{\"from\":0,\"to\":1,\"relation\":\"rw\"");
    }

    @Test
    void nothingOfAHistoryBecomesMarkup() {
        var evil = "\"</script><script>alert(1)</script><!--@data@\"";
        var tame = page("h", Check.REGISTER, Script.history("a.write:1 a.read=2"));
        var page = page(
                "</title><script>@style@",
                Check.REGISTER,
                Script.history("a.k/write:" + evil + " a.k/read=" + evil + " a.k/read=1"));
        assertThat(count(page, "<script")).isEqualTo(count(tame, "<script"));
        assertThat(count(page, "</script")).isEqualTo(count(tame, "</script"));
        assertThat(page)
                .contains("<title>&lt;/title>&lt;script>@style@: invalid</title>")
                .contains("\\u003c/script>\\u003cscript>alert(1)\\u003c/script>\\u003c!--@data@");
    }

    @Test
    void nothingOfAHistoryTurnsTheTextAroundIt() {
        var evil = "\"\u202e\u2066\u200fevil\\u001b[2J\"";
        var page = page(
                "h\u202e.jsonl",
                Check.REGISTER,
                Script.history("a.\u202ek/write:1 a.\u202ek/read=" + evil + " a.\u202ek/read=1"));
        assertThat(page)
                .doesNotContainPattern("[\\x{1b}\\x{200f}\\x{202e}\\x{2066}]")
                .contains("<title>h\\u202e.jsonl: invalid</title>")
                .contains("read \\\\u202ek \\\\u202e\\\\u2066\\\\u200fevil\\\\u001b[2J");
    }

    private static int count(String text, String part) {
        return text.split(part, -1).length;
    }

    @Test
    void aHistoryOfNothingHasAPage() {
        assertThat(page("h", Check.QUEUE, Script.history("a[enqueue:1"))).contains("\"verdict\":\"unknown\"");
    }
}
