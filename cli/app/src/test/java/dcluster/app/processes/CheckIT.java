package dcluster.app.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dcluster.app.process.Deletion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Histories given to the real program, and its pages to a real browser. */
class CheckIT {
    private static final Cli CLI = new Cli();

    private static final String STALE = """
            {"process":"nemesis","type":"info","f":"partition","value":{"isolate":["n1"]},"time":0}
            {"process":1,"type":"invoke","f":"write","key":"<b>","value":"</script><img src=x>","time":1000000}
            {"process":1,"type":"ok","f":"write","key":"<b>","value":"</script><img src=x>","time":2000000}
            {"process":2,"type":"invoke","f":"read","key":"<b>","value":null,"time":3000000}
            {"process":2,"type":"ok","f":"read","key":"<b>","value":null,"time":4000000}
            """;

    private static final String SKEW = """
            {"process":1,"type":"invoke","f":"txn","value":[["r","x",null],["append","y",1]],"time":1}
            {"process":2,"type":"invoke","f":"txn","value":[["r","y",null],["append","x",1]],"time":2}
            {"process":1,"type":"ok","f":"txn","value":[["r","x",[]],["append","y",1]],"time":3}
            {"process":2,"type":"ok","f":"txn","value":[["r","y",[]],["append","x",1]],"time":4}
            {"process":3,"type":"invoke","f":"txn","value":[["r","x",null],["r","y",null]],"time":5}
            {"process":3,"type":"ok","f":"txn","value":[["r","x",[1]],["r","y",[1]]],"time":6}
            """;

    @AfterAll
    static void leaveNothing() {
        CLI.close();
    }

    @Test
    void theStandardInputIsAHistoryToo() {
        var bytes = STALE.getBytes(StandardCharsets.UTF_8);
        assertThat(CLI.runWith(bytes, "check", "-").exits(1).out())
                .contains("stdin", "before, it held: ", "read <b> null");
        assertThat(CLI.runWith(bytes, "check", "-", "--model", "queue")
                        .exits(65)
                        .err())
                .contains("dcluster: stdin:2: a queue has no write");
        assertThat(CLI.runWith(new byte[0], "check", "-").exits(2).err()).isEmpty();
        assertThat(CLI.run("check").exits(64).err()).contains("HISTORY");
        assertThat(CLI.run("check", "-", "--model", "registr").exits(64).err()).contains("did you mean 'register'?");
    }

    @Test
    void aBrowserDrawsAStaleRead() throws Exception {
        var drawn = drawn("stale", STALE);
        assertThat(drawn)
                .contains("data-ready=\"yes\"")
                .contains("op ok witness", "partition {isolate=[n1]}")
                .contains("&lt;/script&gt;")
                .doesNotContain("<img", "<b>");
    }

    @Test
    void aBrowserDrawsACycle() throws Exception {
        var drawn = drawn("skew", SKEW);
        assertThat(drawn).contains("data-ready=\"yes\"", "T1 before T2", "class=\"link\"", "class=\"link-name\"");
    }

    @Test
    void aBrowserDrawsAHistoryOfNothing() throws Exception {
        assertThat(drawn("nothing", "")).contains("data-ready=\"yes\"", "there are no operations in it");
    }

    /** The elements of a page once its script has run. */
    private static String drawn(String name, String history) throws IOException, InterruptedException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "chromium"))),
                "there is no chromium to look at the page with; Debian: apt-get install chromium");
        var page = CLI.folder().resolve(name + ".html");
        CLI.run("check", CLI.file(name + ".jsonl", history), "--html", page.toString());
        var profile = Files.createTempDirectory("dcluster-browser");
        try {
            var browser = new ProcessBuilder(command(profile, page))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var dom = Cli.read(browser.getInputStream());
            assertThat(browser.waitFor(90, TimeUnit.SECONDS)).isTrue();
            // The data itself stands in an element of its own and says nothing of what was drawn.
            return dom.join().replaceAll("(?s)<script.*?</script>", "");
        } finally {
            Deletion.of(profile);
        }
    }

    private static List<String> command(Path profile, Path page) {
        return List.of(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile,
                "--dump-dom",
                page.toUri().toString());
    }
}
